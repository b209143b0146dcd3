"""What the text of a communication seems to be for each obligation ticked: shown with its reasons, never filled in."""

from collections.abc import Iterable

from tracker.domain.marking.proposal import Proposal
from tracker.services.read_reply import propose_for
from tracker.storage.entries import Owed
from tracker.web.editing.form import LONGEST_TEXT, Form


def proposals_of(form: Form, found: Iterable[Owed]) -> dict[int, Proposal]:
    """The proposal for each one ticked, by its id; none without a text; the quote stands in for a text not at hand."""
    text = (form.value("text").strip() or form.value("quote").strip())[:LONGEST_TEXT]
    ticked = {str(id_) for id_ in form.ids("obligations")} if text else set()
    return {
        one.id: propose_for(text, one.item, one.obligation.kind) for one in found if str(one.id) in ticked
    }
