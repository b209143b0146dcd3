"""Letters about webhooks in words: confirm one, where yours are, one was switched off."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.rendering.list_words import list_words
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.webhook_faults import fault_words

Said = Mapping[str, Any]
Paragraphs = tuple[str, ...]
Words = tuple[str, Paragraphs, Paragraphs]
"""The subject, what stands before the link, and what stands after it."""


def asked(said: Said, tongue: Tongue) -> Words:
    """A letter that asks to confirm a webhook."""
    return (
        tongue.say(N_("Please confirm a webhook to %(host)s"), host=_host(said)),
        (
            tongue.say(
                N_("Somebody, probably you, asked us to post news of “%(list)s” to an address at %(host)s."),
                list=_list(said, tongue),
                host=_host(said),
            ),
            tongue.say(
                N_("If you want that, and want to look after it, open this page and press its button:")
            ),
        ),
        (
            tongue.say(
                N_(
                    "The link works for seven days. If it was not you, do nothing: your address is then erased."
                )
            ),
        ),
    )


def yours(said: Said, tongue: Tongue) -> Words:
    """A letter that says where the owner's webhooks are."""
    return (
        tongue.say(N_("Your webhooks")),
        (
            tongue.say(
                N_("“%(list)s” is posted to an address at %(host)s already."),
                list=_list(said, tongue),
                host=_host(said),
            ),
            tongue.say(N_("Look after your webhooks here:")),
        ),
        (tongue.say(N_("Keep the link to yourself: whoever has it can change them.")),),
    )


WHY: Mapping[str, str] = {
    "gone": N_("The receiver says that its address is gone for good (status 410)."),
    "failing": N_("Every post of the last five days failed."),
    "given-up": N_("A post failed twelve times over about five days."),
    "secret-changed": N_(
        "This site’s own key was changed, and with it every signing secret: make a new one on the page."
    ),
}
"""Why a webhook was switched off."""


def switched_off(said: Said, tongue: Tongue) -> Words:
    """A letter that says that nothing is posted any more, why, and how to switch it on again."""
    error = fault_words(str(said.get("said", "")), tongue)
    return (
        tongue.say(N_("Your webhook to %(host)s was switched off"), host=_host(said)),
        (
            tongue.say(WHY[str(said.get("why"))]),
            tongue.say(N_("The last attempt: %(error)s"), error=error) if error else "",
            tongue.say(
                N_(
                    "Nothing more is posted. When the receiver is mended, send a test and switch the webhook on "
                    "again; you choose whether what happened meanwhile is posted too:"
                )
            ),
        ),
        (tongue.say(N_("You get this letter once.")),),
    )


def _host(said: Said) -> str:
    return str(said.get("host", ""))


def _list(said: Said, tongue: Tongue) -> str:
    filters = {str(name): str(value) for name, value in dict(said.get("filters", {})).items()}
    names = {(name, filters[name]): str(called) for name, called in dict(said.get("names", {})).items()}
    return list_words(ListQuery(ListName(str(said.get("list"))), Filters(**filters)), tongue, names)
