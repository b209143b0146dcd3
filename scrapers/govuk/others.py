"""Content items that are no consultation: publications and news, and those that were withdrawn, removed or moved."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapers.govuk.item import API, HOME, Item, documents, told
from scrapers.model import Finding, FindingKind, Follow, Page, Problem, Result
from scrapers.plain import safe_link
from scrapers.records import date_questions

PUBLISHED = frozenset(
    "publication news_article speech html_publication statistical_data_set specialist_document fatality_notice".split()
)
"""Schemas of what is published once, on a day, and may be what somebody waits for."""
NOTHING = frozenset(
    "answer calculator calendar case_study coming_soon completed_transaction contact corporate_information_page "
    "detailed_guide document_collection email_alert_signup embassies_index external_content field_of_operation "
    "fields_of_operation finder finder_email_signup generic generic_with_external_related_links get_involved "
    "government guide help_page historic_appointment historic_appointments history hmrc_manual hmrc_manual_section "
    "homepage how_government_works landing_page licence local_transaction mainstream_browse_page manual manual_section "
    "ministers_index organisation organisations_homepage person place placeholder policy role role_appointment "
    "service_manual_guide service_manual_topic service_sign_in services_and_information simple_smart_answer "
    "smart_answer special_route statistics_announcement step_by_step_nav take_part taxon topic topical_event "
    "topical_event_about_page transaction travel_advice travel_advice_index working_group world_index world_location "
    "world_location_news worldwide_corporate_information_page worldwide_office worldwide_organisation".split()
)
"""Schemas of what is kept up to date for readers and answers nobody."""
MOST_MOVES = 5
MOVED = "moved"


def read_published(item: Item, kind: FindingKind) -> Iterator[Result]:
    """A publication, speech or piece of news, as what the source was said to carry."""
    record = item.record
    dates = record.days(
        published_on="details.first_public_at | first_published_at | details.public_timestamp | public_updated_at",
        delivered_on="details.delivered_on",
    )
    finding = told(
        item,
        kind,
        summary="\n".join(filter(None, (record.text("description"), record.told("details.body")))),
        dates=dates,
        confidence=0.6 if "published_on" in dates else 0.3,
        extra={
            **({"documents": files} if (files := documents(item)) else {}),
            **({"trigger": "published"} if kind == "new_item" else {}),
        },
    )
    yield from date_questions(dates, finding.key)
    yield finding


def read_withdrawn(item: Item) -> Iterator[Result]:
    """That the publisher withdrew the item, on which day and why: it stays to be read, and counts no longer."""
    notice = "withdrawn_notice"
    if not item.record.holds(f"{notice}.withdrawn_at | {notice}.explanation"):
        return
    dates = item.record.days(happened_on=f"{notice}.withdrawn_at")
    yield from date_questions(dates, f"{item.key}/withdrawn")
    yield told(
        item,
        "update",
        "withdrawn",
        summary=item.record.told(f"{notice}.explanation"),
        dates=dates,
        confidence=0.9 if dates else 0.6,
        reasons=(("withdrawn", item.word),),
        extra={"state": "withdrawn"},
    )


def read_gone(item: Item) -> Iterator[Finding]:
    """That the item was removed, and why, with what stands in its place."""
    record = item.record
    other = record.word("details.alternative_path")
    yield told(
        item,
        "update",
        "gone",
        summary=record.told("details.explanation"),
        dates=record.days(happened_on="public_updated_at"),
        link=safe_link(other, HOME) if other.startswith("/") else "",
        reasons=(("gone", item.word),),
        extra={"state": "gone"},
    )


def read_moved(item: Item, page: Page) -> Iterator[Result]:
    """The place the item moved to, on the same site; elsewhere, or without an end, is for a person."""
    moved = page.state.get("number", 0)
    number = moved if isinstance(moved, int) else 0
    moves = item.record.records("redirects[*]")
    own = [move for move in moves if move.word("path") == item.record.word("base_path")]
    for move in (own or moves)[:1]:
        target = safe_link(move.word("destination"), HOME)
        to, here = urlsplit(target), urlsplit(page.final_address)
        if not target or to.netloc not in (urlsplit(HOME).netloc, here.netloc):
            sentence = "The page moved to another site; a person has to look there."
            yield Problem("moved_elsewhere", sentence, "question", item.key, move.word("destination"))
        elif number >= MOST_MOVES:
            sentence = f"The page moved more than {MOST_MOVES} times; it was not followed further."
            yield Problem("moved_too_often", sentence, "question", item.key, target)
        else:
            address = f"{here.scheme}://{here.netloc}{API}{to.path}"
            yield Follow(address, {"page": MOVED, "number": number + 1})
        return
    yield Problem("moved_nowhere", "The page moved, and does not say where to.", "question", item.key)
