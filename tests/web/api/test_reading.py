"""The API as data: described, complete, paged without loss, honest about what it cannot read."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.web.api.schema import faults
from tests.web.open_site import BASE, LOOKED, SECRET, Opened, answer_late
from tracker.domain.catalogue import catalogue
from tracker.domain.words import Visibility
from tracker.storage.tables import Body

V1 = "/api/v1"
LISTS = ("obligations", "items", "bodies", "processes", "documents", "responses", "events", "rules")
FACTS = (
    "assessments",
    "checks",
    "claims",
    "clock-entries",
    "corrections",
    "objections",
    "statements",
    "sources",
)
UNDATED = {"corrections", "events", "rules", "sources"}
"""Lists that are not looked back upon, or of the log, where every entry bears its own time."""
PLACES = ("topics", "kinds", "jurisdictions", "groups")


@pytest.fixture(scope="module")
def answered_site(still_site: Opened) -> Opened:
    """The still site, with an answer on it."""
    if still_site.now == LOOKED:
        answer_late(still_site)
    return still_site


def described(site: Opened) -> Any:
    return site.json(f"{V1}/openapi.json")


def schema_of(document: Any, path: str) -> Any:
    return document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def test_every_route_is_described_and_every_description_is_a_route(still_site: Opened) -> None:
    routes = {
        (rule.rule.removeprefix(V1).replace("<", "{").replace(">", "}"), method.lower())
        for rule in still_site.app.url_map.iter_rules()
        if rule.rule.startswith(V1) and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = described(still_site)["paths"]
    assert routes == {(path, method) for path, methods in paths.items() for method in methods}


@pytest.mark.parametrize("noun", LISTS)
def test_lists_and_objects_are_as_described(site: Opened, noun: str) -> None:
    answer_late(site)
    document = described(site)
    answer = site.json(f"{V1}/{noun}")
    assert answer["data"], noun
    assert list(faults(answer, schema_of(document, f"/{noun}"), document)) == []
    name = "id" if noun == "obligations" else "key"
    one = site.json(f"{V1}/{noun}/{answer['data'][0][name]}")
    assert list(faults(one, schema_of(document, f"/{noun}/{{{name}}}"), document)) == []
    assert SECRET not in str(answer)


@pytest.mark.parametrize("noun", [*FACTS, *PLACES, "search?q=river", "search?q=water&in=body"])
def test_further_lists_are_as_described(answered_site: Opened, noun: str) -> None:
    document, path = described(answered_site), f"/{noun.partition('?')[0]}"
    answer = answered_site.json(f"{V1}/{noun}")
    assert list(faults(answer, schema_of(document, path), document)) == []
    assert answer["meta"]["total"] == len(answer["data"])
    assert SECRET not in str(answer)
    if noun in PLACES and answer["data"]:
        one = answered_site.json(f"{V1}/{noun}/{answer['data'][0].get('key') or answer['data'][0]['code']}")
        assert one == answer["data"][0]


def test_looks_and_verdicts_name_what_they_are_about(site: Opened) -> None:
    answer_late(site)
    looks = site.json(f"{V1}/checks?obligation={site.ids['water']}")["data"]
    assert [row["obligations"] for row in looks] == [
        [site.ids[name] for name in ("water", "rivers", "asked")]
    ]
    [verdict] = site.json(f"{V1}/assessments?body=ministry-of-water")["data"]
    assert (verdict["obligation"], verdict["verdict"]) == (site.ids["water"], "substantive")
    assert site.json(f"{V1}/assessments?as_of=2026-05-19")["data"] == []


def test_the_history_of_an_obligation_tells_what_was_on_record_when(site: Opened) -> None:
    answer_late(site)
    history = site.json(f"{V1}/obligations/{site.ids['water']}/history")["data"]
    now = [row["standing"] for row in history if row["superseded_at"] is None]
    assert now[-1] == "answered_late" and "overdue" in [row["standing"] for row in history]
    site.json(f"{V1}/obligations/999999/history", 404)


def test_an_obligation_carries_what_the_contract_says(site: Opened) -> None:
    one = site.json(f"{V1}/obligations/{site.ids['water']}")
    assert {
        "standing": one["standing"],
        "basis": one["basis"],
        "start_on": one["start_on"],
        "due_on": one["due_on"],
        "due_stated_on": one["due_stated_on"],
        "due_computed_on": one["due_computed_on"],
        "days_overdue": one["days_overdue"],
        "days_since_due": one["days_since_due"],
        "checked_on": one["checked_on"],
        "rule": one["rule"],
        "flagged": one["flagged"],
    } == {
        "standing": "overdue",
        "basis": "convention",
        "start_on": "2026-03-09",
        "due_on": "2026-05-04",
        "due_stated_on": "2026-05-04",
        "due_computed_on": None,
        "days_overdue": 8,
        "days_since_due": 8,
        "checked_on": "2026-05-12",
        "rule": None,
        "flagged": True,
    }
    assert (one["body"], one["kind"], one["role"]) == ("ministry-of-water", "respond", "lead")
    assert one["url"] == f"{BASE}/items/{one['item']}#ministry-of-water"
    assert one["checks"][0]["places"] == ["https://water.example/answers"]


def test_an_answer_shows_its_verdict_and_its_lateness(site: Opened) -> None:
    answer_late(site)
    one = site.json(f"{V1}/obligations/{site.ids['water']}")
    assert (one["standing"], one["late_days"], one["days_since_due"]) == ("answered_late", 14, None)
    [verdict] = one["assessments"]
    assert (verdict["verdict"], verdict["responses"]) == ("substantive", one["responses"])
    [response] = site.json(f"{V1}/responses?obligation={site.ids['water']}")["data"]
    assert (response["published_on"], response["received_on"], response["body"]) == (
        "2026-05-18",
        None,
        "ministry-of-water",
    )
    assert [line["obligation"] for line in response["obligations"]] == [site.ids["water"]]


def test_the_lists_of_the_site_are_lists_of_the_api(site: Opened) -> None:
    def ids(query: str) -> set[int]:
        return {row["id"] for row in site.json(f"{V1}/obligations?{query}")["data"]}

    assert ids("list=overdue") == {site.ids["water"], site.ids["rivers"]}
    assert ids("list=not-answered-by-date-asked") == {site.ids["asked"]}
    assert ids("list=waiting") == {site.ids["waiting"]}
    assert ids("body=ministry-of-rivers") == {site.ids["rivers"]}
    assert ids("standing=overdue&basis=request") == {site.ids["asked"]}
    assert ids("q=RIVER+publish") == {site.ids["water"], site.ids["rivers"]}
    assert ids("body=nobody") == set()


def test_as_of_shows_what_was_known_and_hindsight_what_is_known_today(site: Opened) -> None:
    answer_late(site)

    def standing(query: str) -> str:
        return str(site.json(f"{V1}/obligations/{site.ids['water']}{query}")["standing"])

    assert standing("") == "answered_late"
    assert standing("?as_of=2026-05-19") == "overdue"
    assert standing("?as_of=2026-05-03") == "due_soon"
    assert standing("?as_of=2026-05-11") == "unchecked"
    assert standing("?as_of=2026-05-18&hindsight=1") == "answered_late"
    site.json(f"{V1}/obligations/{site.ids['water']}?as_of=2026-05-01", 404)


@pytest.mark.parametrize("noun", sorted({*LISTS, *FACTS} - UNDATED))
def test_no_list_is_empty_before_the_record_begins_for_nothing_was_shown_then(
    still_site: Opened, noun: str
) -> None:
    problem = still_site.json(f"{V1}/{noun}?as_of=2025-06-01", 422)
    assert "begins on 2026-" in problem["detail"] and "hindsight=1" in problem["detail"]
    assert problem["errors"][0]["name"] == "as_of"
    still_site.json(f"{V1}/{noun}?as_of=2025-06-01&hindsight=1")


@pytest.mark.parametrize("noun", LISTS)
@pytest.mark.parametrize("per_page", [1, 2, 3])
def test_paging_never_loses_or_doubles_a_row(answered_site: Opened, noun: str, per_page: int) -> None:
    whole = answered_site.json(f"{V1}/{noun}?per_page=200")
    name = "id" if noun == "obligations" else "key"
    found, address = [], f"{V1}/{noun}?per_page={per_page}"
    while address:
        page = answered_site.json(address)
        assert len(page["data"]) <= per_page
        assert page["meta"]["total"] == whole["meta"]["total"] == len(whole["data"])
        found += [row[name] for row in page["data"]]
        address = page["meta"]["next"]
    assert found == [row[name] for row in whole["data"]]
    assert len(found) == len(set(found))


def test_the_next_address_keeps_what_was_asked(still_site: Opened) -> None:
    following = still_site.json(f"{V1}/events?per_page=1&event=logged&event=became_overdue&backfill=0")[
        "meta"
    ]["next"]
    assert following.startswith(
        f"{BASE}{V1}/events?per_page=1&event=logged&event=became_overdue&backfill=0&cursor="
    )


def test_the_log_can_be_followed_and_narrowed(site: Opened) -> None:
    kinds = [row["kind"] for row in site.json(f"{V1}/events?backfill=0")["data"]]
    assert kinds.count("became_overdue") == 3
    only = site.json(f"{V1}/events?event=became_overdue&list=overdue")["data"]
    assert [row["obligation"] for row in only] == [site.ids["water"], site.ids["rivers"]]
    assert only[0]["id"] == f"urn:answerby:event:{only[0]['key']}"
    assert only[0]["basis"] == "convention"


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("obligations?colour=red", "colour"),
        ("obligations?per_page=0", "per_page"),
        ("obligations?per_page=-1", "per_page"),
        ("obligations?per_page=201", "per_page"),
        ("obligations?per_page=1e3", "per_page"),
        ("obligations?cursor=99999999999999999999", "cursor"),
        ("obligations?cursor=x", "cursor"),
        ("obligations?standing=angry", "standing"),
        ("obligations?basis=whim", "basis"),
        ("obligations?kind=club", "kind"),
        ("obligations?list=everything", "list"),
        ("obligations?as_of=2026-02-30", "as_of"),
        ("obligations?as_of=9999-01-01", "as_of"),
        ("obligations?as_of=20260511", "as_of"),
        ("obligations?hindsight=maybe", "hindsight"),
        ("obligations?body=a&body=b", "body"),
        ("obligations?q=" + "x" * 201, "q"),
        ("obligations?q=%00", "q"),
        ("items?page=2", "page"),
        ("events?event=party", "event"),
        ("responses?obligation=0", "obligation"),
        ("due?start=2026-05-04", "rule"),
        ("due?rule=20+working+days", "start"),
        ("due?rule=twenty+moons&start=2026-05-04", "rule"),
        ("due?rule=20+working+days&start=2026-02-30", "start"),
        ("due?rule=20+working+days&start=2026-05-04&calendar=MARS", "calendar"),
        ("due?rule=20+working+days&start=2026-05-04&pause=2026-05-09", "pause"),
        ("due?rule=20+working+days&start=2026-05-04&pause=2026-05-09..2026-05-01", "pause"),
        ("due?rule=20+working+days&start=2026-05-04&amount=0", "amount"),
        ("due?rule=20+working+days&start=2026-05-04&extend=99999999", "extend"),
    ],
)
def test_what_cannot_be_read_is_named_in_a_sentence(still_site: Opened, address: str, parameter: str) -> None:
    answer = still_site.client.get(f"{V1}/{address}")
    problem = answer.get_json()
    assert answer.status_code == problem["status"] and problem["status"] in (400, 422)
    assert [(one["name"], one["in"]) for one in problem["errors"]] == [(parameter, "query")]
    assert problem["detail"].endswith(".")


@pytest.mark.parametrize(
    "address",
    ["obligations/999999", "obligations/x", "obligations/99999999999999999999", "items/none", "bodies/none",
     "processes/none", "documents/none", "responses/none", "events/none", "rules/none", "nothing"],
)  # fmt: skip
def test_what_is_not_there_is_a_404_in_a_sentence(still_site: Opened, address: str) -> None:
    assert still_site.json(f"{V1}/{address}", 404)["detail"]


def test_ten_thousand_parameters_are_one_sentence(still_site: Opened) -> None:
    query = urlencode([(f"p{n}", n) for n in range(10_000)])
    assert still_site.json(f"{V1}/obligations?{query}", 400)["errors"][0]["name"] == "p0"


def test_a_due_date_is_worked_out_step_by_step(still_site: Opened) -> None:
    document = described(still_site)
    answer = still_site.json(f"{V1}/due?rule=20+working+days&start=2026-04-01&calendar=GB-EAW")
    assert list(faults(answer, schema_of(document, "/due"), document)) == []
    assert (answer["rule"], answer["start_on"], answer["due_on"]) == (
        "20 working days",
        "2026-04-01",
        "2026-05-01",
    )
    assert answer["steps"][-1] == {"code": "due", "day": "2026-05-01", "values": {}}
    paused = still_site.json(f"{V1}/due?rule=10+days&start=2026-05-01&pause=2026-05-03..2026-05-07")
    assert paused["due_on"] == "2026-05-16"
    longer = still_site.json(f"{V1}/due?rule=10+days&start=2026-05-01&extend=5")
    assert longer["due_on"] == "2026-05-16"


def test_every_rule_of_the_catalogue_is_there(still_site: Opened) -> None:
    keys = [rule["key"] for rule in still_site.json(f"{V1}/rules?per_page=200")["data"]]
    assert keys == list(catalogue())


def test_any_page_may_read_it_and_caches_may_keep_it(still_site: Opened) -> None:
    answer = still_site.get(f"{V1}/obligations")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    still_site.get(f"{V1}/obligations", 304, If_None_Match=answer.headers["ETag"])


def test_what_is_withheld_is_not_in_the_api(small_site: Opened) -> None:
    with small_site.write() as session:
        body = session.get(Body, 1)
        assert body is not None
        body.visibility, key = Visibility.WITHHELD, body.key
    small_site.json(f"{V1}/bodies/{key}", 404)
    for noun in (
        "obligations",
        "bodies",
        "events",
        "responses",
        "search?q=ministry&in=body",
        *FACTS,
        *PLACES,
    ):
        assert key not in str(small_site.json(f"{V1}/{noun}")["data"])


def test_a_follower_of_the_log_goes_on_from_the_last_event(small_site: Opened) -> None:
    last = small_site.json(f"{V1}/events?per_page=200")["data"][-1]["cursor"]
    assert small_site.json(f"{V1}/events?cursor={last}")["data"] == []
    answer_late(small_site)
    kinds = [row["kind"] for row in small_site.json(f"{V1}/events?cursor={last}")["data"]]
    assert kinds == ["response_found", "noted", "answered_late"]
