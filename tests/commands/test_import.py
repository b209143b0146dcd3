"""`answerby import`: what it prints, what it keeps, and that every failure is a sentence."""

import json
from pathlib import Path

import pytest

from tests.commands.test_commands import INIT, failed, run
from tests.scrapers.sources.test_pfd import _report
from tests.shared import shared

INQUIRIES = shared("data", "samples", "inquiries")


@pytest.fixture(autouse=True)
def _a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*INIT, "--admin", "me@b.example").exit_code == 0
    Path("report.pdf").write_bytes(_report())


def test_a_file_is_read_shown_and_put_into_the_review_queue() -> None:
    result = run("import", "pfd", "report.pdf")
    assert result.exit_code == 0, result.output
    assert "new_item 2024-0093: Report to prevent future deaths 2024-0093" in result.output
    assert "due_stated_on 2024-03-18" in result.output
    assert result.stdout.splitlines()[-1] == "import: 1 found, 1 new in the review queue"
    assert run("import", "pfd", "report.pdf").stdout.splitlines()[-1].endswith("0 new in the review queue")
    assert "files-pfd" not in run("sources").output


def test_a_trial_keeps_nothing() -> None:
    assert (
        run("import", "pfd", "report.pdf", "--dry-run").stdout.splitlines()[-1]
        == "import: 1 found, nothing kept"
    )
    assert run("import", "pfd", "report.pdf").stdout.splitlines()[-1].endswith("1 new in the review queue")


def test_what_was_found_is_there_as_data() -> None:
    path = str(INQUIRIES / "Grenfell-Phase2-Response.pdf")
    told = json.loads(
        run("import", "response_pdf", path, "--address", "https://gov.example/g.pdf", "--json").stdout
    )
    assert (told["reader"], len(told["found"]), told["new_in_review"]) == ("response_pdf", 58, 59)
    assert told["found"][0]["link"] == "https://gov.example/g.pdf#page=13"
    assert [problem["code"] for problem in told["problems"]] == ["position_unclear"]


def test_a_page_that_leads_on_says_that_a_file_cannot() -> None:
    page = str(shared("data", "samples", "eci", "listings", "first_page.html"))
    assert "leads to 10 further pages; they were not read" in run("import", "eci", page).output


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("pdf", "report.pdf"), "There is no preset 'pdf'. Did you mean pfd", 1),
        (("pfd", "nowhere.pdf"), "There is no file nowhere.pdf", 1),
        (("pfd", "."), "is a folder", 1),
        (("eci", "report.pdf"), "report.pdf: This page is not a page of the register we know", 1),
        (("pfd", "config.toml"), "config.toml: This is not a PDF", 1),
        (("pfd", "report.pdf", "--source", "nobody"), "There is no source 'nobody'", 1),
        (("pfd", "report.pdf", "--address", "nowhere"), "is no web address", 2),
        (
            ("response_pdf", str(INQUIRIES / "PostOfficeHorizon-IT-Inquiry-Response.pdf")),
            "This PDF is a picture",
            1,
        ),
    ],
)
def test_what_cannot_be_imported_is_said_in_a_sentence(
    words: tuple[str, ...], sentence: str, code: int
) -> None:
    failed(run("import", *words), sentence, code)
