"""What an import changes in items that were there: words in place with the old ones kept, dates by new terms."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.importing.planned import PlannedAddressee
from tracker.domain.words import EventKind, Visibility
from tracker.services.import_compare import Difference
from tracker.services.import_writing import Writing, change, terms_row, trace
from tracker.services.record_event import record_event
from tracker.services.recount import recount
from tracker.storage import entries
from tracker.storage.entries import id_of
from tracker.storage.tables import ImportChange, Item, ItemTopic, Obligation

REASON = "import"


def write_changes(writing: Writing, part: Sequence[Difference]) -> set[int]:
    """New words, topics and dates of items that were there; the obligations whose dates changed."""
    touched: set[int] = set()
    for one in part:
        row = one.known
        if row is None:
            continue
        if one.fields:
            change(writing, row, one.fields)
            _tell(writing, row, sorted(one.fields))
        for topic in one.topics:
            writing.session.add(ItemTopic(item_id=id_of(row), topic=topic))
            made = ImportChange(
                act_id=id_of(writing.act), table_name="item_topic", row_id=id_of(row), after={"topic": topic}
            )
            writing.session.add(made)
        for owing, planned in one.terms:
            _new_terms(writing, row, owing, planned)
            touched.add(id_of(owing))
    return touched


def _tell(writing: Writing, row: Item, names: list[str]) -> None:
    if row.visibility is not Visibility.DRAFT:
        detail: dict[str, object] = {"what": "text", "of": "item", "changed": names, "reason": REASON}
        _correct(writing, detail, item=row)


def _correct(
    writing: Writing, detail: dict[str, object], *, item: Item | None = None, owing: Obligation | None = None
) -> None:
    record_event(
        writing.session,
        EventKind.CORRECTED,
        now=writing.now,
        happened_on=writing.now.date(),
        item=item,
        obligation=owing,
        actor=writing.actor,
        backfill=True,
        detail=detail,
    )


def _new_terms(writing: Writing, row: Item, owing: Obligation, planned: PlannedAddressee) -> None:
    """The old terms are superseded, never overwritten; what moved the clock is counted anew from the new ones."""
    old = writing.known.terms[id_of(owing)]
    superseded: dict[str, datetime] = {"superseded_at": writing.now}
    trace(writing, old, superseded)
    old.superseded_at = writing.now
    new = terms_row(writing, planned, owing)
    new.rule_checked = new.rule_checked or (new.rule_key == old.rule_key and old.rule_checked)
    writing.session.add(old)
    writing.session.flush()
    writing.keep([new])
    if row.visibility is not Visibility.DRAFT:
        _correct(writing, {"what": "terms", "reason": REASON, "changed": ["stated"]}, owing=owing)
    for one in entries.owed(writing.session, [id_of(owing)]):
        recount(writing.session, one, writing.now, writing.actor)
