"""What a column of a table may mean, in words to choose from."""

from flask_babel import gettext as _

Choice = tuple[str, str]


def meanings() -> list[Choice]:
    """Every meaning of a column."""
    return [
        ("key", _("Key: what tells this item from others")),
        ("ref", _("Number or reference")),
        ("title", _("Title")),
        ("text", _("Full text")),
        ("parent", _("Key of the item it belongs to")),
        ("process", _("Process")),
        ("document", _("Document")),
        ("lead", _("Body that owes: lead")),
        ("joint", _("Body that owes: joint")),
        ("supporting", _("Body that supports")),
        ("due", _("Due date")),
        ("start", _("Day the period runs from")),
        ("topics", _("Topics")),
        ("tags", _("Tags")),
        ("url", _("Address of the source")),
        ("reply_text", _("Response: its text")),
        ("reply_on", _("Response: day it was published")),
        ("reply_url", _("Response: its address")),
        ("position", _("Response: position")),
        ("claim", _("Implementation, as somebody states it")),
    ]


def orders() -> list[Choice]:
    """The order of day and month."""
    return [
        ("ask", _("Ask me where both orders are possible")),
        ("day-first", _("Day first: 31/12/2025")),
        ("month-first", _("Month first: 12/31/2025")),
        ("iso", _("Year first: 2025-12-31")),
    ]
