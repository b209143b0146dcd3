"""A government's response to an inquiry, a committee or an assembly, as a PDF; and a committee's own report.

From a response: for each recommendation its number, its text where quoted, the sentence that states the position, the
reply's first lines, the pages, and promises with a date. From a report that lists its recommendations: each as a new
item. Only the text layer is read; a PDF without one needs a person, and says so.

Options: `body_name`, who responds where a reply says no more than "the government"; `paper`, a short name of the
document for the keys of its findings (default: its own number, else its title); `items`, what the numbers are called on
record, with `{number}` in it (default `{number}`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scrapers.model import Finding, Page, Problem, Result, Source, WrittenDate
from scrapers.pdf.document import Document
from scrapers.pdf.text import NoText, questions_about, read_pdf
from scrapers.plain import one_line, safe_link
from scrapers.replies.front_matter import FrontMatter, front_matter_of
from scrapers.replies.positions import UNCLEAR, WORDS
from scrapers.replies.reading import Reply, numbers_left_out, recommendations_in, replies_in

OPTIONS: Mapping[str, str] = {
    "body_name": "who responds, where a reply does not say more than the Government",
    "paper": "a short name of the document for the keys of its findings",
    "items": "what the numbers are called on record, with {number} in it",
}
"""What a source of this reader may be told."""
VOCABULARY: dict[str, dict[str, str]] = {
    "position": {**dict(WORDS), "": UNCLEAR},
    "response_kind": {"Recommendation": "reply"},
}
"""Where a form of words stands for a word of ours."""
_SHORT_FOR = ("Government", "Department", "Ministry")
LONGEST_SUMMARY = 4000


def read(page: Page, source: Source) -> Iterable[Result]:
    """What the document says on each recommendation; one that answers or makes none is one fatal problem."""
    try:
        document = read_pdf(page.body)
    except NoText as error:
        return [error.problem]
    return list(_read(document, page, source))


def _read(document: Document, page: Page, source: Source) -> Iterator[Result]:
    front = front_matter_of(document)
    replies = replies_in(document)
    asked = [] if replies else recommendations_in(document)
    if not replies and not asked:
        sentence = (
            "No numbered recommendation with a reply was found in this document: a person has to read it."
        )
        yield Problem("no_recommendations", sentence, "fatal", "document")
        return
    yield from questions_about(document)
    yield from _questions(replies, front)
    yield from (_response(reply, front, page, source) for reply in replies)
    yield from (_item(reply, front, page, source) for reply in asked)


def _questions(replies: Sequence[Reply], front: FrontMatter) -> Iterator[Problem]:
    """Positions no word of ours covers, numbers without a reply and numbers given twice: one question each."""
    open_ = [_name(reply) for reply in replies if reply.position == UNCLEAR]
    if open_:
        sentence = (
            "These replies state no position in words this reader knows, or different speakers state different "
            "ones; a person has to say what each means."
        )
        yield Problem("position_unclear", sentence, "question", front.title, one_line(", ".join(open_), 1000))
    lost = numbers_left_out(replies)
    if lost:
        sentence = (
            "No reply was found to the recommendations with these numbers: they are not answered here, or in a "
            "way this reader does not see."
        )
        yield Problem("numbers_left_out", sentence, "question", front.title, one_line(", ".join(lost), 1000))
    twice = list(dict.fromkeys(reply.number for reply in replies if reply.is_repeated))
    if twice:
        sentence = (
            "The document gives these numbers to more than one recommendation, so they name none; a person has to "
            "say which is which."
        )
        yield Problem("numbers_repeated", sentence, "question", front.title, one_line(", ".join(twice), 1000))


def _name(reply: Reply) -> str:
    return reply.number or f"no. {reply.place} (page {reply.page})"


def _key(reply: Reply, front: FrontMatter, source: Source) -> str:
    document = str(source.options.get("paper") or front.key)
    unnamed = not reply.number or reply.is_repeated
    return f"{document}/no. {reply.place}" if unnamed else f"{document}/{reply.number}"


def _title(reply: Reply) -> str:
    named = f"Recommendation {reply.number}" if reply.number else "Recommendation"
    return one_line(f"{named}: {reply.text}", 300)


def _response(reply: Reply, front: FrontMatter, page: Page, source: Source) -> Finding:
    stated = reply.positions[0] if reply.positions else None
    speakers = list(dict.fromkeys(name for one in reply.positions for name in one.speakers))
    reasons = [("numbered_reply", _name(reply))]
    if stated:
        reasons.append(("position_stated", stated.sentence[:200]))
    return Finding(
        kind="response",
        key=_key(reply, front, source),
        title=_title(reply),
        body_name=_speaker(speakers, source),
        summary=reply.reply[:LONGEST_SUMMARY],
        dates=front.dates,
        link=_link(page, reply.reply_page),
        status=stated.sentence if stated else "",
        locator=f"page {reply.reply_page}",
        confidence=0.9 if reply.position != UNCLEAR else 0.4,
        reasons=tuple(reasons),
        extra={
            "item": _item_name(reply, source),
            "response_kind": "reply",
            "position": reply.position,
            "positions": [one.to_dict() for one in reply.positions],
            "speakers": speakers,
            "quote": stated.sentence if stated else "",
            "page": str(reply.reply_page),
            "recommendation": reply.text,
            "recommendation_page": str(reply.page),
            "document": front.title,
            "promises": [promise.to_dict() for promise in reply.promises],
        },
    )


def _speaker(speakers: list[str], source: Source) -> str:
    """Who speaks; "the Government" of a document is whoever the operator says it is."""
    named, told = (speakers[0] if speakers else ""), str(source.options.get("body_name", ""))
    return told if told and named in ("", *_SHORT_FOR) else named


def _item_name(reply: Reply, source: Source) -> str:
    form = str(source.options.get("items") or "{number}")
    return form.replace("{number}", reply.number) if reply.number and not reply.is_repeated else ""


def _item(reply: Reply, front: FrontMatter, page: Page, source: Source) -> Finding:
    return Finding(
        kind="new_item",
        key=_key(reply, front, source),
        title=_title(reply),
        body_name=str(source.options.get("body_name", "")),
        summary=reply.text[:LONGEST_SUMMARY],
        dates=_published(front),
        link=_link(page, reply.page),
        locator=f"page {reply.page}",
        confidence=0.8,
        reasons=(("numbered_recommendation", reply.number),),
        extra={
            "ref": reply.number,
            "trigger": "published" if "published_on" in front.dates else None,
            "page": str(reply.page),
            "paragraph": reply.paragraph,
            "document": front.title,
        },
    )


def _published(front: FrontMatter) -> dict[str, WrittenDate]:
    return {name: written for name, written in front.dates.items() if name == "published_on"}


def _link(page: Page, number: int) -> str:
    address = safe_link(page.final_address)
    return f"{address}#page={number}" if address else ""
