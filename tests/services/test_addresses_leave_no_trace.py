"""Whoever left, bounced or complained: their address is in no table, no log line, no export and no page."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from tests.services.told import SECRET, Telling, link
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import Report, ReportKind, ToldBy
from tracker.services.stop_address import take_report
from tracker.services.unsubscribe import leave
from tracker.services.write_letter import write_letter
from tracker.web.app import create_app
from tracker.web.site import Site

LOCAL = "Xylophone-Marker"
MARKER = f"{LOCAL}@marker-domain.example.org"
SEAL = Seal(SECRET)


def dump(telling: Telling) -> str:
    """Every value of every table, as the database holds it."""
    with telling.composed.database.reading() as session:
        names = inspect(session.connection()).get_table_names()
        rows = [row for name in names for row in session.execute(text(f'SELECT * FROM "{name}"')).all()]
    return repr(rows).lower()


def _leaves(telling: Telling) -> None:
    token = link(telling.inbox.messages[-1], "unsubscribe")
    with telling.composed.database.writing() as session:
        assert leave(session, token, telling.clock())


def _is_refused(telling: Telling) -> None:
    said = (
        f"550 5.1.1 <{MARKER.lower()}>: {LOCAL} is not known at marker-domain.example.org; {MARKER} is gone"
    )
    telling.inbox.refusals[MARKER] = said
    telling.happen(which=1)
    telling.work()


def _is_reported(kind: ReportKind) -> Callable[[Telling], None]:
    def told(telling: Telling) -> None:
        with telling.composed.database.writing() as session:
            assert take_report(session, Report(kind, MARKER), ToldBy.SERVICE, SEAL, telling.clock())

    return told


def _never_confirms(telling: Telling) -> None:
    _leaves(telling)
    telling.clock.forward(timedelta(hours=5))
    telling.ask(MARKER, list="waiting")
    telling.work()
    telling.clock.forward(timedelta(days=8))
    telling.work()


@pytest.mark.parametrize(
    "ends",
    [
        _leaves,
        _is_refused,
        _is_reported(ReportKind.BOUNCE),
        _is_reported(ReportKind.COMPLAINT),
        _never_confirms,
    ],
    ids=["leaves", "refused", "bounces", "complains", "never-confirms"],
)
def test_an_address_that_ended_is_nowhere_but_as_a_keyed_hash(
    telling: Telling, caplog: pytest.LogCaptureFixture, ends: Callable[[Telling], None]
) -> None:
    caplog.set_level(logging.DEBUG)
    telling.enter(2)
    telling.subscribe(MARKER)
    telling.happen()
    telling.work()
    assert LOCAL.lower() in dump(telling)
    ends(telling)
    telling.clock.forward(timedelta(days=1))
    telling.work()
    kept = dump(telling)
    assert LOCAL.lower() not in kept
    assert "marker-domain" not in kept
    assert SEAL.address_hash(MARKER) in kept
    assert (
        LOCAL.lower() not in "\n".join(r.getMessage() for r in caplog.records if r.name != "mail.log").lower()
    )


def test_a_complaint_reaches_letters_that_wait(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(MARKER)
    later = telling.clock() + timedelta(days=1)
    with telling.composed.database.writing() as session:
        write_letter(session, later, "tip", MARKER, seal=SEAL, said={"title": "x", "accepted": True})
        write_letter(session, later, "reset", MARKER.lower(), link="/login/reset/secret")
    _is_reported(ReportKind.COMPLAINT)(telling)
    assert LOCAL.lower() not in dump(telling)


def test_no_error_page_repeats_an_address_that_is_not_the_readers_own(telling: Telling) -> None:
    telling.subscribe(MARKER)
    composed = telling.composed
    client = create_app(Site(composed.config, composed.database, composed.now), testing=True).test_client()
    addresses = [
        "/unsubscribe/unknown",
        "/subscriptions/unknown",
        "/events",
        "/overdue.csv",
        "/subscribe",
        "/healthz",
    ]
    pages = [client.get(one).get_data(as_text=True).lower() for one in addresses]
    assert not any(LOCAL.lower() in page for page in pages)
