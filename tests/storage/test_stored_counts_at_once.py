"""What is taken out of sight while somebody else writes about it is in no count afterwards."""

from datetime import timedelta
from threading import Event as Signal
from threading import Thread

from sqlmodel import Session, select

from tests.services.entered import GROUP
from tests.web.open_site import Opened, told
from tracker.domain.words import ResponseKind
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.withhold import find_one, withhold
from tracker.storage.engine import Database
from tracker.storage.stored_counts import count_again
from tracker.storage.tables import Item, Obligation, StandingShift


def summed(session: Session) -> dict[tuple[object, ...], int]:
    """How many stand where, as far as it is not nothing."""
    found: dict[tuple[object, ...], int] = {}
    for row in session.exec(select(StandingShift)):
        key = (row.scope, row.scope_id, row.topic, row.at, row.standing, row.basis, row.flagged)
        found[key] = found.get(key, 0) + row.n
    return {key: n for key, n in found.items() if n}


def answered(site: Opened) -> None:
    line = SaidFor(obligation=site.ids["water"], kind=ResponseKind.REPLY)
    said = LogResponse(
        body="ministry-of-water",
        lines=(line,),
        first_seen_on=site.now.date(),
        url="https://water.example/answer",
    )
    another = Database(site.database.url)
    with another.writing() as session:
        respond(session, site.now + timedelta(seconds=5), said, actor=GROUP)
    another.close()


def test_an_answer_written_while_its_item_is_withheld_is_in_no_count(postgres_url: str) -> None:
    site = told(Database(postgres_url))
    with site.database.reading() as session:
        key = session.get_one(Item, session.get_one(Obligation, site.ids["water"]).item_id).key
    begun = Signal()

    def meanwhile() -> None:
        begun.set()
        answered(site)

    other = Thread(target=meanwhile)
    with site.database.writing() as session:
        withhold(session, site.now, find_one(session, key, "item"), "of a private person", actor=GROUP)
        other.start()
        begun.wait()
        other.join(2)  # as far as it gets while the other has not ended
    other.join()
    with site.database.reading() as session:
        kept = summed(session)
    with site.database.writing() as session:
        count_again(session)
    with site.database.reading() as session:
        assert summed(session) == kept
    site.database.close()
