"""Webhooks: signed posts that are repeated under the same id, and switched off when they fail for long."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import standardwebhooks
import time_machine

from tests.services.receiving import Hooking, Post, hooking_site, receiving
from tests.services.told import ADA, SECRET
from tracker.domain.link_tokens import Seal
from tracker.domain.post import LEASE
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import DeliveryState, EventKind, Visibility
from tracker.services.subscribe import leave_all
from tracker.services.tell_held import held
from tracker.services.webhook_claim import claim
from tracker.services.webhook_end import ask_test, pause, remove, resume
from tracker.services.webhook_own import new_secret
from tracker.storage.tables import Item, Obligation

DAY = timedelta(days=1)


@pytest.fixture
def hooking(database_url: str, tmp_path: Path) -> Iterator[Hooking]:
    with hooking_site(database_url, tmp_path) as made:
        yield made


def said(post: Post) -> Any:
    return json.loads(post.body)


def verified(post: Post, secret: str, at: datetime) -> Any:
    """What an independent library makes of a post; raises where its signature is wrong."""
    with time_machine.travel(at, tick=False):
        return standardwebhooks.Webhook(secret).verify(post.body, post.headers)


def hide(hooking: Hooking, which: int) -> None:
    """The item of an obligation is withheld."""
    with hooking.composed.database.writing() as session:
        obligation = session.get(Obligation, hooking.telling.owed[which])
        assert obligation is not None
        item = session.get(Item, obligation.item_id)
        assert item is not None
        item.visibility = Visibility.WITHHELD


def test_news_is_posted_signed_and_in_full(hooking: Hooking) -> None:
    _, _, secret = hooking.hook(list="overdue", body="ministry-of-water")
    hooking.telling.happen()
    hooking.telling.happen(which=1)
    assert hooking.work() == 1
    (post,) = hooking.receiver.posts
    body = verified(post, secret, hooking.clock())
    assert (body["type"], body["data"]["version"]) == ("events.announced", 1)
    assert body["data"]["list"]["filters"] == {"body": "ministry-of-water"}
    assert body["data"]["list"]["words"] == "Overdue (body: Ministry of Water)"
    first, second = body["data"]["events"]
    assert first["id"].startswith("urn:answerby:event:")
    assert (first["kind"], first["item"]["title"]) == ("became_overdue", "Recommendation 1")
    assert first["url"].startswith("https://answers.example.org/items/")
    assert {"happened_on", "recorded_at", "announced_at"} <= first.keys()
    assert second["item"]["title"] == "Recommendation 2"
    assert ADA not in post.body.decode() + str(post.headers)
    assert hooking.telling.states() == [DeliveryState.SENT, DeliveryState.SENT]
    assert hooking.work() == 0


def test_a_post_carries_every_change_of_an_obligation_not_only_the_last(hooking: Hooking) -> None:
    hooking.hook()
    hooking.telling.happen()
    hooking.telling.happen(EventKind.ANSWERED_LATE)
    hooking.work()
    kinds = [one["kind"] for one in said(hooking.receiver.posts[0])["data"]["events"]]
    assert kinds == ["became_overdue", "answered_late"]


def test_a_changed_body_or_an_old_time_does_not_verify(hooking: Hooking) -> None:
    _, _, secret = hooking.hook()
    hooking.telling.happen()
    hooking.work()
    (post,) = hooking.receiver.posts
    with pytest.raises(standardwebhooks.webhooks.WebhookVerificationError):
        verified(post, secret, hooking.clock() + timedelta(minutes=10))
    with pytest.raises(standardwebhooks.webhooks.WebhookVerificationError):
        verified(Post(post.path, post.headers, post.body + b" "), secret, hooking.clock())


def test_nothing_is_posted_before_the_owner_has_confirmed(hooking: Hooking) -> None:
    hooking.ask()
    hooking.telling.happen()
    hooking.work()
    assert hooking.receiver.posts == []


def test_the_secret_is_told_once_and_a_second_press_does_nothing(hooking: Hooking) -> None:
    hooking.ask()
    assert hooking.confirm()[2].startswith("whsec_")
    assert hooking.confirm()[2] == ""


def test_what_fails_is_repeated_later_under_the_same_id(hooking: Hooking) -> None:
    number, _, secret = hooking.hook()
    hooking.receiver.says(500, b"<b>sorry</b>\x00")
    hooking.telling.happen()
    hooking.work()
    hooking.work()
    assert len(hooking.receiver.posts) == 1
    (failed,) = hooking.log(number)
    assert (failed.status, failed.answer, failed.taken) == (500, "<b>sorry</b>", False)
    assert failed.next_at == hooking.clock() + timedelta(minutes=1)
    hooking.telling.happen(which=1)  # what comes up meanwhile waits behind it
    hooking.work()
    assert len(hooking.receiver.posts) == 1
    hooking.receiver.says(204)
    hooking.clock.forward(timedelta(minutes=2))
    assert hooking.work() == 2
    first, again, later = hooking.receiver.posts
    assert first.headers["webhook-id"] == again.headers["webhook-id"] != later.headers["webhook-id"]
    assert first.body == again.body
    assert first.headers["webhook-timestamp"] != again.headers["webhook-timestamp"]
    verified(again, secret, hooking.clock())
    assert hooking.row(number).failures == 0


def test_a_worker_that_dies_after_posting_leaves_the_same_id_to_the_next(hooking: Hooking) -> None:
    hooking.hook()
    hooking.telling.happen()
    hooking.telling.work()
    with hooking.composed.database.writing() as session:
        died = claim(session, Seal(SECRET), hooking.clock()).posting
    assert died is not None
    hooking.work()
    assert hooking.receiver.posts == []
    hooking.clock.forward(LEASE + timedelta(seconds=1))
    hooking.work()
    assert [post.headers["webhook-id"] for post in hooking.receiver.posts] == [died.id]


def test_gone_switches_it_off_at_once_and_tells_the_owner_once(hooking: Hooking) -> None:
    number, manage, _ = hooking.hook()
    hooking.receiver.says(410)
    hooking.telling.happen()
    hooking.work()
    assert hooking.row(number).disabled_why == "gone"
    hooking.telling.happen(which=1)
    hooking.work()
    hooking.telling.work()
    assert len(hooking.receiver.posts) == 1
    letters = [m for m in hooking.telling.inbox.to(ADA) if "switched off" in m["Subject"]]
    assert len(letters) == 1
    assert f"/webhooks/{manage}/{number}" in letters[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_an_address_that_fails_for_five_days_is_switched_off(hooking: Hooking) -> None:
    number, manage, _ = hooking.hook()
    hooking.receiver.says(500)
    hooking.telling.happen()
    for _ in range(8 * 8):
        hooking.work()
        hooking.clock.forward(timedelta(hours=3))
    assert 8 <= len(hooking.receiver.posts) <= 12
    row = hooking.row(number)
    assert row.disabled_why in ("failing", "given-up")
    assert row.failing_since_at is not None
    assert row.disabled_at is not None
    assert timedelta(days=4.5) < row.disabled_at - row.failing_since_at < timedelta(days=6)
    hooking.receiver.says(200)
    hooking.telling.happen(which=1)
    hooking.act(number, manage, resume, catch_up=True)
    hooking.work()
    assert said(hooking.receiver.posts[-1])["data"]["events"][-1]["item"]["title"] == "Recommendation 2"


@pytest.mark.parametrize(("status", "wait"), [(429, 3600), (503, 7200)])
def test_a_receiver_that_asks_for_patience_gets_it(hooking: Hooking, status: int, wait: int) -> None:
    number, _, _ = hooking.hook()
    hooking.receiver.says(status, Retry_After=str(wait))
    hooking.telling.happen()
    hooking.work()
    assert hooking.row(number).again_at == hooking.clock() + timedelta(seconds=wait)


def test_a_redirect_is_a_failure_and_is_not_followed(hooking: Hooking) -> None:
    number, _, _ = hooking.hook()
    hooking.receiver.says(302, Location=f"{hooking.receiver.url}/elsewhere")
    hooking.telling.happen()
    hooking.work()
    assert [post.path for post in hooking.receiver.posts] == ["/hook"]
    assert "posts follow no redirect" in hooking.log(number)[0].error


def test_a_new_secret_signs_beside_the_old_one_for_a_day(hooking: Hooking) -> None:
    number, manage, old = hooking.hook()
    new = hooking.act(number, manage, new_secret, seal=Seal(SECRET))
    assert new != old
    for which, secrets in enumerate([(old, new), (new,)]):
        hooking.telling.happen(which=which)
        hooking.work()
        for secret in secrets:
            verified(hooking.receiver.posts[-1], secret, hooking.clock())
        hooking.clock.forward(DAY)
    with pytest.raises(standardwebhooks.webhooks.WebhookVerificationError):
        verified(hooking.receiver.posts[-1], old, hooking.clock() - DAY)


def test_a_pause_holds_back_and_resuming_posts_all_or_only_what_is_new(hooking: Hooking) -> None:
    number, manage, _ = hooking.hook()
    for catch_up, posts in ((True, 1), (False, 1)):
        hooking.act(number, manage, pause)
        hooking.telling.happen(which=int(catch_up))
        hooking.work()
        hooking.act(number, manage, resume, catch_up=catch_up)
        hooking.work()
        assert len(hooking.receiver.posts) == posts


def test_a_test_goes_out_also_while_it_is_paused_and_is_never_repeated(hooking: Hooking) -> None:
    number, manage, secret = hooking.hook()
    hooking.act(number, manage, pause)
    hooking.receiver.says(500)
    assert hooking.act(number, manage, ask_test)
    assert not hooking.act(number, manage, ask_test)
    hooking.work()
    hooking.clock.forward(DAY)
    hooking.work()
    (post,) = hooking.receiver.posts
    assert said(post)["type"] == "webhook.test"
    verified(post, secret, hooking.clock() - DAY)
    (kept,) = hooking.log(number)
    assert (kept.events, kept.next_at) == (0, None)
    assert hooking.row(number).failures == 0


def test_ending_it_erases_both_addresses_and_stops_what_waits(hooking: Hooking) -> None:
    number, manage, _ = hooking.hook()
    hooking.receiver.says(500)
    hooking.telling.happen()
    hooking.work()
    hooking.act(number, manage, remove)
    hooking.clock.forward(DAY)
    hooking.work()
    assert len(hooking.receiver.posts) == 1
    row = hooking.row(number)
    assert (row.owner, row.host, hooking.log(number)) == ("", "", [])
    assert [one.address for one in hooking.telling.subscriptions()] == [""]


def test_an_address_that_was_never_confirmed_is_erased(hooking: Hooking) -> None:
    hooking.ask()
    hooking.clock.forward(timedelta(days=8))
    hooking.telling.work()
    assert hooking.row(1).owner == ""


def test_whoever_erases_their_address_ends_their_webhooks_and_may_see_them_before(hooking: Hooking) -> None:
    number, manage, _ = hooking.hook()
    with hooking.composed.database.writing() as session:
        kept = held(session, manage, hooking.clock())
        assert kept is not None
        (one,) = kept["webhooks"]
        assert (one["owner"], one["posted_to"]) == (ADA, f"{hooking.receiver.url}/hook")
        assert "nonce" not in one
        assert leave_all(session, manage, hooking.clock())
    assert hooking.row(number).owner == ""
    hooking.telling.happen()
    hooking.work()
    assert hooking.receiver.posts == []


def test_what_is_withheld_between_two_attempts_is_not_in_the_second(hooking: Hooking) -> None:
    hooking.hook()
    hooking.receiver.says(500)
    hooking.telling.happen()
    hooking.telling.happen(which=1)
    hooking.work()
    hide(hooking, 1)
    hooking.receiver.says(200)
    hooking.clock.forward(timedelta(minutes=2))
    hooking.work()
    first, second = (
        [one["item"]["title"] for one in said(post)["data"]["events"]] for post in hooking.receiver.posts
    )
    assert (first, second) == (["Recommendation 1", "Recommendation 2"], ["Recommendation 1"])


def test_a_receiver_that_hangs_does_not_keep_others_waiting(hooking: Hooking) -> None:
    served = Event()
    hooking.hook("/hangs")
    hooking.receiver.before["/hangs"] = lambda: served.wait(8)
    with receiving() as other:
        other.before["/quick"] = served.set
        hooking.allow(other)
        hooking.ask(url=f"{other.url}/quick")
        hooking.confirm()
        hooking.telling.happen()
        hooking.work()
    assert served.is_set()
    assert [post.path for post in (*hooking.receiver.posts, *other.posts)] == ["/hangs", "/quick"]


def test_a_slow_receiver_holds_up_no_other_and_gets_one_post_at_a_time(hooking: Hooking) -> None:
    hooking.hook("/one")
    hooking.clock.forward(timedelta(hours=1))
    hooking.hook("/two")
    hooking.telling.happen()
    hooking.work()
    assert sorted(post.path for post in hooking.receiver.posts) == ["/one", "/two"]
    assert hooking.receiver.most_at_once == 1


def test_a_digest_is_one_post_on_its_day(hooking: Hooking) -> None:
    hooking.hook(frequency="daily")
    hooking.telling.happen()
    hooking.telling.happen(which=1)
    hooking.work()
    assert hooking.receiver.posts == []
    hooking.clock.forward(DAY)
    hooking.work()
    (post,) = hooking.receiver.posts
    assert len(said(post)["data"]["events"]) == 2


def test_a_changed_site_key_switches_off_and_says_so(hooking: Hooking) -> None:
    number, _, _ = hooking.hook()
    hooking.telling.happen()
    hooking.telling.work()
    with hooking.composed.database.writing() as session:
        claim(session, Seal("another secret of the site, long enough"), hooking.clock())
    assert hooking.row(number).disabled_why == "secret-changed"
    assert hooking.receiver.posts == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "Enter the address"),
        ("https://example.org/" + "a" * 2000, "at most 2000 characters"),
        ("http://example.org/hook", "must begin with https://"),
        ("https://127.0.0.1/hook", "private or reserved network"),
        ("https://localhost/hook", "not a public name"),
        ("https://user:pw@example.org/hook", "user name or password"),
        ("ftp://example.org/hook", "only complete http:// and https://"),
    ],
)
def test_an_address_that_may_not_be_posted_to_is_refused_with_a_sentence(
    hooking: Hooking, url: str, says: str
) -> None:
    with pytest.raises(NotAccepted, match=says):
        hooking.ask(url=url or " ")


def test_hosts_the_operator_lets_sources_read_are_not_open_to_webhooks(hooking: Hooking) -> None:
    fetched = hooking.composed.gate
    assert fetched is not hooking.composed.webhook_gate
    with pytest.raises(NotAccepted, match="private or reserved network"):
        hooking.ask(url="http://127.0.0.1:1/hook")


def test_a_receiver_that_failed_lately_waits_behind_those_that_answer(hooking: Hooking) -> None:
    with receiving() as other:
        hooking.allow(other)
        failing, _, _ = hooking.hook("/bad")
        hooking.ask(url=other.url + "/good")
        hooking.confirm()
        hooking.receiver.says(500, path="/bad")
        hooking.telling.happen()
        hooking.work()
        hooking.clock.forward(timedelta(minutes=2))  # the first is due again, and for longer than what is new
        hooking.telling.happen(which=1)
        hooking.telling.work()
        with hooking.composed.database.writing() as session:
            first = claim(session, Seal(SECRET), hooking.clock()).posting
            second = claim(session, Seal(SECRET), hooking.clock()).posting
    assert first is not None and first.hook.subscription_id != failing
    assert second is not None and second.hook.subscription_id == failing
