"""Looks for answers as the pages tell them: the same said several times of one day is said once."""

from collections.abc import Iterable

from tracker.storage.story import Look


def folded_looks(looks: Iterable[Look]) -> list[tuple[Look, int]]:
    """Each different line with how often it would stand there; readings that look the same are one."""
    found: dict[tuple[object, ...], list[Look]] = {}
    for look in looks:
        found.setdefault(_line(look), []).append(look)
    return [(same[0], len(same)) for same in found.values()]


def _line(look: Look) -> tuple[object, ...]:
    check = look.check
    if look.source is None:
        return (check.id,)
    return (check.looked_on, look.source.id, tuple(check.places), check.news_only, check.note)
