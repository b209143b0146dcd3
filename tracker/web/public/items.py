"""One item and its whole story: who owes what, how each date was computed, what came back, what was looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, abort, render_template
from sqlmodel import Session

from tracker.domain.steps import Step
from tracker.domain.words import ClockEntryKind, DueSource, Standing
from tracker.rendering.cite import Cited, citation
from tracker.rendering.doubt import NOT_RELIED_ON
from tracker.rendering.short_steps import short_steps
from tracker.rendering.step_words import steps_from
from tracker.services.explain import steps_in_force
from tracker.storage import items as stored
from tracker.storage.bodies import websites_of
from tracker.storage.columns import partial_of
from tracker.storage.date_moves import moves_of, taken_back_of
from tracker.storage.evidence import copies_elsewhere
from tracker.storage.items import ItemWhole
from tracker.storage.lines import Line
from tracker.storage.reminders import reminded_of
from tracker.storage.responses import answered_items, promised_for
from tracker.storage.story import Reply, Story, happenings, stories
from tracker.storage.tables import Event, Item
from tracker.web.access import Access, access
from tracker.web.filters import full_address, with_arguments
from tracker.web.locale import tongue
from tracker.web.next_steps import NextSteps, next_steps
from tracker.web.site import site
from tracker.web.timeline import timeline
from tracker.web.verdicts import missing_points
from tracker.web.when import When, insist_on_record, when

blueprint = Blueprint("items", __name__)
GONE = 410


@dataclass(frozen=True)
class Card:
    """One addressee's clock, as the page shows it."""

    line: Line
    story: Story
    due_source: DueSource
    citation: str
    moves: list[Event] = field(default_factory=list)
    """How the due day moved, from when to when."""
    taken_back: list[Event] = field(default_factory=list)
    """Entries about the clock that were our error, as the log tells of them."""
    in_force: tuple[Step, ...] = ()
    """The steps to the due day where entries moved it; empty where those of the rule alone stand."""
    to_do: NextSteps = field(default_factory=NextSteps)
    """What a reader can do now; nothing on a page of the past."""
    missing: list[str] = field(default_factory=list)
    """What the verdict that counts found to be missing."""

    @property
    def steps(self) -> Sequence[Step]:
        """How the due day was computed, step by step."""
        terms = self.story.terms
        return self.in_force or (steps_from(terms.steps) if terms else ())

    @property
    def short_steps(self) -> str:
        """How the computed day came about, in one line."""
        terms = self.story.terms
        if terms is None:
            return ""
        unsettled = self.line.standing in NOT_RELIED_ON
        return short_steps(self.steps, terms.trigger, tongue(), self.line.due_on, unsettled)

    @property
    def void_reason(self) -> str:
        """Why the duty ended, where it did."""
        ended = (entry for entry in self.story.entries if entry.kind in _ENDINGS)
        return next((entry.reason for entry in ended), "") if self.line.standing is Standing.VOID else ""


@dataclass(frozen=True)
class _Log:
    """What the log tells of the clocks, by obligation."""

    moves: Mapping[int, list[Event]]
    taken_back: Mapping[int, list[Event]]


@dataclass(frozen=True)
class _Read:
    """What is read besides for the cards."""

    steps: Mapping[int, tuple[Step, ...]]
    websites: Mapping[int, str]

    @classmethod
    def of(cls, session: Session, owed: list[tuple[Line, Story]], moment: When) -> "_Read":
        websites = websites_of(session, {line.body_id for line, _story in owed})
        return cls(_moved_steps(session, owed, moment), websites)


_ENDINGS = (ClockEntryKind.VOID, ClockEntryKind.TRANSFER)


@blueprint.get("/items/<key:key>")
@access(Access.PUBLIC)
def item(key: str) -> str | tuple[str, int]:
    """One item."""
    moment = when()
    with site().database.reading() as session:
        whole = stored.by_key(session, key)
        if whole is None:
            return _tombstone(session, key)
        insist_on_record(whole.item.recorded_at, moment)
        return _page(session, whole, moment)


def _page(session: Session, whole: ItemWhole, moment: When) -> str:
    id_ = whole.item.id or 0
    lines = stored.lines_of(session, id_, moment.moment)
    told = stories(session, [line.id for line in lines], moment.moment)
    owed = [(line, told[line.id]) for line in lines]
    told_of = _Log(
        moves_of(session, [line.id for line in lines], moment.moment),
        taken_back_of(session, [line.id for line in lines], moment.moment),
    )
    return render_template(
        "public/item.html",
        whole=whole,
        item=whole.item,
        when=moment,
        today=moment.today,
        nobody_looked=not any(story.looks or story.replies for _line, story in owed),
        cards=list(_cards(whole, owed, told_of, moment, _Read.of(session, owed, moment))),
        copies=copies_elsewhere(session, _pages(owed)),
        timeline=timeline(
            whole,
            owed,
            happenings(session, id_, moment.moment),
            told_of.taken_back,
            reminded_of(session, [line.id for line in lines], moment.moment),
        ),
        milestones=_standing(session, whole.children, moment),
        promised=_standing(session, promised_for(session, id_), moment),
        answered=answered_items(session, whole.arises_from.id or 0) if whole.arises_from else [],
    )


