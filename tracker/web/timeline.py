"""Everything dated about an item on one line of time: theirs, ours, and the due days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from flask_babel import gettext as _
from markupsafe import Markup, escape

from tracker.domain.partial import PartialDate, day
from tracker.domain.reasons import Reason
from tracker.domain.words import ClockEntryKind, Standing
from tracker.rendering.doubt import NOT_RELIED_ON, undone_words
from tracker.rendering.objection_words import says_words
from tracker.rendering.reason_words import reasons_of
from tracker.rendering.reminded_words import reminded_words
from tracker.storage.columns import partial_of
from tracker.storage.items import ItemWhole
from tracker.storage.lines import Line
from tracker.storage.objections import objected
from tracker.storage.reminders import Told
from tracker.storage.story import Look, Reply, Story
from tracker.storage.tables import Event, Happening, Response
from tracker.web.locale import tongue
from tracker.web.spoken import lang
from tracker.web.wording import named

MOST_NAMES = 4


@dataclass(frozen=True)
class Entry:
    """One dated thing; `style` says whose it is: theirs, ours or due."""

    dated: PartialDate | None
    text: str
    style: str = "theirs"
    about: str = ""
    """The body it is about, where there are several."""
    unconfirmed: bool = False
    source_url: str = ""
    group: str = ""
    """Key of the group that put it on record."""

    @property
    def sort_on(self) -> date:
        """Undated entries come last."""
        return self.dated.first if self.dated else date.max


def timeline(
    whole: ItemWhole,
    owed: Iterable[tuple[Line, Story]],
    happenings: Iterable[Happening],
    taken_back: Mapping[int, Iterable[Event]],
    reminded: Mapping[int, Iterable[Told]] = MappingProxyType({}),
) -> list[Entry]:
    """All entries in order of their days; the same thing said for several bodies is one entry."""
    found = [*_document(whole), *_happenings(happenings)]
    for line, story in owed:
        found += [*_clock(line, story), *_answers(line, story), *_objections(line, story)]
        found += [*_verdicts(line, story), *_words_of_others(line, story)]
        found += [_undone(line, event) for event in taken_back.get(line.id, ())]
        found += [_reminded(line, one) for one in reminded.get(line.id, ())]
    return sorted(_merged(found), key=lambda entry: entry.sort_on)


def _merged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same thing said of several bodies once, with their names."""
    same: dict[Entry, list[str]] = {}
    for entry in entries:
        names = same.setdefault(replace(entry, about=""), [])
        if entry.about and entry.about not in names:
            names.append(entry.about)
    for entry, names in same.items():
        more = " …" if len(names) > MOST_NAMES else ""
        yield replace(entry, about=tongue().in_turn(names[:MOST_NAMES]) + more)


def _document(whole: ItemWhole) -> Iterator[Entry]:
    published = partial_of(whole.document, "published")
    if published:
        title = Markup("<span{}>{}</span>").format(lang(whole.process.language), whole.document.title)
        yield Entry(published, escape(_("Published: %(title)s")) % {"title": title})


def _happenings(happenings: Iterable[Happening]) -> Iterator[Entry]:
    for one in happenings:
        yield Entry(partial_of(one, "happened"), one.text, unconfirmed=not one.confirmed)


def _clock(line: Line, story: Story) -> Iterator[Entry]:
    if line.due_on:
        yield Entry(day(line.due_on), _due_day(line), _due_style(line), line.body_name)
    done = {key: said for reason in reasons_of(line.detail) for key, said in _done(reason)}
    for entry in story.entries:
        what = done.get((entry.kind, entry.works_from_on))
        said = f"{tongue().colon(named(entry.kind))} {entry.reason}" + (f" ({what})" if what else "")
        yield Entry(
            day(entry.works_from_on),
            said,
            "theirs",
            line.body_name,
            source_url=entry.source_url,
            group=_group(entry.recorded_by),
        )


def _due_day(line: Line) -> str:
    """What the due day is called; one that cannot be relied on is not said as if it could."""
    said = {Standing.UNKNOWN: _("Due day in doubt"), Standing.PAUSED: _("Due day when the clock stopped")}
    return str(said.get(line.standing, _("Due day")))


def _due_style(line: Line) -> str:
    return "ours" if line.standing in NOT_RELIED_ON else "due"


def _undone(line: Line, event: Event) -> Entry:
    """An entry of ours that was taken back, on the day of that."""
    said = _(
        "Taken back: %(entry)s – %(reason)s",
        entry=undone_words(event.detail, tongue()),
        reason=event.detail.get("reason", ""),
    )
    return Entry(day(event.recorded_at.date()), said, "ours", line.body_name, group=_group(event.actor))


def _reminded(line: Line, one: Told) -> Entry:
    """A letter of ours that a relay took for the body's mailbox."""
    return Entry(day(one.happened_on), reminded_words(one.detail, tongue()), "ours", line.body_name)


