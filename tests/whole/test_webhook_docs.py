"""What docs/webhooks.md tells receivers: its verification is run, its example has the fields that are posted."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.services.receiving import Hooking, hooking_site
from tracker.domain.words import EventKind

DOCS = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"


def block(language: str) -> str:
    """The first block of code in a language."""
    found = re.search(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def hooking(database_url: str, tmp_path: Path) -> Iterator[Hooking]:
    with hooking_site(database_url, tmp_path) as made:
        yield made


def shape(value: Any) -> Any:
    """The names of an object's fields, and theirs."""
    if isinstance(value, list):
        return [shape(value[0])]
    return {name: shape(one) for name, one in value.items()} if isinstance(value, dict) else None


def test_the_example_in_python_takes_ours_and_refuses_what_is_not(hooking: Hooking) -> None:
    names: dict[str, Callable[..., bool]] = {}
    exec(compile(block("python"), "docs/webhooks.md", "exec"), names)
    verify = names["verify"]
    _, _, secret = hooking.hook()
    hooking.telling.happen()
    hooking.work()
    (post,) = hooking.receiver.posts
    with time_machine.travel(hooking.clock(), tick=False):
        assert verify(secret, post.headers, post.body)
        assert not verify(secret, post.headers, post.body + b" ")
        assert not verify("whsec_" + "A" * 43 + "=", post.headers, post.body)
    with time_machine.travel(hooking.clock() + timedelta(minutes=6), tick=False):
        assert not verify(secret, post.headers, post.body)


def test_the_example_of_a_post_has_the_fields_that_are_posted(hooking: Hooking) -> None:
    hooking.hook(body="ministry-of-water")
    hooking.telling.happen(EventKind.BECAME_OVERDUE)
    hooking.work()
    posted, told = json.loads(hooking.receiver.posts[0].body), json.loads(block("json"))
    for one in (posted, told):
        (event,) = one["data"]["events"]
        event.update(standing=None, process=None, detail=None)
        one["data"]["list"]["filters"] = None
    assert shape(posted) == shape(told)
