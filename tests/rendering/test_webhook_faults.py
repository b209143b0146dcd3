"""What a receiver answered is told in the reader's language, in the same words as in the log of posts."""

import pytest

from tracker.assets import translations
from tracker.channels.webhook import WebhookChannel
from tracker.domain.webhook import Body
from tracker.rendering.tongue import tongues
from tracker.rendering.webhook_faults import fault_words

TONGUES = tongues(["en", "es"], translations())


class Answer:
    """A reply with a status and nothing else."""

    body, error, wait_seconds = b"", "", 0.0

    def __init__(self, status: int) -> None:
        self.status = status


def kept(status: int) -> str:
    channel = WebhookChannel(lambda _url, _body, _headers: Answer(status))
    return channel.send("https://example.org/hook", Body("application/json", b"{}"), {}).error


@pytest.mark.parametrize("status", [301, 308, 400, 401, 403, 404, 405, 410, 413, 418, 429, 500, 503, 599])
def test_what_the_log_keeps_is_said_in_every_language(status: int) -> None:
    assert fault_words(kept(status), TONGUES["en"]) == kept(status)
    said = fault_words(kept(status), TONGUES["es"])
    assert said.startswith("El receptor") and str(status) in said


def test_what_the_network_said_stays_as_it_is() -> None:
    assert fault_words("No address has this name.", TONGUES["es"]) == "No address has this name."