_OF: Mapping[str, tuple[ClockEntryKind, str]] = {
    "extended": (ClockEntryKind.EXTENSION, "given"),
    "extension_too_late": (ClockEntryKind.EXTENSION, "given"),
    "extension_not_later": (ClockEntryKind.EXTENSION, "given"),
    "moved_by_pause": (ClockEntryKind.PAUSE, "begin"),
    "pause_only_recorded": (ClockEntryKind.PAUSE, "begin"),
    "pause_not_allowed": (ClockEntryKind.PAUSE, "begin"),
    "restarted": (ClockEntryKind.RESTART, "begin"),
    "restart_only_recorded": (ClockEntryKind.RESTART, "begin"),
}
"""Of which kind of entry a reason speaks, and where it names its day."""


def _done(reason: Reason) -> Iterator[tuple[tuple[ClockEntryKind, date], str]]:
    """What an entry did to the due day: old and new, or that the date stands."""
    values = dict(reason.values)
    kind, name = _OF.get(reason.code, (None, ""))
    on = values.get(name)
    if kind is None or not isinstance(on, date):
        return
    old, new = values.get("old"), values.get("new")
    if isinstance(old, date) and isinstance(new, date):
        say = tongue()
        yield (
            (kind, on),
            _("due day moved from %(old)s to %(new)s", old=say.day(old), new=say.day(new)),
        )
    else:
        yield (kind, on), _("recorded only: the date stands")


def _group(recorded_by: str) -> str:
    """The key of the group an author's mark names; empty for a source or an import."""
    return recorded_by.removeprefix("group:") if recorded_by.startswith("group:") else ""


def _answers(line: Line, story: Story) -> Iterator[Entry]:
    for reply in story.replies:
        if reply.shown:
            yield from _reply(line, reply)
    for look in story.looks:
        yield Entry(day(look.check.looked_on), _looked(look, story), "ours", line.body_name)
    if line.standing is Standing.VOID and "ended_on" in line.detail:
        ended = date.fromisoformat(str(line.detail["ended_on"]))
        yield Entry(day(ended), _("The duty ended"), "theirs", line.body_name)


def _objections(line: Line, story: Story) -> Iterator[Entry]:
    for one in story.objections:
        said = says_words(objected(one), tongue())
        yield Entry(
            day(one.recorded_at.date()),
            _("Objection: %(said)s", said=said),
            "theirs",
            line.body_name,
            source_url=one.url,
        )
        if one.ended_at is not None:
            ended = _("Objection %(state)s: %(why)s", state=named(one.state), why=one.outcome)
            yield Entry(day(one.ended_at.date()), ended, "ours", line.body_name)


def _verdicts(line: Line, story: Story) -> Iterator[Entry]:
    """Each verdict on the day it was given, and the day it was taken back where it was."""
    for one in story.judgements:
        made = one.assessment
        group = one.group.key if one.group else ""
        said = _("Judged: %(verdict)s", verdict=named(made.verdict))
        yield Entry(day(made.recorded_at.date()), said, "ours", line.body_name, group=group)
        if made.withdrawn_at is not None:
            gone = _("Verdict withdrawn: %(reason)s", reason=made.withdrawn_reason)
            yield Entry(day(made.withdrawn_at.date()), gone, "ours", line.body_name, group=group)


def _words_of_others(line: Line, story: Story) -> Iterator[Entry]:
    """What the asker said of a response, and what each speaker said was done."""
    for stated in story.statements:
        said = _("%(asker)s on the response", asker=stated.asker)
        yield Entry(partial_of(stated, "stated"), said, "theirs", line.body_name, source_url=stated.url)
    for claim in story.claims:
        who = claim.speaker_name or named(claim.speaker)
        said = _("%(speaker)s says of the implementation: %(state)s", speaker=who, state=named(claim.state))
        yield Entry(partial_of(claim, "claimed"), said, "theirs", line.body_name, source_url=claim.url)


def _looked(look: Look, story: Story) -> str:
    """Where an answer was there by then, the look may well have seen it: it found nothing besides."""
    on = look.check.looked_on
    had = any(_was_there(reply.response, on) for reply in story.replies)
    return str(_("Looked: nothing new found") if had else _("Looked for an answer: nothing found"))


def _was_there(response: Response, on: date) -> bool:
    came = (
        partial_of(response, "received") or partial_of(response, "published") or day(response.first_seen_on)
    )
    gone_on = response.retracted_on
    return response.struck_at is None and came.first <= on and (gone_on is None or on < gone_on)


def _reply(line: Line, reply: Reply) -> Iterator[Entry]:
    response = reply.response
    came = partial_of(response, "received") or partial_of(response, "published")
    if response.struck_at is None:
        words = (
            f"{tongue().colon(named(reply.line.kind))} {response.title}"
            if response.title
            else named(reply.line.kind)
        )
        if came is None:
            words = _("On record here since this day, its own day is not known: %(what)s", what=words)
        yield Entry(came or day(response.first_seen_on), words, "theirs", line.body_name)
    if response.retracted_on:
        yield Entry(day(response.retracted_on), _("Response withdrawn by the body"), "theirs", line.body_name)
