"""Badges for other people's pages: pictures that say in words and by a shape who owes what, as of which day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import groupby

from flask import Blueprint, Response, abort, make_response, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from tracker.domain.listing import Filters
from tracker.domain.words import HEADLINE_ORDER, Standing
from tracker.rendering.objection_words import says_words
from tracker.rendering.pictures.badge import SEPARATOR, Badge
from tracker.rendering.tongue import NN_
from tracker.storage import directory
from tracker.storage import items as stored
from tracker.storage.lines import Line
from tracker.web.access import Access, access
from tracker.web.headers import for_other_sites
from tracker.web.known_arguments import insist_on
from tracker.web.locale import language, tongue
from tracker.web.public.embeds import CACHE
from tracker.web.site import site
from tracker.web.summed_up import SummedUp, flag_words, summed_up
from tracker.web.when import When, when
from tracker.web.wording import named, sentence, stamp_word, standing_word

blueprint = Blueprint("badges", __name__)
FLAGGED_FOR = NN_("%(stamp)s, %(n)d day", "%(stamp)s, %(n)d days")
_IN_ITS_SENTENCE = frozenset({Standing.ANSWERED_LATE, Standing.PARTLY_ANSWERED})
_BEFORE_THE_DAY = frozenset({Standing.DUE_SOON, Standing.RUNNING})


@blueprint.before_request
def _for_anybody() -> None:
    for_other_sites()
    insist_on(())


@blueprint.get("/badge/items/<key:key>.svg")
@access(Access.PUBLIC)
def item(key: str) -> Response:
    """Who owes the answer to one item, and where that stands."""
    return _drawn(lambda session, moment: _item(session, key, moment))


@blueprint.get("/badge/bodies/<key:key>.svg")
@access(Access.PUBLIC)
def body(key: str) -> Response:
    """What of a body is overdue, by basis."""
    return _drawn(lambda session, moment: _list(session, "body", key, moment))


@blueprint.get("/badge/processes/<key:key>.svg")
@access(Access.PUBLIC)
def process(key: str) -> Response:
    """What of a process is overdue, by basis; else how much is answered."""
    return _drawn(lambda session, moment: _list(session, "process", key, moment))


def _drawn(find: Callable[[Session, When], Badge | None]) -> Response:
    with site().database.reading() as session:
        badge = find(session, when())
    if badge is None:
        abort(404)
    answer = make_response(render_template("embed/badge.svg", badge=badge))
    answer.mimetype = "image/svg+xml"
    answer.headers["Cache-Control"] = CACHE
    return answer


def _item(session: Session, key: str, moment: When) -> Badge | None:
    whole = stored.by_key(session, key)
    if whole is None:
        return None
    lines = stored.lines_of(session, whole.item.id or 0, moment.moment)
    told = tongue().in_turn(
        f"{tongue().colon(line.body_name)} {sentence(line, moment.today)}" for line in lines
    )
    first = min(lines, key=_place, default=None)
    return Badge(
        label=_owing(lines),
        message=_one(lines[0], moment) if len(lines) == 1 else _several(lines),
        dated=_rests_on(_looked(lines), moment, stale=len(lines) == 1 and lines[0].stale),
        standing=(first.standing if first else Standing.WAITING).value,
        told=f"{tongue().colon(site().config.site.name)} {whole.item.title} – {told}",
        language=language(),
        asked=bool(first) and not any(line.basis.flags_overdue for line in lines if line.flagged),
    )


def _owing(lines: list[Line]) -> str:
    if len(lines) == 1:
        return lines[0].debtor_name or lines[0].body_name
    return str(ngettext("%(num)d body", "%(num)d bodies", len(lines)))


def _place(line: Line) -> int:
    return HEADLINE_ORDER.index(line.standing)


def _looked(lines: list[Line]) -> tuple[date | None, date | None]:
    """The first and the last of the looks that flags rest on: the fresh ones, else those of long ago."""
    flagged = [line for line in lines if line.flagged and line.checked_on]
    days = [line.checked_on for line in flagged if not line.stale] or [line.checked_on for line in flagged]
    found = [day for day in days if day]
    return (min(found), max(found)) if found else (None, None)


def _one(line: Line, moment: When) -> str:
    """Where one clock stands, and of a flag its basis, how many days, and what the body says against it."""
    if line.flagged and line.days_overdue is not None and line.checked_on:
        flag = tongue().count(FLAGGED_FOR, line.days_overdue, stamp=stamp_word(line) + _basis(line))
        return SEPARATOR.join([flag, *_objected(line)])
    return _short(line, moment)


def _objected(line: Line) -> list[str]:
    """What the body says against the flag, without the days and names that would be cut."""
    said = line.objected and replace(line.objected, said_on=None, said_body="")
    return [says_words(said, tongue())] if said else []


def _basis(line: Line) -> str:
    """Why a date binds that was missed; the word for one that was only asked for says so itself."""
    return f" ({named(line.basis)})" if line.flagged and line.basis.flags_overdue else ""


def _short(line: Line, moment: When) -> str:
    if line.standing in _IN_ITS_SENTENCE:
        return sentence(line, moment.today)
    if line.standing in _BEFORE_THE_DAY and line.due_on:
        return str(_("Due %(day)s", day=tongue().day(line.due_on)))
    return stamp_word(line)


def _several(lines: list[Line]) -> str:
    """How many stand where; flags by basis, those not looked at again for long apart."""
    alike = groupby(sorted(lines, key=_kept_apart), key=_kept_apart)
    return SEPARATOR.join([_group(list(found)) for _key, found in alike] or [str(_("No body is named yet."))])


def _kept_apart(line: Line) -> tuple[int, str, bool]:
    return (_place(line), line.basis.value, line.stale) if line.flagged else (_place(line), "", False)


def _group(lines: list[Line]) -> str:
    first = lines[0]
    stale = f" ({_('when last looked')})" if first.flagged and first.stale else ""
    return f"{tongue().colon(stamp_word(first) + _basis(first) + stale)} {len(lines)}"


def _list(session: Session, noun: str, key: str, moment: When) -> Badge | None:
    title = directory.title_of(session, noun, key)
    if title is None:
        return None
    found = summed_up(session, Filters(**{noun: key}), moment.moment, few=0)
    said, dated = flag_words(found, tongue()), _rests_on(found.flags.looked, moment)
    return Badge(
        label=title,
        message=SEPARATOR.join(_briefly(found, said)),
        dated=dated,
        standing=found.headline.value,
        told=f"{tongue().colon(site().config.site.name)} {title} – {tongue().in_turn([*said, dated])}",
        language=language(),
        asked=found.only_asked,
    )


def _briefly(found: SummedUp, said: list[str]) -> list[str]:
    """Flags on several bases in few signs, for what is cut from a badge would be a basis."""
    bases = found.flags.by_basis
    if len(bases) < 2:
        return said
    overdue = standing_word(Standing.OVERDUE)
    short = [f"{tongue().colon(f'{overdue} ({named(basis)})')} {n}" for basis, n in bases.items()]
    return [*short, *said[len(bases) :]]


def _rests_on(looked: tuple[date | None, date | None], moment: When, *, stale: bool = False) -> str:
    """The looks that flags rest on; where there is no flag, the day the badge is of."""
    first, last = looked
    if first is None or last is None:
        return str(_("as of %(day)s", day=tongue().day(moment.today)))
    if first != last:
        return str(_("looked at %(first)s to %(last)s", first=tongue().day(first), last=tongue().day(last)))
    day = tongue().day(last)
    return str(_("when last looked, %(day)s", day=day) if stale else _("as of %(day)s", day=day))
