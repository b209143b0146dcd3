"""How the tests of readers hold what a reader said."""

from collections.abc import Iterable

from scrapers.model import Finding, Follow, Problem, Result, Seen


def findings(results: Iterable[Result]) -> list[Finding]:
    return [result for result in results if isinstance(result, Finding)]


def problems(results: Iterable[Result]) -> list[tuple[str, str]]:
    return [(result.code, result.weight) for result in results if isinstance(result, Problem)]


def follows(results: Iterable[Result]) -> list[str]:
    return [result.address for result in results if isinstance(result, Follow)]


def seen(results: Iterable[Result]) -> int:
    return sum(result.entries for result in results if isinstance(result, Seen))


def days(finding: Finding) -> dict[str, str]:
    return {name: str(written.value) for name, written in finding.dates.items()}
