"""Petitions to the UK Parliament and Government: petition.parliament.uk, one petition or a list as JSON.

At 10,000 signatures a response of the Government is due; that day starts the clock. The list's further pages are
followed. The names of petitioners are not kept. OPTIONS says what may be set.
"""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from scrapers.feeds.decoding import Unreadable
from scrapers.model import Finding, Json, Page, Problem, Result, Source, WrittenDate
from scrapers.plain import safe_link
from scrapers.records import Record, date_questions, said_instead, strangers, sure, unknown_word
from scrapers.rows.further import further_page, repeated
from scrapers.strict_json import data_of, said_as_problem

OPTIONS: Mapping[str, str] = {
    "body_name": "who owes the response, where a petition names no department (UK Government without it)",
}
BODY = "UK Government"
STATES = {
    "pending": "collecting supporters",
    "validated": "collecting supporters",
    "sponsored": "being checked",
    "flagged": "being checked",
    "dormant": "being checked",
    "open": "open",
    "closed": "closed",
    "rejected": "rejected",
    "hidden": "rejected",
    "stopped": "stopped",
    "removed": "removed",
}
"""The site's words for where a petition stands."""
VOCABULARY: dict[str, dict[str, str]] = {
    "trigger": {"response_threshold_reached_at": "threshold"},
    "response_kind": {"government_response": "reply"},
}
_TYPES = ("petition", "archived-petition")
LONDON = ZoneInfo("Europe/London")


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """Each petition as a new item, the Government's response to it, its debate; the next page of a list."""
    data = data_of(page, "a petition")
    petitions = _petitions(data, page)
    if petitions is None:
        raise Unreadable(
            "not_recognised", "This page is neither a petition nor a list of petitions.", said_instead(data)
        )
    yield from strangers(data.get("data"), len(petitions))
    entries = [one.data for one in petitions]
    yield from repeated(entries, page)
    for petition in petitions:
        yield from _petition(petition, str(source.options.get("body_name") or BODY))
    yield from further_page(Record(data, page.final_address).text("links.next"), page, source, entries)


def _petitions(data: Json, page: Page) -> list[Record] | None:
    top = Record(data, page.final_address, LONDON)
    inner = data.get("data") if isinstance(data, dict) else None
    if isinstance(inner, list):
        return top.records("data[*]")
    return top.records("data") if isinstance(inner, dict) else None


def _petition(petition: Record, body: str) -> Iterator[Result]:
    key = petition.word("id")
    if petition.word("type") not in _TYPES or not key or not petition.text("attributes.action"):
        sentence = "A petition of the list has no number or no text; it was left out."
        yield Problem("not_a_petition", sentence, "question", key or "list")
        return
    state = petition.word("attributes.state")
    if state not in STATES:
        yield unknown_word("petition state", state)
    item = _item(petition, key, state, petition.text("attributes.departments[*].name") or body)
    if petition.word("type") == "petition" and petition.lacks("attributes.response_threshold_reached_at"):
        sentence = (
            "The site no longer says whether a petition reached the threshold; its fields may have moved."
        )
        yield Problem("field_gone", sentence, "question", "response_threshold_reached_at")
    yield from date_questions(dict(item.dates), key)
    yield item
    yield from _response(petition, item)
    yield from _debate(petition, item)


def _item(petition: Record, key: str, state: str, body: str) -> Finding:
    dates = petition.days(
        opened_on="attributes.opened_at | attributes.open_at",
        threshold_on="attributes.response_threshold_reached_at",
        closed_on="attributes.closed_at",
        rejected_on="attributes.rejected_at",
    )
    threshold = dates.get("threshold_on")
    is_answered = petition.holds("attributes.government_response")
    reasons = [("state", state)]
    if refused := petition.word("attributes.rejection.code"):
        reasons.append(("rejected_as", refused))
    if threshold:
        reasons.append(("threshold_reached", threshold.as_written))
        reasons += [] if is_answered else [("awaiting_response", "")]
    return Finding(
        kind="new_item",
        key=key,
        title=petition.text("attributes.action"),
        body_name=body,
        summary="\n".join(
            filter(
                None, (petition.told("attributes.background"), petition.told("attributes.additional_details"))
            )
        ),
        dates=dates,
        link=_link(petition, key),
        status=state,
        locator=f"petition {key}",
        confidence=sure(dates, 0.9 if threshold and state in STATES else 0.5),
        reasons=tuple(reasons),
        extra={"stage": STATES.get(state, "unknown"), "trigger": "threshold" if threshold else None},
    )


def _link(petition: Record, key: str) -> str:
    """The petition's page for people, which lies where its data lies."""
    folder = "/archived/petitions" if petition.word("type") == "archived-petition" else "/petitions"
    own = petition.link("links.self") or safe_link(f"{folder}/{key}", petition.base)
    return own.removesuffix(".json")


def _response(petition: Record, item: Finding) -> Iterator[Result]:
    told = "attributes.government_response"
    if petition.lacks(told):
        sentence = "The site no longer says whether the Government has responded; its fields may have moved."
        yield Problem("field_gone", sentence, "question", "government_response")
    if not petition.holds(told):
        if petition.holds("attributes.government_response_at"):
            sentence = "The site dates a response of the Government and does not show it."
            yield Problem("response_without_text", sentence, "question", item.key)
        return
    dates = _answered(petition)
    yield from date_questions(dates, f"{item.key}/response")
    texts = (petition.told(f"{told}.summary"), petition.told(f"{told}.details"))
    if not any(texts):
        sentence = "The site has a response of the Government without a word in it; a person has to look."
        yield Problem("response_without_text", sentence, "question", item.key)
    yield Finding(
        kind="response",
        key=f"{item.key}/response",
        title=item.title,
        body_name=item.body_name,
        summary="\n".join(filter(None, texts)),
        dates=dates,
        link=f"{item.link}?reveal_response=yes" if item.link else "",
        locator=f"petition {item.key}, government response",
        confidence=sure(dates, 0.9 if dates and any(texts) else 0.4),
        reasons=(("government_response", item.key),),
        extra={"item": item.key, "response_kind": "reply"},
    )


def _answered(petition: Record) -> dict[str, WrittenDate]:
    """The day the response says of itself, else the day it was put up."""
    written = "attributes.government_response.responded_on | attributes.government_response_at"
    return petition.days(published_on=written)


def _debate(petition: Record, item: Finding) -> Iterator[Result]:
    held = petition.days(happened_on="attributes.debate.debated_on")
    planned = petition.days(happened_on="attributes.scheduled_debate_date")
    decided = petition.holds("attributes.debate.overview | attributes.debate_outcome_at")
    if not held and not planned and not decided:
        return
    dates = held or ({} if decided else planned)
    # Parliament may also decide that a petition is not debated, which has no day of a debate.
    word = "debate held" if held else "debate decided" if decided else "debate scheduled"
    yield from date_questions(dates, f"{item.key}/debate")
    yield Finding(
        kind="update",
        key=f"{item.key}/debate",
        title=item.title,
        body_name="Parliament",
        summary=petition.told("attributes.debate.overview"),
        dates=dates,
        link=petition.link("attributes.debate.transcript_url") or item.link,
        status=word,
        locator=f"petition {item.key}, debate",
        confidence=sure(dates, 0.9),
        reasons=(("debate", word),),
        extra={"item": item.key},
    )
