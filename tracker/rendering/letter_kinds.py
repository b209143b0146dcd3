"""What the kinds of letters are called, for those who see that one has not left."""

from collections.abc import Mapping

from tracker.domain import letter as kinds
from tracker.rendering.tongue import N_, Tongue

_CALLED: Mapping[str, str] = {
    kinds.CONTACT: N_("proof of an address"),
    kinds.OBJECTED: N_("receipt of an objection"),
    kinds.ENDED: N_("end of an objection"),
    kinds.TIP: N_("what became of a tip"),
    kinds.NOTICE: N_("notice before a verdict"),
    kinds.REMINDER: N_("reminder to a body"),
    kinds.ALERT: N_("what waits for an editor"),
    kinds.INVITE: N_("invitation"),
    kinds.RESET: N_("another password"),
    kinds.WEBHOOK: N_("webhook to confirm"),
    kinds.WEBHOOKS: N_("link to one’s webhooks"),
    kinds.WEBHOOK_OFF: N_("webhook switched off"),
}


def letter_kind(kind: str, tongue: Tongue) -> str:
    """Receipt of an objection; the code itself where it is unknown."""
    return tongue.say(_CALLED[kind]) if kind in _CALLED else kind
