"""`openapi.json` is true: requests made of it, fitting and unfitting ones, are answered as it says."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from tests.web.api.test_writing import hired
from tests.web.open_site import Opened, answer_late, told
from tracker.domain.words import UserRole
from tracker.storage.engine import Database
from tracker.web.api.operations import Operation
from tracker.web.api.v1 import OPERATIONS

V1 = "/api/v1"
EXAMPLES = int(os.environ.get("ANSWERBY_TEST_EXAMPLES", "8"))
"""Of each kind for each operation; more, and other ones each time, are tried where somebody asks for them."""
ACCEPTED = ["2xx", "401", "403", "404", "409", "422"]
"""What fits the description may be at odds with the facts (422), and is never called unreadable (400)."""
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
READING = [one for one in OPERATIONS if one.takes is None]
WRITING = [one for one in OPERATIONS if one.takes is not None]
ROLES = (UserRole.EDITOR, UserRole.REVIEWER)
SETTINGS: dict[str, Any] = {
    "database": None,
    "deadline": None,
    "derandomize": "ANSWERBY_TEST_EXAMPLES" not in os.environ,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate,),
}


@pytest.fixture(scope="module")
def tried(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A site that may be written to at will."""
    path = tmp_path_factory.mktemp("tried") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    site = told(database)
    answer_late(site)
    yield site
    database.close()


@pytest.fixture(scope="module")
def tokens(tried: Opened) -> dict[str, str]:
    """A token of each role that may write, and one nobody gave."""
    known = {role.value: hired(tried, role.value, role).token for role in ROLES}
    return known | {"made up": "no-such-token"}


@pytest.fixture(scope="module")
def description(tried: Opened) -> Any:
    """What the site says of its API, read by somebody else's reader."""
    checks = {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}
    config = SchemathesisConfig.from_dict({"checks": checks})
    return schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", tried.app, config=config)


def hold(description: Any, path: str, method: str, token: str = "") -> None:
    """Requests of both kinds; every check there is."""
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {token}"} if token else {})
    for mode in MODES:

        @settings(max_examples=EXAMPLES, **SETTINGS)
        @given(case=description[path][method].as_strategy(generation_mode=mode))
        def told_as_described(case: Any) -> None:
            case.call_and_validate(headers=headers)

        told_as_described()


@pytest.mark.parametrize("operation", READING, ids=[one.name for one in READING])
def test_reading_is_answered_as_described(description: Any, operation: Operation) -> None:
    hold(description, operation.path, "GET")


@pytest.mark.parametrize("holder", ["editor", "reviewer", "made up"])
@pytest.mark.parametrize("operation", WRITING, ids=[one.name for one in WRITING])
def test_writing_is_answered_as_described_whosever_token_it_is(
    description: Any, tokens: dict[str, str], operation: Operation, holder: str
) -> None:
    hold(description, operation.path, "POST", tokens[holder])


def test_the_description_is_of_openapi_and_its_examples_fit(tried: Opened) -> None:
    document = tried.json(f"{V1}/openapi.json")
    assert document["openapi"] == "3.1.0" and document["info"]["license"]["url"]
    for methods in document["paths"].values():
        for one in methods.values():
            assert {"400", "422", "429", "500", "503"} <= set(one["responses"]), one["operationId"]


def test_the_description_says_what_each_part_is_who_needs_a_token_and_nothing_nobody_refers_to(
    tried: Opened,
) -> None:
    document = tried.json(f"{V1}/openapi.json")
    assert document["security"] == [] and all(tag["description"] for tag in document["tags"])
    whole = json.dumps(document)
    parts = document["components"]
    named = [
        f"#/components/{kind}/{name}" for kind in ("schemas", "responses", "headers") for name in parts[kind]
    ]
    assert [one for one in named if f'"{one}"' not in whole] == []
