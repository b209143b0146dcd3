"""No row of the demo says more against a body than it carries: dates, bases, roles, kinds of reply, lateness."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.demo.showing import listed, owed, replies, shown
from tracker.demo.rows import readings, rows, treated
from tracker.domain.catalogue import catalogue
from tracker.domain.words import Basis, BodyKind, ClockEntryKind, Position, ResponseKind, Role, Standing
from tracker.storage.tables import Body, Check, ClockEntry, Happening, Response, Segment, Terms

LATE = {
    # (item, body): days late, and the row of responses.csv whose words say so
    ("uk-sitc-legis", "uk-dsit"): 120,  # resp-001: received by the Committee on 25 November 2024
    ("uk-sitc-twelve", "uk-dsit"): 120,  # resp-001
    ("uk-sitc-aisi-strength", "uk-dsit"): 120,  # resp-001
    ("uk-sitc-aisi-transparency", "uk-dsit"): 120,  # resp-002
    ("uk-sitc-public-sector", "uk-dsit"): 120,  # resp-003, partly
    ("uk-sitc-atrs", "uk-dsit"): 120,  # resp-005, partly
    ("uk-sitc-iai", "uk-dsit"): 120,  # resp-006, partly
    ("uk-sitc-aisi-access", "uk-dsit"): 120,  # resp-007
    ("uk-sitc-criteria", "uk-dsit"): 120,  # resp-008, partly
    ("seoul-xai", "co-xai"): 10,  # resp-036: dated ten days after the summit, partly
    ("us-ntia-report-duty", "us-ntia"): 4,  # resp-064: four days after the 270-day mark
    ("us-eo-weights", "us-ntia"): 4,  # resp-065: the same report
    ("us-rpn-second", "us-usda"): 62,  # resp-140: in November 2022, so at least; partly
    ("eu-aia-56", "eu-com"): 69,  # resp-141: ten weeks late
}


def test_a_body_is_called_late_only_where_the_words_of_a_row_say_so(loaded: Session) -> None:
    found = {(line.item_key, line.body_key): line.late_days for line in listed(loaded) if line.late_days}
    assert found == LATE


def test_a_month_of_publication_makes_the_days_late_a_least_number(loaded: Session) -> None:
    late = [segment for segment in loaded.exec(select(Segment)) if segment.late_days == 62]
    assert late
    assert all("late_at_least" in str(segment.detail["reasons"]) for segment in late)


def test_a_revoked_order_voids_what_was_open_under_it_and_nothing_that_was_done(loaded: Session) -> None:
    entries = loaded.exec(select(ClockEntry)).all()
    assert {(entry.kind, entry.works_from_on) for entry in entries} == {
        (ClockEntryKind.VOID, date(2025, 1, 20))
    }
    assert shown(loaded, "us-eo-genai", "us-nist").standing is Standing.VOID
    assert shown(loaded, "us-eo-weights", "us-commerce").standing is Standing.VOID
    assert shown(loaded, "us-eo-dpa", "us-commerce").standing is Standing.ANSWERED
    assert shown(loaded, "us-eo-weights", "us-ntia").standing is Standing.ANSWERED_LATE


def test_a_date_one_body_accepted_is_for_the_others_only_what_the_asker_named(loaded: Session) -> None:
    assert owed(loaded, "uk-pohi-1", "uk-dbt")[0].basis is Basis.PROMISE
    assert owed(loaded, "uk-pohi-1", "uk-pol")[0].basis is Basis.REQUEST
    assert owed(loaded, "uk-pohi-1", "co-fujitsu")[0].basis is Basis.REQUEST


def test_a_minister_cannot_promise_for_professional_bodies(loaded: Session) -> None:
    for body in ("uk-lfb", "uk-nfcc", "uk-bsi", "uk-riba"):
        assert owed(loaded, "uk-grenfell-others", body)[0].basis is Basis.BENCHMARK
    assert owed(loaded, "uk-grenfell-record", "uk-gov")[0].basis is Basis.PROMISE


@pytest.mark.parametrize(
    ("item", "bound", "beside"),
    [
        ("eci-2022-000002-c", "eu-com", "eu-efsa"),
        ("uk-sitc-aisi-access", "uk-dsit", "uk-aisi"),
        ("ca-ethi-3", "ca-gov", "ca-nsicop"),
    ],
)
def test_who_is_named_beside_the_one_bound_only_supports(
    loaded: Session, item: str, bound: str, beside: str
) -> None:
    assert owed(loaded, item, bound)[1].role is Role.LEAD
    terms, addressee = owed(loaded, item, beside)
    assert addressee.role is Role.SUPPORTING
    assert terms.basis is not Basis.PROMISE


def test_a_clock_whose_threshold_was_never_reached_has_not_started(loaded: Session) -> None:
    assert shown(loaded, "es-madrid-scalextric", "es-madrid").standing is Standing.NOT_STARTED


def test_the_earliest_day_a_law_could_apply_is_no_due_date(loaded: Session) -> None:
    terms, _ = owed(loaded, "nl-reg-law", "nl-bzk")
    assert (terms.no_date, terms.stated_on, terms.computed_on) == (True, None, None)


def test_a_promise_refused_with_reasons_is_not_delivered(loaded: Session) -> None:
    [(_, line)] = replies(loaded, "resp-080")
    assert (line.kind, line.position) == (ResponseKind.REPLY, Position.REJECTED)
    assert shown(loaded, "nl-reg-law", "nl-bzk").standing is Standing.AWAITING_ASSESSMENT


def test_a_hearing_of_parliament_is_no_reply_of_the_commission_and_no_look(loaded: Session) -> None:
    assert not replies(loaded, "resp-146")
    line = shown(loaded, "eci-2024-000001-i", "eu-com")
    assert (line.standing, line.checked_on) == (Standing.UNCHECKED, None)
    assert "Hearing held on 2 March 2026; we did not look for the reply" in _happenings(loaded)


def test_the_state_of_a_page_is_no_report_of_the_body(loaded: Session) -> None:
    assert not replies(loaded, "resp-137")
    assert shown(loaded, "nz-ogp-c0031", "nz-stats").standing is Standing.UNCHECKED


def test_an_interim_reply_is_called_one(loaded: Session) -> None:
    [(_, interim)], [(_, full)] = replies(loaded, "resp-121"), replies(loaded, "resp-122")
    assert (interim.kind, full.kind) == (ResponseKind.INTERIM, ResponseKind.REPLY)
    assert shown(loaded, "uk-ibi-12", "uk-co").standing is Standing.ANSWERED


def test_a_day_of_publication_nobody_read_is_not_given(loaded: Session) -> None:
    [(reply, _)] = replies(loaded, "resp-084")
    assert (reply.published_on, reply.first_seen_on) == (None, date(2025, 2, 26))
    line = shown(loaded, "uk-grenfell-all-gov", "uk-mhclg")
    assert (line.standing, line.late_days) == (Standing.ANSWERED, None)


def test_a_clock_put_off_by_the_pandemic_runs_from_the_hearing(loaded: Session) -> None:
    for item, hearing, due in (
        ("eci-2017-000004-i", date(2020, 10, 15), date(2021, 1, 15)),
        ("eci-2018-000004-i", date(2021, 4, 15), date(2021, 7, 15)),
    ):
        terms, _ = owed(loaded, item, "eu-com")
        assert (terms.trigger_on, terms.computed_on, terms.stated_on) == (hearing, due, None)
        assert shown(loaded, item, "eu-com").standing is Standing.ANSWERED


def test_a_rule_and_a_date_somebody_read_agree_wherever_both_are_there(loaded: Session) -> None:
    both = [t for t in loaded.exec(select(Terms)) if t.stated_on and t.computed_on]
    assert len(both) > 20
    assert all(terms.stated_on == terms.computed_on for terms in both)


def test_where_a_rule_computes_what_nobody_read_it_differs_from_the_data_set_only_by_law(
    loaded: Session,
) -> None:
    written = {row["id"]: row["due_on"] for row in rows("items") if row["due_on"]}
    differing = {
        line.item_key: line.due_on.isoformat()
        for line in listed(loaded)
        if line.due_on and len(written.get(line.item_key, "")) == 10
        if line.due_on.isoformat() != written[line.item_key]
    }
    assert differing == {
        "eci-2017-000002-i": "2018-01-08",  # 6 January 2018 was a Saturday
        "eci-2019-000016-i": "2023-04-11",  # 7 April 2023 was Good Friday
    }


def test_a_wait_on_a_committees_practice_is_no_breach_of_a_treaty(loaded: Session) -> None:
    assert owed(loaded, "un-hrc-bo-past", "bo-gov")[0].basis is Basis.CONVENTION


def test_many_bodies_in_one_row_are_a_group_and_a_trade_body_is_no_company(loaded: Session) -> None:
    kinds = {body.key: body.kind for body in loaded.exec(select(Body))}
    assert {kinds["eu-ms"], kinds["nl-min"], kinds["tw-taxi"], kinds["gb-fr"]} == {BodyKind.GROUP}
    assert {kinds["uk-bama"], kinds["uk-abi"], kinds["uk-brake"]} == {BodyKind.ASSOCIATION}


def test_a_holding_row_tells_the_full_day_on_which_it_was_seen() -> None:
    held = [row for row in rows("responses") if row["position"] == "holding"]
    assert held
    assert all(len(row["as_of"]) == 10 for row in held)


def test_every_response_row_is_a_happening_a_look_or_a_response(loaded: Session) -> None:
    texts = _happenings(loaded)
    looks = {check.facts_source.split(",")[0] for check in loaded.exec(select(Check))}
    keys = set(loaded.exec(select(Response.key)))
    for row in rows("responses"):
        found = [row["id"] in looks, row["id"] in keys, row["substantive_reason"] in texts]
        assert any(found), row["id"]
        assert not (found[0] and found[1]), row["id"]


def test_readings_and_exceptions_name_only_what_is_there() -> None:
    bodies = {row["id"] for row in rows("bodies")}
    written = {(row["deadline_rule"], row["legal_basis"]) for row in rows("items")}
    assert set(readings()) == written
    for reading in readings().values():
        assert not reading.rule or reading.rule in catalogue()
        assert reading.binds <= bodies
    assert set(treated()) <= {row["id"] for row in rows("responses")}


def _happenings(session: Session) -> set[str]:
    return set(session.exec(select(Happening.text)))
