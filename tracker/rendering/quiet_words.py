"""What a message says of the sources behind its lists, and of lists that brought nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tracker.domain.parcel import FeedingSource, Parcel
from tracker.rendering.clean_text import shortened
from tracker.rendering.headlines import LONGEST
from tracker.rendering.list_words import list_words
from tracker.rendering.tongue import N_, NN_, Tongue

MOST_NAMED = 5


def quiet_words(parcel: Parcel, tongue: Tongue, now: datetime) -> dict[str, Any]:
    """For the templates: the lists without news and since when, and what is amiss with the sources."""
    quiet = [one for one in parcel.wanted if one.quiet_from_at is not None]
    amiss = [source for source in parcel.sources if not source.is_read(now)]
    begins = [one.quiet_from_at for one in quiet if one.quiet_from_at is not None]
    return {
        "quiet": [list_words(one.query, tongue, parcel.names) for one in quiet],
        "quiet_from": tongue.instant(min(begins), parcel.zone) if begins else "",
        "quiet_until": tongue.instant(now, parcel.zone),
        "amiss": list(_amiss(amiss, tongue)),
        "all_read": _all_read(parcel, tongue) if not amiss else "",
        "quiet_subject": _subject(parcel, bool(amiss), tongue),
    }


def _amiss(sources: Sequence[FeedingSource], tongue: Tongue) -> Iterator[str]:
    for source in sources[:MOST_NAMED]:
        yield _fault(source, tongue)
    if len(sources) > MOST_NAMED:
        more = NN_(
            "%(n)d other source is not read either: answers there may be missing.",
            "%(n)d other sources are not read either: answers there may be missing.",
        )
        yield tongue.count(more, len(sources) - MOST_NAMED)


def _fault(source: FeedingSource, tongue: Tongue) -> str:
    """In words that blame the reader and not the body."""
    name = shortened(source.name, 80)
    if source.broken_since_at is not None:
        broken = N_("Our reader for “%(name)s” is broken since %(day)s: answers there may be missing.")
        return tongue.say(broken, name=name, day=tongue.day(source.broken_since_at.date()))
    if source.last_success_at is None:
        return tongue.say(N_("“%(name)s” has not been read yet: answers there may be missing."), name=name)
    late = N_("“%(name)s” was last read on %(day)s: answers that came later may be missing.")
    return tongue.say(late, name=name, day=tongue.day(source.last_success_at.date()))


def _all_read(parcel: Parcel, tongue: Tongue) -> str:
    read = [source.last_success_at for source in parcel.sources if source.last_success_at is not None]
    if not read:
        return tongue.say(
            N_("No source is read for this by a program: people look, and each item says when they last did.")
        )
    forms = NN_(
        "The source that feeds this was read, last on %(at)s.",
        "All %(n)d sources that feed this were read, each of them since %(at)s.",
    )
    return tongue.count(forms, len(read), at=tongue.instant(min(read), parcel.zone))


def _subject(parcel: Parcel, is_amiss: bool, tongue: Tongue) -> str:
    lists = [list_words(one.query, tongue, parcel.names) for one in parcel.wanted]
    forms = NN_("%(n)d list", "%(n)d lists")
    about = lists[0] if len(lists) == 1 else tongue.count(forms, len(lists))
    nothing = (
        N_("Nothing new, but not all sources are read: %(list)s") if is_amiss else N_("Nothing new: %(list)s")
    )
    return shortened(tongue.say(nothing, list=about), LONGEST)
