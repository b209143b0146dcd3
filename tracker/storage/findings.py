"""What we think pages mean: proposed once, waiting for a person, decided once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update
from sqlmodel import Session, col

from tracker.domain.words import FindingState
from tracker.storage.tables import Finding, Item, Obligation, Page, ResponseLine, Run, Source

AT_ONCE = 400
_NOTHING_DECIDED: dict[str, Any] = {"decision_note": ""}


_ANY_OF_SOURCE = select(col(Finding.id)).where(col(Finding.source_id) == bindparam("source_id")).limit(1)
_NEW = insert(Finding)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finding with where it came from."""

    finding: Finding
    source: Source
    run: Run
    page_address: str


def known(session: Session, fingerprints: Iterable[str]) -> dict[str, Finding]:
    """The findings of these fingerprints that were read before."""
    wanted = sorted(set(fingerprints))
    found: dict[str, Finding] = {}
    for start in range(0, len(wanted), AT_ONCE):
        chunk = select(Finding).where(col(Finding.fingerprint).in_(wanted[start : start + AT_ONCE]))
        found.update({finding.fingerprint: finding for finding in session.execute(chunk).scalars()})
    return found


def any_of_source(session: Session, source_id: int) -> bool:
    """Whether anything was ever found at a source."""
    return session.execute(_ANY_OF_SOURCE, {"source_id": source_id}).first() is not None


