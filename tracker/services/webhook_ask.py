"""Asking for a list by webhook: what the form says, the letter to the owner, and the owner's confirmation."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scrapers.walk.address import Vetted
from scrapers.walk.errors import WalkError
from tracker.domain.letter import WEBHOOK, WEBHOOKS
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.telling import next_digest_at
from tracker.domain.webhook import WEBHOOK as CHANNEL
from tracker.domain.webhook import fingerprint, secret_of, written
from tracker.services.ask_limits import may_write
from tracker.services.read_wish import Wish, wish_from
from tracker.services.webhook_end import shown_host
from tracker.services.write_letter import write_letter
from tracker.services.write_links import Subject, read, subject_of, write
from tracker.storage import log, subscriptions, tokens, webhooks
from tracker.storage.tables import Subscription, Webhook
from tracker.storage.turns import take_turn
from tracker.storage.webhooks import Owned

LONGEST_URL = 2000
MOST_PENDING = 5
MOST_LIVE = 20
"""Webhooks of one owner."""
CONSENT = (
    "1: post news of this list to this address until I end it; tell me by e-mail when it is switched off"
)
Vet = Callable[[str], Vetted]


@dataclass(frozen=True, slots=True)
class HookWish:
    """A webhook somebody asks for; `wish.address` is the owner's e-mail address."""

    wish: Wish
    url: str
    host: str
    template: str


def hook_wish_from(given: Mapping[str, str], language: str, vet: Vet, templates: Collection[str]) -> HookWish:
    """A wish from a form's fields. Raises NotAccepted with a sentence for each field that cannot be read."""
    refused: list[Refused] = []
    url = given.get("url", "").strip()
    host = _host(url, vet, refused)
    template = given.get("template", "")
    if template not in templates:
        refused.append(refuse("template", "Choose what the receiver understands."))
    try:
        wish = wish_from(given, language)
    except NotAccepted as error:
        raise NotAccepted([*refused, *error.refusals]) from error
    insist(refused)
    return HookWish(wish, url, host, template)


def _host(url: str, vet: Vet, refused: list[Refused]) -> str:
    """Host and port of an address that may be posted to."""
    if not url:
        refused.append(refuse("url", "Enter the address to post to, such as https://example.org/hook."))
        return ""
    if len(url) > LONGEST_URL:
        refused.append(refuse("url", "Use at most %(most)s characters.", most=LONGEST_URL))
        return ""
    try:
        vetted = vet(url)
    except WalkError as error:
        refused.append(refuse("url", "%(error)s", error=str(error)))
        return ""
    if vetted.scheme != "https" and not vetted.allowed_by_operator:
        refused.append(
            refuse("url", "The address must begin with https://: what is posted travels encrypted.")
        )
    return vetted.host_and_port


def ask(session: Session, asked: HookWish, seal: Seal, now: datetime) -> None:
    """Keep the wish and write to the owner, who confirms it; the caller learns nothing about the address."""
    owner_hash = seal.address_hash(asked.wish.address)
    take_turn(session, owner_hash)
    live, pending = webhooks.live_of(session, owner_hash), webhooks.pending_of(session, owner_hash)
    same = _same([*live, *pending], asked)
    if same is None and (len(pending) >= MOST_PENDING or len(live) + len(pending) >= MOST_LIVE):
        return
    found = same or _kept(session, asked, owner_hash, seal, now)
    _write(session, found, asked, seal, now)


def _same(rows: Collection[Owned], asked: HookWish) -> Owned | None:
    wanted = (asked.url, asked.wish.query)
    return next((one for one in rows if (one[1].address, subscriptions.query_of(one[1])) == wanted), None)


def _kept(session: Session, asked: HookWish, owner_hash: str, seal: Seal, now: datetime) -> Owned:
    wish, nonce = asked.wish, secrets.token_hex(16)
    subscription = Subscription(
        channel=CHANNEL,
        address=asked.url,
        address_hash=seal.address_hash(f"webhook {nonce}"),
        list_name=wish.query.name.value,
        filters=dict(wish.query.filters.given()),
        frequency=wish.frequency,
        weekday=wish.weekday,
        zone=wish.zone,
        language=wish.language,
        consent=CONSENT,
        created_at=now,
    )
    hook = Webhook(
        subscription_id=0,
        owner=wish.address,
        owner_hash=owner_hash,
        host=asked.host,
        template=asked.template,
        nonce=nonce,
        fingerprint=fingerprint(secret_of(seal.secret, nonce, 1)),
    )
    return webhooks.add(session, subscription, hook), subscription


def _write(session: Session, found: Owned, asked: HookWish, seal: Seal, now: datetime) -> None:
    """A link to confirm, or where the owner's webhooks are; few letters to one address."""
    hook, subscription = found
    if not may_write(session, seal, asked.wish.address, now):
        return
    confirmed = subscription.confirmed_at is not None
    manage, own = Subject("address", hook.owner_hash), Subject(CHANNEL, str(hook.subscription_id))
    kind, path = (
        (WEBHOOKS, f"/webhooks/{write(session, seal, Purpose.MANAGE, manage, now)}")
        if confirmed
        else (WEBHOOK, f"/webhooks/confirm/{write(session, seal, Purpose.WEBHOOK, own, now)}")
    )
    query = asked.wish.query
    said = {"host": shown_host(hook.host), "list": query.name.value, "filters": query.filters.given()}
    address, language = asked.wish.address, asked.wish.language
    write_letter(session, now, kind, address, seal=seal, language=language, link=path, said=said)


def to_confirm(session: Session, token: str, now: datetime) -> Owned | None:
    """What a confirmation link would begin, without changing anything; None where it leads nowhere."""
    subject = subject_of(session, Purpose.WEBHOOK, token, now)
    if subject is None or subject.kind != CHANNEL:
        return None
    found = webhooks.find(session, int(subject.value))
    return found if found is not None and found[1].ended_at is None else None


def confirm(session: Session, token: str, seal: Seal, now: datetime) -> tuple[Owned, str, str] | None:
    """Begin it: the webhook, the link to the owner's page, and the signing secret, which only the first time shows."""
    found, known = to_confirm(session, token, now), read(session, Purpose.WEBHOOK, token, now)
    if found is None or known is None:
        return None
    hook, subscription = found
    first = tokens.use(session, known[0], now) and subscription.confirmed_at is None
    if first:
        subscription.confirmed_at, subscription.queued_to_seq = now, log.size(session)
        wanted = (subscription.frequency, subscription.weekday, subscription.zone)
        subscription.next_due_at = next_digest_at(*wanted, now)
        session.flush()
    manage = write(session, seal, Purpose.MANAGE, Subject("address", hook.owner_hash), now)
    return found, manage, secret_text(hook, seal) if first else ""


def secret_text(hook: Webhook, seal: Seal) -> str:
    """The signing secret as its owner copies it."""
    return written(secret_of(seal.secret, hook.nonce, hook.turn))
