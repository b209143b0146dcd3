"""The page about the API: each address on it answers, its program runs, and every problem leads to it."""

import json
import subprocess
import sys

import pytest

from tests.web.open_site import BASE, Opened, answer_late
from tests.web.pages import Reader
from tracker.web.api.examples import EXAMPLES, PLACEHOLDER, client, written
from tracker.web.api.v1 import OPERATIONS
from tracker.web.problems import KINDS

V1 = "/api/v1"
LISTS = sorted({one.noun for one in OPERATIONS if one.takes is None} - {"evidence"})
MOST_BYTES = 60_000


def test_every_noun_has_an_example() -> None:
    assert sorted(EXAMPLES) == LISTS


@pytest.mark.parametrize("noun", LISTS)
def test_the_examples_answer(still_site: Opened, noun: str) -> None:
    for rest in EXAMPLES[noun]:
        still_site.json(f"{V1}/{noun}{rest.replace(PLACEHOLDER, 'ministry-of-water')}")


def test_the_page_names_every_operation_and_is_small(still_site: Opened) -> None:
    page = Reader(still_site.client).open("/api")
    for one in OPERATIONS:
        assert f"{one.method} {one.path}" in page.text
    packed = still_site.get("/api", Accept_Encoding="gzip")
    assert len(packed.get_data()) < MOST_BYTES


def test_the_page_names_every_field_that_is_handed_in(still_site: Opened) -> None:
    terms = Reader(still_site.client).open("/api").said("dt")
    for one in OPERATIONS:
        assert {field.name for field in (one.takes.fields if one.takes else ())} <= set(terms), one.path


def test_what_the_page_writes_can_be_read(still_site: Opened) -> None:
    address, said = written(BASE).split("'", 1)
    assert address.startswith(f"curl {BASE}{V1}/checks ")
    [form] = [one.takes for one in OPERATIONS if one.takes and one.path == "/checks"]
    assert form.values(json.loads(said.strip().rstrip("'")))["obligations"]


def test_every_problem_leads_to_where_it_is_explained(still_site: Opened) -> None:
    ids = {one.get("id") for one in Reader(still_site.client).open("/api").root.iter()}
    assert {kind.slug for kind in KINDS.values()} <= ids
    address, _, anchor = still_site.json(f"{V1}/items?nope=1", 400)["type"].partition("#")
    assert address == f"{BASE}/api" and anchor in ids


@pytest.mark.parametrize("prefix", ["/es", "/fr"])
def test_the_page_speaks_the_other_languages(still_site: Opened, prefix: str) -> None:
    assert Reader(still_site.client).open(f"{prefix}/api").all("h1")


def test_the_program_on_the_page_copies_every_obligation(served: str, small_site: Opened) -> None:
    answer_late(small_site)
    asked = [sys.executable, "-c", client(served).replace('page["meta"]["next"]', _here(served))]
    ran = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    total = small_site.json(f"{V1}/obligations")["meta"]["total"]
    assert (ran.stderr, ran.stdout.split()[0]) == ("", str(total))


def _here(served: str) -> str:
    """The site does not know at which address it is tried."""
    return f'page["meta"]["next"] and page["meta"]["next"].replace("{BASE}", "{served}")'
