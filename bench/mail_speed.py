"""Messages per second into a local relay: ours beside bare smtplib and Django, the same bodies, in turns in one run.

Run: make bench, or: python bench/mail_speed.py --messages 2000 --rounds 3
"""

import argparse
import smtplib
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.mailing.sink import running
from bench.mailing.site import NOW, fill
from tests.postgres import running_server
from tests.services.told import Clock, site
from tracker.channels.email import EmailChannel, Relay
from tracker.compose import Composed
from tracker.domain.post import Message
from tracker.services.deliver import claim
from tracker.services.queue_news import queue_news
from tracker.services.send_news import send_news
from tracker.storage.migrate import migrate

NEW, LISTS = 300, 20
_AGAIN = (
    "DELETE FROM delivery",
    "UPDATE subscription SET queued_to_seq = :seen, next_due_at = :now",
    "DELETE FROM token",
)


def reset(composed: Composed) -> None:
    """As before the digest."""
    with composed.database.writing() as session:
        for statement in _AGAIN:
            session.execute(text(statement), {"seen": NEW, "now": NOW} if ":seen" in statement else {})
    with composed.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE delivery"))


def worded(composed: Composed) -> list[Message]:
    """The messages of the digest, as they would be sent."""
    queue_news(composed.database, composed.now)
    found: list[Message] = []
    with composed.database.writing() as session:
        while parcels := claim(session, composed.post, composed.now()).parcels:
            found += [composed.post.words["email"](parcel, NOW) for parcel in parcels]
    return found


def bare(port: int, channel: EmailChannel, messages: Sequence[Message]) -> int:
    """One connection of smtplib, the bytes made beforehand."""
    wires = [(message.to, channel.wire(message)) for message in messages]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for to, wire in wires:
            smtp.sendmail("alerts@example.org", [to], wire)
    return int(len(wires) / (time.perf_counter() - began))


def by_django(port: int, messages: Sequence[Message]) -> int:
    """Django's send_messages over one connection, the message objects made beforehand."""
    made = [EmailMultiAlternatives(m.subject, m.text, "alerts@example.org", [m.to]) for m in messages]
    for one, message in zip(made, messages, strict=True):
        one.attach_alternative(message.html, "text/html")
    began = time.perf_counter()
    get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port).send_messages(
        made
    )
    return int(len(made) / (time.perf_counter() - began))


def sending(channel: EmailChannel, messages: Sequence[Message]) -> int:
    """Ours from the finished words on: bytes made, handed over, answers understood."""
    began = time.perf_counter()
    with channel.kept():
        accepted = sum(channel.send(message).accepted for message in messages)
    assert accepted == len(messages)
    return int(accepted / (time.perf_counter() - began))


def whole(composed: Composed) -> int:
    """Ours with all there is to it: planned, claimed, worded, sent, settled in PostgreSQL one by one."""
    reset(composed)
    began = time.perf_counter()
    queue_news(composed.database, composed.now)
    sent = send_news(composed.database, composed.post.only("email"), composed.now)
    return int(sent / (time.perf_counter() - began))


def measure(composed: Composed, port: int, rounds: int) -> None:
    """In turns, so that whatever else the machine does meets all alike."""
    channel = EmailChannel(Relay("127.0.0.1", port, "alerts@example.org", starttls=False))
    messages = worded(composed)
    size = sum(len(channel.wire(message)) for message in messages) // len(messages)
    print(f"{len(messages):,} messages of {size:,} bytes")
    ways: dict[str, Callable[[], int]] = {
        "smtplib, one connection": lambda: bare(port, channel, messages),
        "Django's send_messages": lambda: by_django(port, messages),
        "ours, sending alone": lambda: sending(channel, messages),
        "ours, whole": lambda: whole(composed),
    }
    found: dict[str, list[int]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    first = median(found["smtplib, one connection"])
    for name, rates in found.items():
        print(f"{name:24} {median(rates):7,.0f} a second  {100 * median(rates) / first:5.0f} %   {rates}")


def main() -> None:
    """Fill, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=3)
    wish = asked.parse_args()
    settings.configure()
    django.setup()
    with tempfile.TemporaryDirectory() as name, running_server() as server, running() as port:
        url = server.create("mail")
        migrate(url)
        composed = site(url, Clock(NOW + timedelta(minutes=1)), port, Path(name))
        fill(composed.database, 2 * NEW, wish.messages, NEW, LISTS)
        measure(composed, port, wish.rounds)
        composed.database.close()


if __name__ == "__main__":
    main()
