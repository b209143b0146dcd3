"""What cannot be accepted: at which field, in a sentence that says what is wrong and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as a_field


@dataclass(frozen=True, slots=True)
class Refused:
    """One complaint; `sentence` keeps its values apart, so that the rim can word it in the reader's language."""

    field: str
    sentence: str
    values: Mapping[str, str | int] = a_field(default_factory=dict)

    def __str__(self) -> str:
        """The complaint in English."""
        return self.sentence % self.values


class NotAccepted(ValueError):  # noqa: N818 - a refusal is an answer, not an error of ours
    """All complaints about what somebody handed in; nothing of it was kept."""

    def __init__(self, refusals: Iterable[Refused]) -> None:
        """Keep the complaints in the order of the fields."""
        self.refusals = tuple(refusals)
        super().__init__(" ".join(f"{refused.field}: {refused}" for refused in self.refusals))


def refuse(field: str, sentence: str, **values: str | int) -> Refused:
    """A complaint about a field."""
    return Refused(field, sentence, values)


def insist(refusals: Iterable[Refused]) -> None:
    """Raise NotAccepted where there is any complaint."""
    found = tuple(refusals)
    if found:
        raise NotAccepted(found)
