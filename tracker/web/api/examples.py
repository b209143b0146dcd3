"""Addresses that show what each noun is asked: on the page about the API, and tried by the tests as they stand."""

from collections.abc import Mapping, Sequence

EXAMPLES: Mapping[str, Sequence[str]] = {
    "obligations": (
        "?list=overdue&per_page=2",
        "?body=KEY&standing=answered_late",
        "?list=overdue&as_of=2026-05-04&hindsight=1",
    ),
    "items": ("?kind=citizens-assembly&per_page=2", "?topic=health"),
    "bodies": ("?jurisdiction=GB&per_page=2",),
    "processes": ("?kind=public-inquiry",),
    "documents": ("?per_page=2",),
    "responses": ("?per_page=2", "?q=ministry"),
    "events": ("?event=became_overdue&backfill=0", "?cursor=0&per_page=2"),
    "corrections": ("",),
    "assessments": ("?per_page=2",),
    "checks": ("?per_page=2",),
    "claims": ("",),
    "statements": ("",),
    "objections": ("",),
    "clock-entries": ("",),
    "rules": ("?per_page=2",),
    "due": (
        "?rule=20+working+days&start=2026-04-01&calendar=GB-EAW",
        "?rule=10+days&start=2026-05-01&pause=2026-05-03..2026-05-07",
    ),
    "dates": ("?text=within+56+days+of+today",),
    "search": ("?q=housing", "?q=ministry&in=body"),
    "sources": ("",),
    "topics": ("",),
    "kinds": ("?per_page=2",),
    "jurisdictions": ("",),
    "groups": ("",),
}
"""By noun: what follows its address. KEY stands for a key of yours."""
PLACEHOLDER = "KEY"

CLIENT = """\
import json
import urllib.request

SITE = "{base}"


def read(address):
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def everything(noun):
    address = f"{{SITE}}/api/v1/{{noun}}?per_page=200"
    while address:
        page = read(address)
        yield from page["data"]
        address = page["meta"]["next"]


def news(cursor):
    return read(f"{{SITE}}/api/v1/events?cursor={{cursor}}&per_page=200")["data"]


last = max((event["cursor"] for event in everything("events")), default=0)
mine = {{row["id"]: row for row in everything("obligations")}}

for event in news(last):
    last = event["cursor"]
    if event["obligation"]:
        mine[event["obligation"]] = read(f"{{SITE}}/api/v1/obligations/{{event['obligation']}}")

print(len(mine), "obligations,", sum(row["flagged"] for row in mine.values()), "of them flagged")
"""
"""A program that copies every obligation and follows the log: it needs nothing but Python."""

WRITTEN = """\
curl {base}/api/v1/checks \\
  -H "Authorization: Bearer TOKEN" -H "Content-Type: application/json" \\
  -d '{{"obligations": [1], "looked_on": "2026-05-12", "places": ["https://example.org/responses"]}}'
"""
"""We looked at a page for the answer to one obligation, and nothing was there."""


def written(base: str) -> str:
    """A request that writes, for a site."""
    return WRITTEN.format(base=base)


def client(base: str) -> str:
    """The same for a site."""
    return CLIENT.format(base=base)
