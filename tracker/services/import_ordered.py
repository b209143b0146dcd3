"""Imports of large tables by the worker, ordered on the page: in one transaction each, begun again where killed."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from tracker.domain.importing.problems import MappingError
from tracker.services.import_table import import_table
from tracker.services.import_writing import Progress
from tracker.services.read_file import File, UnreadableFile
from tracker.services.read_table import any_mapping, planned, preset_of, read_table, table_cage
from tracker.storage import uploads
from tracker.storage.engine import Database
from tracker.storage.tables import ImportOrder, ImportUpload

AT_WORK = 300
"""Rows above which the worker imports and the page does not wait."""

Clock = Callable[[], datetime]


def order_import(
    session: Session, now: datetime, upload_id: int, *, actor: str, user_id: int | None, owner: int | None
) -> None:
    """Have a file imported by the worker; ordered twice it is ordered once."""
    there = uploads.order(session, upload_id)
    if there is not None and there.ended_at is None:
        return
    if there is not None:
        uploads.forget_order(session, upload_id)
        session.expunge(there)
    row = ImportOrder(upload_id=upload_id, user_id=user_id, actor=actor, owner_id=owner, ordered_at=now)
    session.add(row)
    session.flush()


def import_ordered(database: Database, now: Clock, stopped: Callable[[], bool]) -> int:
    """Import what was ordered, one file after the other; how many."""
    done = 0
    while not stopped() and (taken := _taken(database, now())) is not None:
        _imported(database, now, *taken)
        done += 1
    return done


def _taken(database: Database, now: datetime) -> tuple[ImportOrder, ImportUpload] | None:
    with database.reading() as session:
        if uploads.next_order(session, now) is None:
            return None
    with database.writing() as session:
        upload_id = uploads.next_order(session, now)
        if upload_id is None or not uploads.begin(session, upload_id, now):
            return None
        ordered, found = uploads.order(session, upload_id), session.get(ImportUpload, upload_id)
        if ordered is None or found is None:
            uploads.ended(session, upload_id, now, refused="The file is gone: upload it again.")
            return None
        session.refresh(ordered)
        return ordered, found


def _imported(database: Database, now: Clock, ordered: ImportOrder, found: ImportUpload) -> None:
    """The import and the end of its order are one transaction: killed before its end, nothing was imported."""
    file = File(found.file_name, found.body)
    try:
        said = any_mapping(found.mapping)
        with table_cage() as cage:
            read = read_table(cage, file, said, now())
        plan = planned(read, said)
        with database.writing() as session:
            done = import_table(
                session, now(), plan, said, read, file, preset=preset_of(said), actor=ordered.actor,
                user_id=ordered.user_id, owner=ordered.owner_id, progress=_telling(database, now, ordered),
            )  # fmt: skip
            act = done.act or done.before
            refused = "" if act else "Everything in it is on record already: nothing would change."
            uploads.ended(session, ordered.upload_id, now(), act_id=act.id if act else None, refused=refused)
    except (MappingError, UnreadableFile) as error:
        _refused(database, now(), ordered, str(error))
    except Exception:
        _refused(
            database,
            now(),
            ordered,
            "Something went wrong that is no fault of the file: the log of the site says what.",
        )
        raise


def _refused(database: Database, now: datetime, ordered: ImportOrder, why: str) -> None:
    with database.writing() as session:
        uploads.ended(session, ordered.upload_id, now, refused=why)


def _telling(database: Database, now: Clock, ordered: ImportOrder) -> Progress:
    """Progress in a transaction of its own where a second writer can be beside the first: not in SQLite."""
    if database.engine.dialect.name == "sqlite":
        return lambda written, of: None

    def tell(written: int, of: int) -> None:
        with database.writing() as session:
            uploads.progressed(session, ordered.upload_id, written, of, now())

    return tell
