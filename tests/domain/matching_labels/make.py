"""Makes the labels that follow from facts of the samples; those judged by a person are kept in the files by hand.

Run: python -m tests.domain.matching_labels.make (the same seed gives the same rows).
"""

import csv
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from urllib.parse import unquote

from scrapers.model import Finding, Source, page_of
from scrapers.sources import response_pdf
from tests.domain.matching_labels.registers import HERE, REPORTS, addressees, on_record, report_day, rows
from tests.shared import shared

COLUMNS = "id source kind key title text document body link page asked_on answered_on right".split()
CHOSEN = random.Random(20_261_121)
Row = dict[str, str]

_REPLY = re.compile(r"/(20\d\d-\d{4})-Response-(?:from|by)-([\w-]+?)(?:[-_ ]?Redacted[-_\d]*)?\.pdf$", re.I)
_ORGANISATION = re.compile(
    r"\b(?:trust|nhs|council|department|police|hospitals?|board|ministry|office|agency|service|authority|association|"
    r"college|prison|hmp|limited|ltd|homes|university|england|wales|committee|rail|group)\b",
    re.I,
)
_DRESSED = ("{r}", "PFD {r}", "Ref: {y} – {n}", "{y}/{n}", "Regulation 28 report no. {r}", "pfd-{y}-{n}")
_PDFS = {
    "grenfell": ("Grenfell-Phase2-Response.pdf", "UK Government"),
    "blood": ("Volume_1-Blood-Inquiry-Response.pdf", "UK Government"),
    "disorder": ("Summer2024-Disorder-Response.pdf", "Home Office"),
}


def row(id_: str, source: str, kind: str, right: Iterable[str], **said: str) -> Row:
    return {"id": id_, "source": source, "kind": kind, "right": " ".join(right), **said}


def coroners() -> Iterator[Row]:
    """Replies to reports with one addressee: the list itself says which report each file answers."""
    replies = [
        one for one in _single_replies() if _ORGANISATION.search(one[1]) and _ORGANISATION.search(one[4])
    ]
    known = {one["ref"] for one in rows(*REPORTS)}
    for at, (ref, who, link, day, _) in enumerate(CHOSEN.sample(replies, 130)):
        right, (year, number) = f"pfd/{ref}/1", ref.split("-")
        if at < 60:
            key = _DRESSED[at % len(_DRESSED)].format(r=ref, y=year, n=number)
            yield row(f"pfd-{at}", "pfd", "number and body", [right], key=key, body=who)
        elif at < 80:
            yield row(f"pfd-{at}", "pfd", "address only", [right], link=link, title="Response")
        elif at < 105:
            yield row(f"pfd-{at}", "pfd", "day and body, no number", [right], body=who, asked_on=str(day))
        else:
            wrong = next(one for back in range(1, 9) if _unlike(one := f"{int(year) - back}-{number}", who))
            kind = "wrong year, on record" if wrong in known else "wrong year, not on record"
            yield row(f"pfd-{at}", "pfd", kind, [], key=wrong, body=who, link=link.replace(ref, wrong))


def _unlike(ref: str, who: str) -> bool:
    """Whether a report on record, or none, has this number and nobody of a like name is addressed in it."""
    ours = set(re.findall(r"\w{4,}", who.lower()))
    named = [name for one in rows(*REPORTS) if one["ref"] == ref for name in addressees(one)]
    return not any(ours & set(re.findall(r"\w{4,}", name.lower())) for name in named)


def _single_replies() -> list[tuple[str, str, str, date, str]]:
    found = []
    for report in rows(*REPORTS):
        names, day = addressees(report), report_day(report["date_of_report"])
        for link in (one.strip() for one in report["reply_urls"].split("|")):
            reply = _REPLY.search(unquote(link))
            if len(names) == 1 and day and reply and reply[1] == report["ref"]:
                found.append(
                    (report["ref"], reply[2].replace("-", " ").replace("_", " "), link, day, names[0])
                )
    return found


def initiatives() -> Iterator[Row]:
    for at, one in enumerate(rows("data", "samples", "eci", "answers_2026-02-09.csv")):
        number, body = one["registration_number"], "European Commission"
        right, day = [f"eci/{number}"], one["official_communication_adoption_date"]
        dressed = f"ECI({number[:4]}){number[5:]}"
        title = one["initiative_title"]
        said = {"body": body, "answered_on": day}
        yield row(f"eci-{at}a", "eci", "number and body", right, key=dressed, title=title, **said)
        yield row(f"eci-{at}b", "eci", "address only", right, link=one["response_url"], **said)
        yield row(f"eci-{at}c", "eci", "title and body", right, title=f"Commission reply: {title}", **said)
        near = f"{number[:5]}{int(number[5:]) + 1:06}"
        kind = "neighbouring number, same title"
        truth = [key for key in [f"eci/{near}"] if key in {one.key for one in on_record("eci")}]
        yield row(f"eci-{at}d", "eci", kind, truth, key=near, body=body)


