"""Pages kept as evidence: as far as they may be shown, what rests on them, and which may go."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from tracker.domain.words import FindingState, RunState, Visibility
from tracker.storage.prepared import KEYS, made, run
from tracker.storage.tables import (
    Body,
    Document,
    Finding,
    Item,
    Obligation,
    Page,
    PageVisit,
    Process,
    Response,
    ResponseLine,
    Run,
    Source,
    Watch,
    Withheld,
)

EVIDENCE = "evidence"
MOST_VISITS = 100
TRUSTED = timedelta(days=8)
"""What was seen last at its address may be asked for by its hash so long: a little longer than a trace is trusted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that rests on a page, and an item that it answers."""

    response: Response
    item: Item


@dataclass(frozen=True, slots=True)
class Fill:
    """How much is kept as evidence, in bytes and pages, and how many pages lost their bytes."""

    bytes: int
    pages: int
    dropped: int


def page(session: Session, sha256: str) -> Page | None:
    """A page by the hash of its bytes; None where there is none or it is still a draft."""
    found = session.get(Page, sha256)
    return found if found is not None and found.visibility is not Visibility.DRAFT else None


def described(session: Session, sha256: str) -> Page | None:
    """The same without its bytes."""
    columns: Any = Page.__mapper__.all_orm_descriptors  # type: ignore[attr-defined]
    wanted = (
        select(Page)
        .options(defer(columns["body"]))
        .where(col(Page.sha256) == sha256, col(Page.visibility) != Visibility.DRAFT)
    )
    return session.execute(wanted).scalar_one_or_none()


def beginning_of(session: Session, page: Page, most: int) -> bytes:
    """The first bytes of a page."""
    wanted = select(func.substr(col(Page.body), 1, most)).where(col(Page.sha256) == page.sha256)
    return bytes(session.execute(wanted).scalar_one() or b"")


def copies_elsewhere(session: Session, hashes: Collection[str]) -> dict[str, str]:
    """The copies in public archives of pages that may be shown, by hash."""
    if not hashes:
        return {}
    rows = run(session, made(_copies, _copies), {KEYS.key: sorted(hashes)}).all()
    return {sha256: address for sha256, address in rows if address}


def _copies() -> Any:
    return select(col(Page.sha256), col(Page.archive_url)).where(
        col(Page.sha256).in_(KEYS),
        col(Page.visibility).in_((Visibility.PUBLIC, Visibility.LINK_ONLY)),
        ~holds_a_withheld_answer(col(Page.sha256)),
    )


def visits(session: Session, sha256: str) -> list[PageVisit]:
    """When and where these bytes were read, the latest first."""
    wanted = (
        select(PageVisit)
        .where(or_(col(PageVisit.page_sha256) == sha256, col(PageVisit.said_sha256) == sha256))
        .order_by(col(PageVisit.fetched_at).desc(), col(PageVisit.id).desc())
        .limit(MOST_VISITS)
    )
    return list(session.execute(wanted).scalars())


def answers_on(session: Session, sha256: str) -> list[Answer]:
    """The public responses that rest on a page, each with the public items it answers."""
    wanted = (
        select(Response, Item)
        .join(ResponseLine, col(ResponseLine.response_id) == col(Response.id))
        .join(Obligation, col(Obligation.id) == col(ResponseLine.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(
            col(Response.page_sha256) == sha256,
            *(col(one.visibility) == Visibility.PUBLIC for one in (Response, Item, Document, Process)),
            col(Response.struck_at).is_(None),
            col(ResponseLine.superseded_at).is_(None),
        )
        .order_by(col(Response.id), col(Item.id))
    )
    found = {
        (response.id, item.id): Answer(response, item) for response, item in session.execute(wanted).all()
    }
    return list(found.values())


def withheld(session: Session, sha256: str) -> Withheld | None:
    """What an editor said when they changed how far a page may travel."""
    wanted = select(Withheld).where(col(Withheld.object_kind) == EVIDENCE, col(Withheld.object_key) == sha256)
    return session.execute(wanted).scalars().first()


def fill(session: Session) -> Fill:
    """How full it is."""
    kept, count = session.execute(
        select(func.coalesce(func.sum(col(Page.size)), 0), func.count()).where(col(Page.dropped_at).is_(None))
    ).one()
    dropped = session.execute(select(func.count()).where(col(Page.dropped_at).is_not(None))).scalar_one()
    return Fill(int(kept), int(count), int(dropped))


def not_needed(
    session: Session, now: datetime, seen_before: datetime | None = None
) -> Iterator[tuple[str, int]]:
    """Hashes and sizes of pages on which nothing rests, those not seen for longest first."""
    wanted = (
        select(col(Page.sha256), col(Page.size))
        .where(col(Page.dropped_at).is_(None), *_nothing_rests(now))
        .order_by(col(Page.last_seen_at), col(Page.sha256))
    )
    if seen_before is not None:
        wanted = wanted.where(col(Page.last_seen_at) < seen_before)
    return ((str(digest), int(size)) for digest, size in session.execute(wanted).all())


def _nothing_rests(now: datetime) -> list[ColumnElement[bool]]:
    """No answer, no proposal whatever became of it, no reading set aside; nor is the next reading compared with it."""
    aside = (
        select(col(PageVisit.id))
        .join(Run, col(Run.id) == col(PageVisit.run_id))
        .where(col(PageVisit.page_sha256) == col(Page.sha256), col(Run.state) == RunState.QUARANTINED)
    )
    newer = select(col(PageVisit.id)).where(
        col(PageVisit.address) == col(Page.address),
        col(PageVisit.fetched_at) > col(Page.last_seen_at),
        col(PageVisit.page_sha256).is_not(None),
    )
    read_again = or_(
        exists().where(col(Source.address) == col(Page.address), col(Source.enabled).is_(True)),
        col(Page.last_seen_at) > now - TRUSTED,
        exists().where(col(Watch.address) == col(Page.address), col(Watch.superseded_at).is_(None)),
    )
    return [
        ~exists().where(col(Response.page_sha256) == col(Page.sha256)),
        ~exists().where(col(Finding.page_sha256) == col(Page.sha256)),
        ~aside.exists(),
        ~and_(read_again, ~newer.exists()),
    ]


def drop(session: Session, sha256: str, now: datetime) -> None:
    """Give up a page's bytes; what it was stays on record."""
    session.execute(
        update(Page)
        .where(col(Page.sha256) == sha256, col(Page.dropped_at).is_(None))
        .values(body=b"", dropped_at=now)
        .execution_options(synchronize_session=False)
    )


