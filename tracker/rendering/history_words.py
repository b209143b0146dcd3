"""What the fields are called whose change an item's history tells."""

from collections.abc import Mapping

from tracker.rendering.tongue import N_

FIELD: Mapping[str, str] = {
    "title": N_("Title"),
    "text": N_("Text"),
    "ref": N_("Number"),
    "language": N_("Language"),
    "kind": N_("Kind"),
    "tags": N_("Tags"),
    "url": N_("Address"),
    "body": N_("Body"),
    "signers": N_("Who signed it too"),
    "received": N_("Received"),
    "published": N_("Published"),
    "first_seen_on": N_("First seen"),
}
"""By the name of the column."""