def _standing(session: Session, items: Sequence[Item], moment: When) -> list[tuple[Item, list[Line]]]:
    """Items that hang on this one, as far as they were on record, and where each stands."""
    there = [one for one in items if _was_there(one, moment)]
    found = stored.lines_by_item(session, [one.id or 0 for one in there], moment.moment)
    return [(one, found.get(one.id or 0, [])) for one in there]


def _was_there(item: Item, moment: When) -> bool:
    """Whether an item was on record at the moment the page shows."""
    known_by = moment.moment.known_by
    return known_by is None or item.recorded_at <= known_by


def _moved_steps(
    session: Session, owed: list[tuple[Line, Story]], moment: When
) -> dict[int, tuple[Step, ...]]:
    """A day of the past was reckoned by the entries of that day: there the rule's own steps stand."""
    if moment.as_of is not None:
        return {}
    moved = {
        line.id: line.due_on
        for line, story in owed
        if story.entries and story.terms and line.due_on and line.due_on != story.terms.computed_on
    }
    return steps_in_force(session, moved)


def _tombstone(session: Session, key: str) -> tuple[str, int]:
    found = stored.tombstone(session, "item", key)
    if found is None:
        abort(404)
    return render_template("public/tombstone.html", withheld=found), GONE


def _cards(
    whole: ItemWhole,
    owed: list[tuple[Line, Story]],
    log: "_Log",
    moment: When,
    read: _Read,
) -> Iterator[Card]:
    for line, story in owed:
        source = _due_source(line, story)
        cited = _cited(whole, line, story, source, moment)
        said = citation(cited, line, moment.today, tongue())
        yield Card(
            line,
            story,
            source,
            said,
            moves=log.moves.get(line.id, []),
            taken_back=log.taken_back.get(line.id, []),
            in_force=read.steps.get(line.id, ()),
            to_do=_to_do(line, moment, read.websites.get(line.body_id, "")),
            missing=missing_points(story, line),
        )


def _to_do(line: Line, moment: When, website: str) -> NextSteps:
    """A debtor that came after another has a website of its own, which is not read here."""
    if moment.as_of is not None:
        return NextSteps()
    return next_steps(line, moment.today, "" if line.debtor_key else website)


def _replies(owed: list[tuple[Line, Story]]) -> Iterator[Reply]:
    return (reply for _line, story in owed for reply in story.replies if reply.shown)


def _pages(owed: list[tuple[Line, Story]]) -> set[str]:
    """The hashes of the pages that what is shown rests on."""
    return {hash_ for reply in _replies(owed) if (hash_ := reply.response.page_sha256)}


def _due_source(line: Line, story: Story) -> DueSource:
    """Which date won: the stated one beats the computed one unless an editor decided otherwise."""
    terms = story.terms
    if terms is None or line.due_on is None:
        return DueSource.NONE
    if terms.stated_on is None or terms.decided is DueSource.COMPUTED:
        return DueSource.COMPUTED
    return DueSource.STATED


def _cited(whole: ItemWhole, line: Line, story: Story, source: DueSource, moment: When) -> Cited:
    """Its address is that of the day it is cited on: whoever follows it later sees what was cited."""
    at = moment.arguments or {"as_of": moment.today.isoformat()}
    places = {place for look in story.looks[:1] for place in look.check.places}
    return Cited(
        body=line.body_name,
        item=line.item_title,
        ref=line.item_ref,
        asker=whole.process.organiser or whole.process.name,
        document=whole.document.title,
        published=partial_of(whole.document, "published"),
        legal_basis=line.legal_basis,
        due_source=source,
        unseen=whole.item.unseen_fields,
        looked_at=sorted(places),
        site=site().config.site.name,
        address=f"{with_arguments(full_address(f'/items/{whole.item.key}'), at)}#{line.body_key}",
        signed_by=_signed_by(story),
    )


def _signed_by(story: Story) -> list[str]:
    """Everybody who signed the latest joint reply that is shown; nobody where one body answered."""
    joint = [reply for reply in story.replies if reply.signers and reply.shown]
    return [body.name for one in joint[-1:] for body in (one.speaker, *one.signers)]
