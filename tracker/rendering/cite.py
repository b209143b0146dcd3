"""One paragraph of plain text to quote: who asked, what the date rests on, when last looked, what is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.partial import PartialDate
from tracker.domain.words import Basis, DueSource, Standing
from tracker.rendering.doubt import doubtful_day
from tracker.rendering.standing_words import Shown, standing_words
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.unseen import unseen_words
from tracker.rendering.words import BASIS_MEANS


@dataclass(frozen=True)
class Cited:
    """What a citation names besides the standing."""

    body: str
    item: str
    ref: str
    asker: str
    document: str
    published: PartialDate | None
    legal_basis: str
    due_source: DueSource
    unseen: Iterable[str]
    looked_at: Iterable[str]
    site: str
    address: str
    signed_by: Iterable[str] = ()
    """Who signed the latest answer, where more than one body did."""


def citation(cited: Cited, line: Shown, today: date, tongue: Tongue) -> str:
    """The paragraph, in the reader's language."""
    sentences = (
        f"{tongue.colon(cited.body)} {_quoted(cited, tongue)}.",
        _asked(cited, tongue),
        _rests_on(cited, line, tongue),
        f"{standing_words(line, today, tongue)}.",
        _signed(cited, tongue),
        _looked(cited, tongue),
        _not_known(cited, tongue),
        f"{cited.site}, {cited.address}, {tongue.day(today)}.",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _quoted(cited: Cited, tongue: Tongue) -> str:
    return tongue.quoted(cited.item) + (f" ({cited.ref})" if cited.ref else "")


def _asked(cited: Cited, tongue: Tongue) -> str:
    values = {"asker": cited.asker, "document": cited.document}
    if cited.published is None:
        return tongue.say(N_("From %(asker)s, in “%(document)s”."), **values)
    day = tongue.partial(cited.published)
    return tongue.say(N_("From %(asker)s, in “%(document)s” (%(day)s)."), day=day, **values)


def _rests_on(cited: Cited, line: Shown, tongue: Tongue) -> str:
    if line.due_on is None:
        # Without a day to count from, where it stands says so itself.
        counts = line.standing is not Standing.WAITING or line.start_on is not None
        return tongue.say(N_("No date was set.")) if counts else ""
    said = _day_words(cited.due_source, line, line.due_on, tongue)
    law = cited.legal_basis.rstrip(".") + "." if cited.legal_basis else ""
    return " ".join(part for part in (said, tongue.say(BASIS_MEANS[Basis(line.basis)]), law) if part)


def _day_words(source: DueSource, line: Shown, due_on: date, tongue: Tongue) -> str:
    if line.standing is Standing.UNKNOWN:
        return (
            doubtful_day(due_on, source, tongue)[:1].upper() + doubtful_day(due_on, source, tongue)[1:] + "."
        )
    if line.standing is Standing.PAUSED:
        return tongue.say(
            N_("Due %(day)s when the clock stopped: that day will move."), day=tongue.day(due_on)
        )
    return tongue.say(_DUE[source], day=tongue.day(due_on))


_DUE = {
    DueSource.STATED: N_("Due %(day)s, as the document states."),
    DueSource.COMPUTED: N_("Due %(day)s, computed."),
    DueSource.NONE: N_("Due %(day)s."),
}


def _signed(cited: Cited, tongue: Tongue) -> str:
    names = list(cited.signed_by)
    return tongue.say(N_("Signed by %(bodies)s."), bodies=tongue.in_turn(names)) if names else ""


def _looked(cited: Cited, tongue: Tongue) -> str:
    places = [place for place in cited.looked_at if place]
    return tongue.say(N_("Looked at: %(places)s."), places=tongue.listed(places)) if places else ""


def _not_known(cited: Cited, tongue: Tongue) -> str:
    fields = unseen_words(cited.unseen, tongue)
    if not fields:
        return ""
    return tongue.say(N_("Not read in the source itself: %(fields)s."), fields=tongue.listed(fields))
