"""A site on disk whose configuration can be told of a day off, for the command and for workers that are killed."""

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from sqlmodel import Session

from tests.services.entered import GROUP, report
from tests.services.moving import NOW, WORKING
from tracker.cli import main
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.storage.engine import Database

FUNERAL = """
[[calendars.extra]]
calendar = "GB"
day = 2026-05-20
name = "State funeral"
"""


def fill(url: str, number: int, **more: Any) -> None:
    """So many open questions by a rule that counts working days."""
    database = Database(url)
    with database.writing() as session:
        _ask(session, number, more)
    database.close()


def _ask(session: Session, number: int, more: dict[str, Any]) -> None:
    document = report(session)
    for place in range(number):
        wanted = {"title": f"Question {place}", "key": f"question-{place}", "deadline": WORKING} | more
        said = EnterItem(document=document, addressees=(OwedBy(body="ministry-of-water"),), **wanted)
        enter_item(session, NOW, said, actor=GROUP)


def configure(folder: Path, url: str, more: str = "") -> None:
    """The site's configuration, with or without a day off."""
    text = f'[database]\nurl = "{url}"\n\n[web]\nsecret_key = "{"x" * 40}"\n\n[logs]\nsigning_key_file = "{folder}/key"\n'
    (folder / "config.toml").write_text(text + more, encoding="utf-8")


def command(folder: Path, *words: str) -> Result:
    """What a command says."""
    return CliRunner().invoke(main, ["--config", str(folder / "config.toml"), *words])
