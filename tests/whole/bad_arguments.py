"""Addresses asked for what nobody should ask, and what every answer to them must be."""

import json
import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.shared import shared
from tracker.web.access import Access, declared

WORDS = (
    "body process document item topic jurisdiction kind group standing basis q as_of hindsight sort page before "
    "per_page cursor order fields text rule start pause year from place later sitting whole sentence obligations "
    "obligation receipt next checked list source all status id key calendar days since until at only month due name letter seat type duty"
).split()
"""Every argument that some address knows."""
VALUES = (
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "1000000000",
    "99999999999999999999999",
    "-1",
    "",
    "0",
    "1e3",
    "NaN",
    "%D9%A1",
    "a" * 5000,
    "9" * 5000,
    "%F0%9F%A6%86",
    "%E2%80%AEabc",
    "%27",
    "%25",
    "_",
    "%5C",
    "%27%20OR%201=1--",
    "9999-12-31",
    "9999",
    "0001-01-01",
    "0000-00-00",
    "2026-02-30",
    "%0D%0ASet-Cookie:a=b",
    "..%2F..%2Fetc%2Fpasswd",
    "%7B%7B7*7%7D%7D",
    "nope",
)
SEARCHES = (
    "%22",
    "%22%22%22",
    "a%20AND",
    "NEAR(a%20b)",
    "a*",
    "*",
    "-a",
    "NOT",
    "title:a",
    "a%20OR%20(",
    "%5Ea",
    "a%3A*%26!b",
    "%7Ba%20b%7D:c",
    "+".join(f"term{n}" for n in range(2000)),
)
MANY = "&".join(f"a{n}=1" for n in range(10_000))
ALLOWED = frozenset({200, 204, 301, 302, 303, 304, 308, 400, 401, 403, 404, 405, 410, 413, 414, 422, 431})
_PART = re.compile(r"<(?:[^:<>]*(?:\([^<>]*\))?:)?([a-z0-9_]+)>")
_FORM = re.compile(r"<any\([^<>]*\):form>")


def searches() -> tuple[str, ...]:
    """What is typed into the search to break it."""
    rows = json.loads(shared("data", "badinputs", "text", "strings.json").read_text("utf-8"))
    found = [row["text"] for row in rows if row["kind"] == "search"]
    return (*SEARCHES, *(quote(one[:20_000].encode("utf-8", "surrogatepass"), safe="") for one in found))


def readable(app: Flask, *, within: bool) -> list[Rule]:
    """Every rule that is read: those of editors, or those of everybody else."""
    open_to_all = {Access.PUBLIC, Access.TOKEN, Access.DOOR, Access.OPERATOR}
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and (declared(app, rule.endpoint) not in open_to_all) is within
        # Says by its 503 that no worker runs, as it should here.
        and rule.rule != "/healthz/worker"
    ]


def filled(rule: Rule, known: dict[str, str], **bad: str) -> str:
    """A rule's address, with keys that are there unless others are given."""
    path = _FORM.sub(bad.pop("form", "json"), rule.rule)
    kind = rule.rule.split("/")[1].split(".")[0]
    values = {**known, "key": known.get(kind, known["key"]), **bad}
    return _PART.sub(lambda part: values.get(part[1], known["key"]), path)


def asked(rules: list[Rule], known: dict[str, str], *, every: bool) -> Iterator[str]:
    """Each rule with each of its segments and arguments set to something bad; one of them in turn, or all."""
    turn = count()
    for rule in rules:
        for name in sorted(rule.arguments):
            for value in VALUES if every else (VALUES[next(turn) * 7 % len(VALUES)],):
                if value:
                    yield filled(rule, known, **{name: value})
        path = filled(rule, known)
        yield f"{path}?q=1&{MANY}"
        for name in WORDS:
            for value in VALUES if every else (VALUES[next(turn) % len(VALUES)],):
                yield f"{path}?{name}={value}"
        yield f"{path}?{'&'.join(f'{name}[]=1&{name}=1&{name}=2' for name in WORDS[next(turn) % 5 :: 5])}"


def status(client: FlaskClient, address: str) -> tuple[int | str, TestResponse | None]:
    """What an address answers; an error of ours by its name."""
    try:
        answer = client.get(address)
    except Exception as error:  # whatever it is: the test tells of it
        return f"{type(error).__name__}: {error}"[:300], None
    answer.get_data()
    answer.close()  # a file of the site stays open otherwise
    return answer.status_code, answer


def well_formed(answer: TestResponse) -> str:
    """What is wrong with the form of an answer, if anything."""
    body, kind = answer.get_data(), answer.mimetype or ""
    if b"Traceback" in body:
        return "a traceback"
    try:
        if kind.endswith("json") and body:
            json.loads(body)
        elif kind.endswith("xml") and body:
            ElementTree.fromstring(body)
    except ValueError as error:
        return f"no {kind}: {error}"
    except ElementTree.ParseError as error:
        return f"no {kind}: {error}"
    return ""
