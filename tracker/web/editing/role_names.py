"""What each role may do, in a word."""

from flask_babel import gettext as _

from tracker.domain.words import UserRole


def role_name(role: UserRole) -> str:
    """A role and what it may do."""
    names = {
        UserRole.CONTRIBUTOR: _("contributor: drafts and looks"),
        UserRole.EDITOR: _("editor: publishes"),
        UserRole.REVIEWER: _("reviewer: judges too"),
        UserRole.ADMIN: _("administrator: people too"),
    }
    return str(names[role])
