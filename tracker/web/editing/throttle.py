"""How often somebody may try to log in: by network, and by account, without locking its owner out."""

import hashlib

from flask import Flask, Response, request, session
from flask_limiter import Limiter

from tracker.services.invite import open_invitation
from tracker.web.api.limits import network as network_of
from tracker.web.site import Site, site

KNOWN = "known"
"""What a browser keeps of whoever was let in last, after the logout too."""
BY_NETWORK, BY_ACCOUNT = "30 per 10 minutes", "10 per 10 minutes"


REFUSED = 422


def network() -> str:
    """The visitor's address; of IPv6 the network a household has."""
    return network_of(request.remote_addr or "")


def account() -> str:
    """The account tried; a browser it was let in from before has tries of its own, which no stranger can use up."""
    tried = account_mark(request.form.get("email", ""))
    known = str(session.get(KNOWN, ""))
    return known if known.startswith(f"{tried}.") else tried


def account_mark(email: str) -> str:
    """An address as counters and cookies keep it: not readable."""
    return hashlib.sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()[:32]


def _failed(answer: Response) -> bool:
    """Only tries that did not succeed are counted."""
    return answer.status_code == REFUSED


def invited_mark() -> str:
    """The account whose password an invitation's page tries, however many invitations there are to it."""
    with site().database.reading() as reading:
        found = open_invitation(reading, site().now(), str((request.view_args or {}).get("token", "")))
    return account_mark(found.email) if found is not None else "nobody"


limiter = Limiter(key_func=network, storage_uri="memory://", strategy="moving-window", headers_enabled=False)
by_network = limiter.limit(BY_NETWORK, key_func=network, deduct_when=_failed)
by_account = limiter.limit(BY_ACCOUNT, key_func=account, deduct_when=_failed)


def half_way_mark() -> str:
    """Whose code is tried; a browser its owner was let in from before has tries of its own here too."""
    waiting = session.get("half_way") or ["nobody"]
    own = session.get(KNOWN, "") if waiting[-1] is True else ""
    return f"code:{waiting[0]}:{own}"


def signed_in_mark() -> str:
    """Whose session it is."""
    return f"again:{session.get('_user_id', 'nobody')}"


by_half_way = limiter.limit(BY_ACCOUNT, key_func=half_way_mark, deduct_when=_failed)
by_invited = limiter.limit(BY_ACCOUNT, key_func=invited_mark, deduct_when=_failed)
by_person = limiter.limit(BY_ACCOUNT, key_func=signed_in_mark, deduct_when=_failed)
by_asking = limiter.limit(BY_NETWORK, key_func=network, methods=["POST"])
"""Every letter asked for is counted."""


def prepare(app: Flask, _handed: Site) -> None:
    """Counts are kept in memory: each process has its own."""
    limiter.init_app(app)
    limiter.reset()
