"""How each mail service words its reports: data, read into our own shape; an unknown word says nothing."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.mail_reports import Report, ReportError, ReportKind

FOLDER = "mail_services"
MOST = 1000
"""Reports of one request."""


@dataclass(frozen=True, slots=True)
class Tells:
    """One thing a service can say: when it is meant, and where its address stands."""

    means: ReportKind
    when: Mapping[str, Sequence[str]]
    address: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class MailService:
    """One service: how it proves that it speaks, where its events stand, and what they mean."""

    key: str
    name: str
    proof: str
    tells: Sequence[Tells]
    events: str = ""
    """Where the event, or the list of events, stands in the body; empty: the body itself."""


@lru_cache(maxsize=1)
def mail_services() -> Mapping[str, MailService]:
    """Every service we can read, by its key."""
    folder = resources.files("tracker") / FOLDER
    texts = {
        one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".toml")
    }
    keys = sorted(name.removesuffix(".toml") for name in texts)
    return MappingProxyType({key: _read(tomllib.loads(texts[f"{key}.toml"]), key) for key in keys})


def _read(table: Mapping[str, Any], key: str) -> MailService:
    tells = tuple(Tells(**{**one, "means": ReportKind(one["means"])}) for one in table["tells"])
    return MailService(key, table["name"], table["proof"], tells, table.get("events", ""))


def reports_of(service: MailService, body: object) -> Iterator[Report]:
    """What a body says; events we have no word for say nothing. Raises ReportError where there is no event at all."""
    events = _at(body, service.events)
    found: list[Any] = events if isinstance(events, list) else [events]
    if not all(isinstance(one, dict) for one in found):
        raise ReportError(f"no report of {service.name} is there: {_where(service)}.")
    if len(found) > MOST:
        raise ReportError(f"more than {MOST} reports at once: send them in several requests.")
    for event in found:
        yield from _reports(service, event)


def _where(service: MailService) -> str:
    return f"“{service.events}” holds none" if service.events else "the body is neither an object nor a list"


def _reports(service: MailService, event: Mapping[str, Any]) -> Iterator[Report]:
    for one in service.tells:
        if all(_at(event, path) in words for path, words in one.when.items()):
            given = _at(event, one.address)
            for address in given if isinstance(given, list) else [given]:
                yield from _report(one, address, _at(event, one.message_id) if one.message_id else "")
            return


def _report(one: Tells, address: object, message_id: object) -> Iterator[Report]:
    """An address that nobody could have asked to be told at is none of ours."""
    try:
        kept = email_address(str(address)) if isinstance(address, str) else ""
    except AddressError:
        return
    if kept:
        yield Report(one.means, kept, message_id if isinstance(message_id, str) else "")


def _at(value: object, path: str) -> object:
    """What stands at a path of names with dots between them; None where there is nothing."""
    found = value
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
