"""What keeps a verdict from counting, said beside it."""

from datetime import date

from tracker.domain.substance import CHECKLISTS
from tracker.domain.words import ObligationKind, Verdict
from tracker.rendering.reason_words import reasons_of
from tracker.rendering.tongue import N_
from tracker.storage.lines import Line
from tracker.storage.story import Judgement, Story
from tracker.web.locale import tongue


def verdict_note(one: Judgement, story: Story, line: Line) -> str:
    """Why a verdict does not count, or no longer; empty where it does."""
    if one.assessment.withdrawn_at is not None:
        return tongue().say(N_("Withdrawn: it no longer counts."))
    if _rests_on_nothing(one, story):
        return tongue().say(N_("It no longer counts: what it judged was struck."))
    if _pending(one, line):
        return tongue().say(N_("One reader so far: does not count yet."))
    until = _noticed_until(one, line)
    if until is not None:
        said = N_("The body was told beforehand and can still answer: it counts after %(day)s.")
        return tongue().say(said, day=tongue().day(until))
    later = story.judgements[_place(one, story) + 1 :]
    if any(_counts(other, story, line) for other in later):
        return tongue().say(N_("A later verdict counts instead."))
    return ""


def missing_points(story: Story, line: Line) -> list[str]:
    """What the verdict that counts found to be missing, as the questions of its checklist."""
    counting = [one.assessment for one in story.judgements if not verdict_note(one, story, line)]
    if not counting or counting[-1].verdict is Verdict.SUBSTANTIVE:
        return []
    ticks = counting[-1].checklist
    points = CHECKLISTS[line.kind] if ticks else ()
    return [tongue().say(point.question) for point in points if not _ticked(ticks.get(point.key))]


def point_said(kind: ObligationKind, key: str) -> str:
    """The question that a point of a checklist answers; empty for a point of no checklist of ours."""
    found = [point.question for point in CHECKLISTS[kind] if point.key == key]
    return tongue().say(found[0]) if found else ""


def _ticked(tick: object) -> bool:
    return bool(tick.get("ticked")) if isinstance(tick, dict) else bool(tick)


def _counts(one: Judgement, story: Story, line: Line) -> bool:
    withdrawn = one.assessment.withdrawn_at is not None
    held = _pending(one, line) or _noticed_until(one, line) is not None
    return not (withdrawn or held or _rests_on_nothing(one, story))


def _noticed_until(one: Judgement, line: Line) -> date | None:
    """The last day of the body's notice, while it lasts."""
    until = one.assessment.notice_until_on
    return until if until is not None and line.day is not None and line.day <= until else None


def _place(one: Judgement, story: Story) -> int:
    return next(place for place, other in enumerate(story.judgements) if other is one)


def _rests_on_nothing(one: Judgement, story: Story) -> bool:
    """A full answer rests on all of what was judged, every other verdict on any of it."""
    struck = {reply.response.id for reply in story.replies if reply.response.struck_at is not None}
    gone = [id_ in struck for id_ in one.response_ids]
    if not gone:
        return False
    return any(gone) if one.assessment.verdict is Verdict.SUBSTANTIVE else all(gone)


def _pending(one: Judgement, line: Line) -> bool:
    """The standing says whether any verdict waits for its second reader; only these can."""
    waits = any(reason.code == "one_reader_so_far" for reason in reasons_of(line.detail))
    made = one.assessment
    return waits and made.verdict is Verdict.NOT and made.countersigned_at is None