def is_withheld(session: Session, page: Page) -> bool:
    """Whether a page is shown to nobody: itself withheld, or an answer on it is."""
    if page.visibility is Visibility.WITHHELD:
        return True
    return bool(session.execute(select(holds_a_withheld_answer(page.sha256))).scalar_one())


def holds_a_withheld_answer(sha256: object) -> ColumnElement[bool]:
    """Whether a response that rests on a page is withheld, its body is, or all that it answers."""
    return exists().where(
        col(Response.page_sha256) == sha256,
        or_(
            col(Response.visibility) == Visibility.WITHHELD,
            exists().where(
                col(Body.id) == col(Response.body_id), col(Body.visibility) == Visibility.WITHHELD
            ),
            and_(_answers(hidden=True), ~_answers(hidden=False)),
        ),
    )


def _answers(*, hidden: bool) -> ColumnElement[bool]:
    """Whether a response answers an item that is withheld, itself or by what it stands in; or one that is not."""
    out = or_(*(col(one.visibility) == Visibility.WITHHELD for one in (Item, Document, Process)))
    return (
        select(col(ResponseLine.id))
        .join(Obligation, col(Obligation.id) == col(ResponseLine.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(
            col(ResponseLine.response_id) == col(Response.id),
            col(ResponseLine.superseded_at).is_(None),
            out if hidden else ~out,
        )
        .correlate(Response)
        .exists()
    )


def is_of_a_reply(sha256: object) -> ColumnElement[bool]:
    """Whether a response rests on a page, or a proposal of one that nobody has turned down."""
    return or_(
        exists().where(col(Response.page_sha256) == sha256),
        exists().where(
            col(Finding.page_sha256) == sha256,
            col(Finding.kind) == "response",
            col(Finding.state) != FindingState.REJECTED,
        ),
    )