def demo() -> Iterator[Row]:
    """Which response belongs to which item is a fact of the demo data; what its finding says is taken from the item."""
    record = {one.key: one for one in on_record("")}
    items = {one["id"]: one for one in rows("data", "demo", "items.csv")}
    documents = {one["id"]: one for one in rows("data", "demo", "documents.csv")}
    bodies = {one["id"]: one["name"] for one in rows("data", "demo", "bodies.csv")}
    for at, response in enumerate(rows("data", "demo", "responses.csv")):
        ids = [id_ for id_ in response["item_ids"].split(";") if f"demo/{id_}/" in " ".join(record)]
        if response["position"] == "none" or not ids:
            continue
        named = response["body"].split(";")
        owed = [key for key in record if any(key.startswith(f"demo/{id_}/") for id_ in ids)]
        right = [key for key in owed if key.rpartition("/")[2] in named] or owed
        item = items[ids[0]]
        document = documents[item["document_id"]]
        same = [key for key in right if items[key.split("/")[1]]["short_title"] == item["short_title"]]
        numbered = [key for key in right if items[key.split("/")[1]]["ref"] == item["ref"]]
        source, body = f"demo/{document['process_id']}", "; ".join(bodies[one] for one in named)
        said = {
            "body": body,
            "answered_on": response["published_on"] if len(response["published_on"]) == 10 else "",
        }
        words = item["short_title"].split()
        part = "Response on: " + " ".join(words[: max(3, len(words) * 2 // 3)])
        yield row(
            f"demo-{at}a",
            source,
            "reference, document, body",
            numbered,
            key=item["ref"],
            document=document["title"],
            **said,
        )
        yield row(f"demo-{at}b", source, "two thirds of the title, body", same, title=part, **said)


def _replies(name: str) -> tuple[str, list[Finding]]:
    file, body = _PDFS[name]
    path, address = shared("data", "samples", "inquiries", file), f"https://source.example.org/{file}"
    page = page_of(path.read_bytes(), address=address, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
    source = Source(name, "response_pdf", address, {"body_name": body})
    return address, [one for one in response_pdf.read(page, source) if isinstance(one, Finding)]


def inquiries() -> tuple[list[Row], list[Row]]:
    items, labels = [], []
    for name in _PDFS:
        _, replies = _replies(name)
        numbers = [str(one.extra["item"]) for one in replies]
        for at, one in enumerate(replies):
            words = str(one.extra["recommendation"]).split()
            title = " ".join(words[:16])
            items.append({"inquiry": name, "number": numbers[at], "title": title, "body": one.body_name})
            said = {"body": one.body_name, "document": str(one.extra["document"])}
            right = [f"{name}/{numbers[at].replace(' ', '')}"]
            if at % 3 == 0:
                heading = f"Recommendation {numbers[at]}"
                labels.append(
                    row(f"{name}-{at}a", name, "number", right, key=numbers[at], title=heading, **said)
                )
            if at % 3 == 1:
                quoted = " ".join(words[4:24])
                labels.append(
                    row(f"{name}-{at}b", name, "quoted words, no number", right, text=quoted, **said)
                )
        labels.append(
            row(
                f"{name}-x",
                name,
                "a number nobody has",
                [],
                key="97",
                document=str(replies[0].extra["document"]),
            )
        )
    return items, labels


def reviews() -> Iterator[Row]:
    every = rows("data", "samples", "upr", "sessions_17-20.csv")
    for at in CHOSEN.sample(range(len(every)), 60):
        one = every[at]
        words = one["Text"].split()
        same = [
            n
            for n, other in enumerate(every, 1)
            if (other["To"], other["Text"].split()) == (one["To"], words)
        ]
        body = f"Government of {one['To']}" if at % 2 else one["To"]
        said = " ".join(words[1:-1] if len(words) > 6 else words)
        yield row(f"upr-{at}", "upr", "quoted words, body", [f"upr/{n}" for n in same], text=said, body=body)


def questions() -> Iterator[Row]:
    for at, one in enumerate(one for one in on_record("questions") if one.source == "questions"):
        number, body = one.candidate.names[0], one.candidate.bodies[0]
        words = one.candidate.title.split()
        if at % 2:
            yield row(
                f"question-{at}", "questions", "number and body", [one.key], key=f"UIN {number}", body=body
            )
        else:
            half = " ".join(words[8:])
            yield row(f"question-{at}", "questions", "part of the words", [one.key], title=half, body=body)


def consultations() -> Iterator[Row]:
    wanted = [
        one for one in on_record("govuk") if one.key.startswith(("govuk/consultation", "govuk/publication"))
    ]
    for at, one in enumerate(wanted):
        link, title = one.candidate.addresses[0], one.candidate.title
        same = [each.key for each in wanted if each.candidate.addresses == one.candidate.addresses]
        yield row(
            f"govuk-{at}a",
            "govuk",
            "address",
            same,
            link=f"{link}?utm_source=mail#outcome",
            body=one.candidate.bodies[0],
        )
        yield row(f"govuk-{at}b", "govuk", "title", same, title=f"{title}: government response")


def write(name: str, lines: Iterable[Row], columns: Sequence[str] = COLUMNS) -> None:
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    asked, replied = inquiries()
    write("inquiry_items", asked, ("inquiry", "number", "title", "body"))
    write("inquiries", replied)
    write("pfd", coroners())
    write("eci", initiatives())
    write("demo", demo())
    write("upr", reviews())
    write("questions", questions())
    write("govuk", consultations())