def keep(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new findings, all in one go; their columns as a mapping each."""
    if rows:
        session.connection().execute(_NEW, [_NOTHING_DECIDED | dict(row) for row in rows])


@dataclass(frozen=True, slots=True)
class Named:
    """An open finding by what its source calls the thing."""

    id: int
    fingerprint: str
    kind: str
    """As it was found: news of an item may have been found as a new one."""
    external_key: str
    is_part: bool


def named_open(session: Session, source_id: int) -> list[Named]:
    """The open findings of a source, by name."""
    kind = col(Finding.content)["kind"].as_string()
    is_part = col(Finding.part_of_id).is_not(None)
    wanted = select(
        col(Finding.id), col(Finding.fingerprint), kind, col(Finding.external_key), is_part
    ).where(col(Finding.source_id) == source_id, col(Finding.state) == FindingState.OPEN)
    return [Named(*row) for row in session.execute(wanted).all()]


def by_ids(session: Session, ids: Sequence[int]) -> list[Finding]:
    """These findings."""
    found: list[Finding] = []
    for start in range(0, len(ids), AT_ONCE):
        wanted = select(Finding).where(col(Finding.id).in_(ids[start : start + AT_ONCE]))
        found += session.execute(wanted).scalars()
    return found


def undecided_of(session: Session, source_id: int, kinds: Collection[str]) -> list[Finding]:
    """The open findings of a source that are of these kinds."""
    wanted = select(Finding).where(
        col(Finding.source_id) == source_id,
        col(Finding.state) == FindingState.OPEN,
        col(Finding.kind).in_(sorted(kinds)),
        # What a part belongs to was said by the person who split it.
        col(Finding.part_of_id).is_(None),
    )
    return list(session.execute(wanted.order_by(col(Finding.id))).scalars())


_UNDECIDED_NAMED = (
    select(Finding)
    .where(
        col(Finding.source_id) == bindparam("source_id"),
        col(Finding.state) == FindingState.OPEN,
        col(Finding.kind) == bindparam("kind"),
        col(Finding.part_of_id).is_(None),
        col(Finding.external_key).startswith(bindparam("begins"), autoescape=False),
    )
    .order_by(col(Finding.id))
)


def undecided_named(session: Session, source_id: int, kind: str, begins: str) -> list[Finding]:
    """The open findings of a source and a kind whose key begins like this."""
    asked = {"source_id": source_id, "kind": kind, "begins": begins}
    return list(session.execute(_UNDECIDED_NAMED, asked).scalars())


def open_responses(session: Session, source_id: int) -> list[Finding]:
    """The responses of a source that nobody has decided, parts of what was split among them."""
    wanted = select(Finding).where(
        col(Finding.source_id) == source_id,
        col(Finding.state) == FindingState.OPEN,
        col(Finding.kind) == "response",
    )
    return list(session.execute(wanted).scalars())


def names_at_source(session: Session, source_id: int) -> Mapping[int, set[str]]:
    """What a source calls that of which obligations were made, and the answers to them: by obligation."""
    named: dict[int, set[str]] = defaultdict(set)
    accepted = (col(Finding.source_id) == source_id, col(Finding.state) == FindingState.ACCEPTED)
    answers = (
        select(col(ResponseLine.obligation_id), col(Finding.external_key))
        .join(Finding, col(Finding.response_id) == col(ResponseLine.response_id))
        .where(*accepted, col(ResponseLine.superseded_at).is_(None))
    )
    became = col(Finding.suggestion)["became"].as_string()
    items = (
        select(col(Obligation.id), col(Finding.external_key))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Finding, became == col(Item.key))
        # What is only news of an item may leave the page without it.
        .where(*accepted, col(Finding.content)["kind"].as_string() != "update")
    )
    for wanted in (answers, items):
        for id_, key in session.execute(wanted).all():
            named[id_].add(key)
    return named


def accepted_items(session: Session, source_id: int) -> dict[str, str]:
    """The keys of the items that a source's new items became, by what the source calls them."""
    wanted = select(Finding).where(
        col(Finding.source_id) == source_id,
        col(Finding.kind) == "new_item",
        col(Finding.state) == FindingState.ACCEPTED,
    )
    rows = session.execute(wanted.order_by(col(Finding.id))).scalars()
    return {row.external_key: str(row.suggestion.get("became", "")) for row in rows}


def of_run(session: Session, run_id: int, state: FindingState) -> list[Finding]:
    """The findings that a reading was the first to bring."""
    wanted = select(Finding).where(col(Finding.run_id) == run_id, col(Finding.state) == state)
    return list(session.execute(wanted.order_by(col(Finding.id))).scalars())


def waiting(
    session: Session,
    *,
    source: str = "",
    kind: str = "",
    limit: int = 50,
    after_id: int = 0,
    state: FindingState = FindingState.OPEN,
) -> list[Waiting]:
    """The queue, oldest first."""
    wanted = (
        select(Finding, Source, Run, col(Page.address))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .join(Run, col(Run.id) == col(Finding.run_id))
        .outerjoin(Page, col(Page.sha256) == col(Finding.page_sha256))
        .where(col(Finding.state) == state, col(Finding.id) > after_id)
        .order_by(col(Finding.found_at), col(Finding.id))
        .limit(limit)
    )
    if source:
        wanted = wanted.where(col(Source.key) == source)
    if kind:
        wanted = wanted.where(col(Finding.kind) == kind)
    return [
        Waiting(finding, place, run, address or "")
        for finding, place, run, address in session.execute(wanted)
    ]


def several(session: Session, ids: Sequence[int]) -> list[Waiting]:
    """These findings, decided or not, in the order asked for."""
    found = {one.finding.id: one for one in _all(session, col(Finding.id).in_(ids))}
    return [found[id_] for id_ in ids if id_ in found]


def _all(session: Session, which: ColumnElement[bool]) -> list[Waiting]:
    wanted = (
        select(Finding, Source, Run, col(Page.address))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .join(Run, col(Run.id) == col(Finding.run_id))
        .outerjoin(Page, col(Page.sha256) == col(Finding.page_sha256))
        .where(which)
    )
    # Decisions are taken by statements of their own: what this session remembers may be older.
    rows = session.execute(wanted, execution_options={"populate_existing": True}).all()
    return [Waiting(finding, place, run, address or "") for finding, place, run, address in rows]


def one(session: Session, finding_id: int) -> Waiting | None:
    """One finding, decided or not."""
    found = _all(session, col(Finding.id) == finding_id)
    return found[0] if found else None


def take(session: Session, finding_id: int, state: FindingState, now: datetime, user_id: int | None) -> bool:
    """Decide an open finding; False where somebody has decided it already."""
    taken = session.execute(
        update(Finding)
        .where(col(Finding.id) == finding_id, col(Finding.state) == FindingState.OPEN)
        .values(state=state, decided_at=now, decided_by_id=user_id)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def put_off(session: Session, finding_id: int, until: datetime) -> bool:
    """Out of the queue until an instant; False where somebody has decided it."""
    taken = session.execute(
        update(Finding)
        .where(col(Finding.id) == finding_id, col(Finding.state) == FindingState.OPEN)
        .values(later_until_at=until, read_by_id=None, read_since_at=None)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def claim_reading(
    session: Session, finding_id: int, user_id: int, now: datetime, stale_before: datetime
) -> bool:
    """Say that somebody has it open, unless somebody else has had it open since `stale_before`; False then."""
    free = or_(
        col(Finding.read_by_id).is_(None),
        col(Finding.read_by_id) == user_id,
        col(Finding.read_since_at) < stale_before,
    )
    taken = session.execute(
        update(Finding)
        .where(col(Finding.id) == finding_id, col(Finding.state) == FindingState.OPEN, free)
        .values(read_by_id=user_id, read_since_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def items_like(session: Session, process_id: int | None, refs: Collection[str]) -> list[Item]:
    """The items of a process, and those elsewhere with one of these references."""
    wanted = select(Item).where((col(Item.process_id) == process_id) | col(Item.ref).in_(sorted(refs)))
    return list(session.execute(wanted.order_by(col(Item.id).desc()).limit(3000)).scalars())
