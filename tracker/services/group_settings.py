"""What a group says of itself in public, and giving a process to another group."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.ledger import digest
from tracker.domain.refusals import insist, refuse
from tracker.services.enter_process import url_complaints
from tracker.services.note_fact import note_fact
from tracker.services.revise import remember
from tracker.storage import ownership
from tracker.storage.entries import id_of, process_by_key
from tracker.storage.people import group_by_key
from tracker.storage.tables import Group

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands on a group's page."""

    name: str
    about: str = ""
    paid_by: str = ""
    website: str = ""


def describe(session: Session, now: datetime, group: Group, said: Settings, user_id: int) -> None:
    """Change what a group says of itself; what stood there before is kept."""
    missing = [] if said.name.strip() else [refuse("name", "This is needed.")]
    long = [refuse("name", "Shorten this to %(most)s characters.", most=LONGEST_NAME)]
    insist(
        [*missing, *(long if len(said.name) > LONGEST_NAME else []), *url_complaints("website", said.website)]
    )
    remember(session, now, group, "settings", user_id)
    before = digest(_said_by(group))
    group.name, group.about = said.name.strip(), said.about
    group.paid_by, group.website = said.paid_by, said.website
    session.flush()
    hashes = {"before_sha256": before, "after_sha256": digest(_said_by(group))}
    if hashes["before_sha256"] != hashes["after_sha256"]:
        note_fact(session, now, "group", detail=hashes, actor=f"group:{group.key}")


def _said_by(group: Group) -> list[str]:
    return [group.name, group.about, group.paid_by, group.website]


def give_process(session: Session, now: datetime, process_key: str, group_key: str, user_id: int) -> str:
    """Hand a process with all that belongs to it over to another group; that group's name."""
    process, group = process_by_key(session, process_key), group_by_key(session, group_key)
    insist([] if group is not None else [refuse("to", "There is no such group.")])
    insist([] if process is not None else [refuse("process", "There is no such process.")])
    assert process is not None and group is not None  # noqa: S101 - insisted on above
    remember(session, now, process, f"handed over to {group.key}", user_id)
    ownership.hand_over(session, id_of(process), id_of(group))
    note_fact(
        session, now, "handed_over", detail={"to": group.key}, actor=f"group:{group.key}", process=process
    )
    return group.name
