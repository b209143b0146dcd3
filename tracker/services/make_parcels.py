"""Makes claimed rows into parcels: what each message says, to whom, with the links it carries."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.listing import ListQuery
from tracker.domain.parcel import QUIET, FeedingSource, Head, News, Parcel, Tokens, Wanted
from tracker.domain.post import MAX_ATTEMPTS
from tracker.domain.telling import last_of_each
from tracker.domain.words import DeliveryState
from tracker.services.about_lists import AboutLists
from tracker.services.subscribe import CONFIRM
from tracker.services.worth_telling import WITHHELD, lifted_of, news_of
from tracker.services.write_links import Subject, write_many
from tracker.storage import deliveries, log, subscriptions
from tracker.storage.outgoing import Row
from tracker.storage.tables import Subscription

Link = tuple[Purpose, Subject]
NO_ANSWER = "every attempt ended without an answer"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The rows of one message with what they tell and whom they serve, the newest subscription last."""

    rows: Sequence[Row]
    news: Sequence[News]
    owners: Sequence[Subscription]

    @property
    def first(self) -> Row:
        """All rows share batch and lease."""
        return self.rows[0]

    @property
    def letter(self) -> str:
        """What is sent that is no news; that some of the lists are quiet is said beside the news of the others."""
        return "" if self.news else next((row.letter for row in self.rows if row.letter), "")

    @property
    def queries(self) -> list[ListQuery]:
        """The lists it serves."""
        return [subscriptions.query_of(row) for row in self.owners]

    @property
    def is_spent(self) -> bool:
        """Whether it was tried as often as anything is."""
        return self.first.attempts >= MAX_ATTEMPTS


def make_parcels(session: Session, rows: Sequence[Row], seal: Seal, now: datetime) -> list[Parcel]:
    """What the claimed rows say, batch by batch; where nothing is left to say the batch is closed."""
    news, owners = news_of(session, rows), _owners(session, rows)
    batches = [list(group) for _, group in groupby(rows, key=lambda row: row.batch)]
    lifted = lifted_of(session, news)
    bundles = [_bundle(group, news, owners, lifted) for group in batches]
    kept = [bundle for bundle in bundles if _goes_out(session, bundle)]
    tokens = _written(session, kept, seal, now)
    found = log.last_head(session)
    head = Head(found.size, found.hash) if found else None
    about = AboutLists(session, [query for bundle in kept for query in bundle.queries])
    return [_parcel(bundle, tokens, head, about) for bundle in kept]


def _bundle(
    rows: Sequence[Row],
    news: Mapping[int, News],
    owners: Mapping[int, Subscription],
    lifted: Container[int | None],
) -> Bundle:
    told = {row.event_id for row in rows if row.event_id is not None}
    ids = sorted({row.subscription_id for row in rows})
    last = last_of_each((news[id_] for id_ in told if id_ in news), lifted)
    return Bundle(rows, last, [owners[id_] for id_ in ids])


def _owners(session: Session, rows: Sequence[Row]) -> Mapping[int, Subscription]:
    """The subscriptions the rows serve; leaving drops their rows, so all are live."""
    return subscriptions.by_ids(session, {row.subscription_id for row in rows})


def _goes_out(session: Session, bundle: Bundle) -> bool:
    first = bundle.first
    if not bundle.is_spent and (bundle.news or bundle.letter):
        return True
    state = DeliveryState.FAILED if bundle.is_spent else DeliveryState.DROPPED
    why = NO_ANSWER if bundle.is_spent else WITHHELD
    deliveries.settle(session, first.batch, first.lease_until_at, state=state, next_at=None, error=why)
    return False


def _links(bundle: Bundle) -> dict[Purpose, Subject]:
    """A confirmation opens one wish; news can be left by what it was sent for, and managed by address."""
    one = Subject("subscription", str(bundle.owners[0].id))
    everything = Subject("address", bundle.owners[0].address_hash)
    if bundle.letter == CONFIRM:
        return {Purpose.CONFIRM: one}
    leaves = one if len(bundle.owners) == 1 else everything
    return {Purpose.MANAGE: everything, Purpose.UNSUBSCRIBE: leaves}


def _written(session: Session, bundles: Sequence[Bundle], seal: Seal, now: datetime) -> Mapping[Link, str]:
    """The secrets of all links, those of one purpose asked for and kept at once."""
    wanted: dict[Purpose, list[Subject]] = {}
    for bundle in bundles:
        for purpose, subject in _links(bundle).items():
            wanted.setdefault(purpose, []).append(subject)
    return {
        (purpose, subject): token
        for purpose, subjects in wanted.items()
        for subject, token in write_many(session, seal, purpose, subjects, now).items()
    }


def _parcel(bundle: Bundle, tokens: Mapping[Link, str], head: Head | None, about: AboutLists) -> Parcel:
    first, newest = bundle.first, bundle.owners[-1]
    return Parcel(
        batch=first.batch,
        message_id=first.message_id,
        lease_until_at=first.lease_until_at,
        rows=len(bundle.rows),
        attempts=first.attempts + 1,
        channel=first.channel,
        address=newest.address,
        address_hash=newest.address_hash,
        language=newest.language,
        zone=newest.zone,
        wanted=[_wanted(row, bundle) for row in bundle.owners],
        tokens=Tokens(
            **{purpose.value: tokens[purpose, subject] for purpose, subject in _links(bundle).items()}
        ),
        letter=bundle.letter,
        news=bundle.news,
        head=head,
        names=about.names,
        sources=_sources(bundle, about),
        told_for=_told_for(bundle),
    )


def _wanted(row: Subscription, bundle: Bundle) -> Wanted:
    quiet = {one.subscription_id for one in bundle.rows if one.letter == QUIET}
    since = row.quiet_from_at if row.id in quiet else None
    return Wanted(row.id or 0, subscriptions.query_of(row), row.frequency, row.weekday, since)


def _sources(bundle: Bundle, about: AboutLists) -> list[FeedingSource]:
    if bundle.letter not in ("", QUIET):
        return []
    return about.sources(bundle.queries, is_quiet=bundle.letter == QUIET)


def _told_for(bundle: Bundle) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in bundle.rows:
        if row.event_id is not None:
            found.setdefault(row.event_id, []).append(row.subscription_id)
    return found
