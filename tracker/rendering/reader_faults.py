"""Why something could not be read, in the reader's language; the log and the page's own record keep it in English."""

import re
from collections.abc import Mapping
from functools import cache

from tracker.rendering.tongue import N_, NN_, Tongue

_SENTENCES = (
    N_("The name %(host)s could not be resolved."),
    N_("The name %(host)s points inside a private or reserved network."),
    N_("No connection to %(host)s (%(detail)s)."),
    N_("No encrypted connection with %(host)s (%(detail)s)."),
    N_("The connection broke off (%(detail)s)."),
    N_("The certificate of %(host)s is not valid: %(detail)s."),
    N_("The answer of %(host)s was broken or cut short."),
    N_("The page came packed as %(detail)s, which was not asked for."),
    N_("The page came packed in a way that cannot be unpacked."),
    N_("The packed page was cut short."),
    N_("The page is larger than %(count)s bytes, so we stopped reading it."),
    N_("The page was not complete after %(count)s seconds, so we stopped reading it."),
    N_("The address %(detail)s is not fetched: %(why)s."),
    N_("The address %(detail)s was redirected more than %(count)s times."),
    N_("%(host)s redirects without saying where to."),
    N_("%(host)s redirects to an address that cannot be read."),
    N_("%(host)s redirects from an encrypted to an open connection."),
    N_("The robots.txt of %(host)s asks not to read %(detail)s."),
    N_("The robots.txt of %(host)s could not be read (status %(status)s)."),
    N_("Other readings of %(host)s took too long; ours waits."),
    N_("%(host)s asked not to be read for another %(count)s seconds."),
    N_("The site asks us to come back later (status %(status)s)."),
    N_("The site says 'not modified' although we had nothing to compare with."),
    N_("The site asks for a login (status %(status)s)."),
    N_("The site does not let us in (status %(status)s)."),
    N_("The site has no page at this address (status %(status)s)."),
    N_("The site says that the page is gone for good (status %(status)s)."),
    N_("The site may not show the page for legal reasons (status %(status)s)."),
    N_("The site answered without a page (status %(status)s)."),
    N_("Our reader could not read the source."),
    N_("Our reader found %(entries)s where at least %(count)s are expected."),
    N_("Our reader found nothing where it found %(entries)s before."),
    N_("Our reader found %(entries)s where it found %(count)s before."),
    N_("Our reader found %(count)s of the list's %(pages)s pages."),
    N_("Our reader found %(count)s entries where it never found more than %(most)s."),
    N_("Our reader no longer found %(count)s of the %(before)s entries it found before."),
    N_("Our reader found another title, body, status or date in %(count)s of %(entries)s at once."),
    N_("Our reader found another title or body in %(count)s of %(entries)s at once."),
    N_("Our reader met words it was not told of in %(count)s of %(entries)s."),
    N_(
        "Our reader met something that it was not made for; the site's operator finds the details in the log."
    ),
)
"""As those who read say them: `scrapers.walk`, `scrapers.guards`, `tracker.services.collect`."""
_WHY = {
    "it holds a space or a control character": N_("it holds a space or a control character"),
    "it carries a user name or password": N_("it carries a user name or password"),
    "its host is not a public name": N_("its host is not a public name"),
    "it points inside a private or reserved network": N_("it points inside a private or reserved network"),
    "only complete http:// and https:// addresses are fetched": N_(
        "only complete http:// and https:// addresses are fetched"
    ),
}
_VALUE = re.compile(r"%\((\w+)\)s")
_SHAPES: Mapping[str, str] = {
    "count": r"[\d,.]+",
    "most": r"\d+",
    "before": r"\d+",
    "pages": r"\d+",
    "status": r"\d{3}",
    "host": r"[^\s()]+",
    "entries": r"one entry|\d+ entries",
}
_COUNTED = NN_("one entry", "%(num)d entries")


def reader_fault(said: str, tongue: Tongue) -> str:
    """What was said in English about a reading that failed; what it does not know it leaves as it is."""
    for sentence, pattern in _patterns().items():
        said = pattern.sub(lambda found, sentence=sentence: _worded(sentence, found, tongue), said)  # type: ignore[misc]
    return said


def _worded(sentence: str, found: re.Match[str], tongue: Tongue) -> str:
    values = {name: _value(name, value, tongue) for name, value in found.groupdict().items()}
    return tongue.say(sentence, **values)


def _value(name: str, value: str, tongue: Tongue) -> str:
    if name == "entries":
        number = 1 if value == "one entry" else int(value.split()[0])
        return tongue.count(_COUNTED, number, num=number)
    return tongue.say(_WHY[value]) if name == "why" and value in _WHY else value


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {sentence: _pattern(sentence) for sentence in _SENTENCES}


def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence with its values left open; it ends where a sentence does."""
    parts = _VALUE.split(sentence)
    written = "".join(
        f"(?P<{part}>{_SHAPES.get(part, '.+?')})" if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    return re.compile(rf"(?<!\S){written}(?=\s|$)")
