"""Nothing of the demo moves by being reckoned anew under the rules it was loaded with."""

from pathlib import Path

from tests.demo.showing import NOW
from tracker.demo import load_demo
from tracker.services.recompute import ALL, batch
from tracker.storage.engine import Database


def test_the_demos_dates_are_those_of_the_catalogue(tmp_path: Path, migrated_sqlite: Path) -> None:
    path = tmp_path / "answerby.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{path}")
    with database.writing() as session:
        load_demo(session, NOW)
    last, examined = 0, 0
    while True:
        with database.writing() as session:
            done = batch(session, NOW, last, ALL)
        assert (done.renewed, done.moved, done.failed) == (0, (), 0)
        last, examined = done.last_id, examined + done.examined
        if done.finished:
            break
    database.close()
    assert examined > 0
