"""What hostile sources publish is read, reviewed and taken over, and nothing of it lives on any page or in any form."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from socket import create_server

import pytest

from tests.services import entered
from tests.services.register import running_register
from tests.services.told import Clock as Standing
from tests.services.told import Inbox, Telling, relay, site
from tests.web.editing.conftest import WORDS, Person
from tests.whole.hostile_site import CORPUS, Hostile, strings
from tests.whole.outputs import addresses, fetch, inspect, mail
from tracker.domain.words import RunState, UserRole
from tracker.jobs import run_once
from tracker.services.look import Look, look
from tracker.services.people import add_user
from tracker.web.app import create_app
from tracker.web.site import Site

WHOLE = os.environ.get("HOSTILE_CORPUS") == "whole"
"""By default long texts are cut and only some of the pages of each kind are looked at."""
MOST = 2000 if WHOLE else 15
CUT = 300_000 if WHOLE else 3000


@pytest.fixture(scope="module")
def hostile(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Hostile, Telling]]:
    """The site after everything was read, taken over, looked at and told."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copyfile(migrated_sqlite, folder / "answerby.db")
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Standing(entered.NOW), Inbox()
    with running_register() as register, relay(inbox, port):
        composed = site(f"sqlite:///{folder / 'answerby.db'}", clock, port, folder)
        made, telling = Hostile(composed, register, 1 if WHOLE else 3), Telling(composed, clock, inbox)
        with composed.database.writing() as session:
            add_user(session, entered.NOW, "reader@example.org", UserRole.ADMIN, "city-watch", password=WORDS)
        telling.subscribe()
        made.read(strings(CUT), CORPUS)
        yield made, telling
        composed.cage.close()
        composed.database.close()


def test_each_feed_is_read_or_refused_as_the_corpus_says(hostile: tuple[Hostile, Telling]) -> None:
    made, _ = hostile
    runs = made.runs()
    wrong = []
    for one in CORPUS:
        run, source = runs[one["path"]]
        assert run.state is not RunState.RUNNING
        good = run.state is RunState.HEALTHY
        if (one["expect"] in ("ok", "partial") and not good) or (one["expect"] == "reject" and good):
            wrong.append((one["path"], one["expect"], run.state.value, run.problems))
        if not good:
            assert source.problem.startswith("Our reader"), (one["path"], source.problem)
    assert wrong == []


def test_the_review_queue_shows_them_inert(hostile: tuple[Hostile, Telling]) -> None:
    made, _ = hostile
    base = made.composed
    config = replace(base.config, site=replace(base.config.site, base_url="http://localhost"))
    app = create_app(Site(config, base.database, base.now), testing=True)
    person = Person(app.test_client())
    assert person.log_in("reader@example.org").status_code == 303
    paths = ["/edit/", "/edit/sources", "/edit/review", "/edit/review?kind=response", "/edit/review?later=1"]
    for path in paths:
        inspect(path, *fetch(person.client, path))
    waiting = sorted(
        set(re.findall(r"/edit/review/(\d+)", person.get("/edit/review").get_data(as_text=True)))
    )
    assert waiting
    for id_ in _some(made, MOST):
        for act in ("", "/item", "/response", "/update", "/split"):
            inspect(f"/edit/review/{id_}{act}", *fetch(person.client, f"/edit/review/{id_}{act}"))


def _some(made: Hostile, most: int) -> list[int]:
    from sqlmodel import col, select

    from tracker.domain.words import FindingState
    from tracker.storage.tables import Finding

    with made.composed.database.reading() as session:
        ids = [
            int(id_ or 0)
            for id_ in session.exec(select(col(Finding.id)).where(col(Finding.state) == FindingState.OPEN))
        ]
    return ids[:: max(1, len(ids) // most)]


def test_taken_over_they_live_in_no_output(hostile: tuple[Hostile, Telling]) -> None:
    made, telling = hostile
    accepted = made.accept_all()
    assert accepted > 250, (accepted, made.refused[:5])
    _all_told(made, telling)
    app, database = made.composed.app, made.composed.database
    client = app.test_client()
    with database.reading() as session:
        found = list(addresses(app, session, MOST))
    assert len(found) > 150
    for address in found:
        inspect(address, *fetch(client, address))
    letters = telling.inbox.messages
    assert len(letters) > 10
    for letter in letters:
        mail(letter)
    heads = b"\r\n".join(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] for raw in telling.inbox.raw)
    assert not re.search(rb"^(?:Bcc|X-Injected|Cc):", heads, re.M | re.I)
    assert set(telling.inbox.recipients) == {"ada@example.org"}


def _all_told(made: Hostile, telling: Telling) -> None:
    """Looked for and found wanting: each obligation becomes overdue, and the subscriber is told, of some alone."""
    alone = made.owed[:: max(1, len(made.owed) // 25)]
    rest = [one for one in made.owed if one not in set(alone)]
    for some in (
        *([one] for one in alone),
        *(rest[start : start + 100] for start in range(0, len(rest), 100)),
    ):
        telling.clock.forward(timedelta(hours=2))
        with made.composed.database.writing() as session:
            said = Look(
                obligations=tuple(some), looked_on=entered.NOW.date(), places=("https://gov.example.org/",)
            )
            look(session, telling.clock(), said, actor=entered.GROUP)
        for job in ("sweep", "sequence", "deliver"):
            run_once(job, made.composed)


def test_searches_for_anything_are_answered(hostile: tuple[Hostile, Telling]) -> None:
    made, _ = hostile
    client = made.composed.app.test_client()
    for text in strings(300):
        if "\ud800" in text:
            continue
        for path in ("/search", "/search.atom", "/api/v1/items"):
            answer = client.get(path, query_string={"q": text})
            assert answer.status_code < 500, (path, text)
            inspect(f"{path}?q={text[:40]}", (answer.content_type or "").partition(";")[0], answer.get_data())
