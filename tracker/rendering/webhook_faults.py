"""What a receiver of webhooks answered, in the reader's language; the log of posts keeps it in English."""

import re
from collections.abc import Mapping

from tracker.rendering.tongue import N_, Tongue

_STATUS = re.compile(r"The receiver .*\(status (\d{3})\)")
_FAULTS: Mapping[int, str] = {
    400: N_("The receiver could not read what was posted (status %(status)d)."),
    401: N_("The receiver asks for a login (status %(status)d)."),
    403: N_("The receiver does not let us in (status %(status)d)."),
    404: N_("The receiver knows no such address (status %(status)d)."),
    405: N_("The receiver takes no posts at this address (status %(status)d)."),
    410: N_("The receiver says that this address is gone for good (status %(status)d)."),
    413: N_("The receiver finds the post too large (status %(status)d)."),
    429: N_("The receiver asks us to come back later (status %(status)d)."),
    503: N_("The receiver is not available for the moment (status %(status)d)."),
}
_REDIRECTS = N_(
    "The receiver sends us elsewhere (status %(status)d); posts follow no redirect. Enter the final address."
)
_FAILED = N_("The receiver failed (status %(status)d).")
_REFUSED = N_("The receiver did not take what was posted (status %(status)d).")


def fault_words(error: str, tongue: Tongue) -> str:
    """The sentence for the status that an error names; an error without one, such as the network's, as it is."""
    found = _STATUS.match(error)
    if found is None:
        return error
    status = int(found[1])
    return tongue.say(_FAULTS.get(status) or _by_hundred(status), status=status)


def _by_hundred(status: int) -> str:
    if 300 <= status < 400:
        return _REDIRECTS
    return _FAILED if status >= 500 else _REFUSED
