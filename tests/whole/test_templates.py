"""Templates hold no scripts, no styles, nothing unescaped; public ones know no reader."""

import re

import pytest

from tests.whole.tree import files, name

FORBIDDEN = {
    "unescaped output": r"\|\s*safe\b|autoescape\s+false",
    "an inline script": r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">\{\{)",
    "an inline style": r"<style\b|\sstyle\s*=\s*[\"']",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"']",
    "a script address": r"javascript:",
    "another site's files": r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?:https?:)?//",
}

PAGES = [path for path in files("templates") if "mail" not in path.parts]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    assert [name(path) for path in PAGES if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_a_template_for_mail_escapes_too() -> None:
    pattern = re.compile(FORBIDDEN["unescaped output"])
    assert [
        name(path) for path in files("templates") if pattern.search(path.read_text(encoding="utf-8"))
    ] == []


def test_public_pages_know_neither_reader_nor_session() -> None:
    pattern = re.compile(r"\b(current_user|session|get_flashed_messages|csrf_token)\b")
    public = files("templates/public", "templates/dashboards")
    assert [name(path) for path in public if pattern.search(path.read_text(encoding="utf-8"))] == []
