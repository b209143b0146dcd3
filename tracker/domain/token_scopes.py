"""What a program's token lets it do: nothing but what its scopes name."""

from enum import StrEnum


class Scope(StrEnum):
    """One part of what can be written by the API."""

    ITEMS = "items"
    """Processes, documents, bodies, items, what is owed and what moves its clock."""
    RESPONSES = "responses"
    CHECKS = "checks"
    VERDICTS = "verdicts"


SCOPES: dict[str, Scope] = {
    "responses": Scope.RESPONSES,
    "checks": Scope.CHECKS,
    "assessments": Scope.VERDICTS,
}
"""By the first part of an operation's path; all other writing is of items."""
DAYS, MOST_DAYS = 90, 365


def scope_of(path: str) -> Scope:
    """The scope that an operation takes."""
    return SCOPES.get(path.strip("/").split("/")[0], Scope.ITEMS)
