"""What narrows a list, as lists of their own: topics, kinds of process, jurisdictions and watchdog groups."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from tracker.assets import translations
from tracker.domain.kinds import Kind, kinds, topics
from tracker.domain.words import ItemKind, ObligationKind
from tracker.rendering.places import place_name
from tracker.rendering.tongue import tongue
from tracker.storage import groups, processes
from tracker.web.api.operations import Call, Operation, Rows, missing
from tracker.web.api.parameters import PAGING, Parameter, key_in_path, short_text
from tracker.web.api.shapes import ADDRESS, TEXT, Field, Schema, Shape, many, maybe, words

ENGLISH = tongue("en", translations())
IN_LANGUAGES: Schema = {"type": "object", "additionalProperties": TEXT}
URL = "Its permanent page."


def _url(folder: str) -> Callable[[Any], str]:
    return lambda pair: f"{pair[0]}/{folder}/{_key(pair[1])}"


def _key(thing: Any) -> str:
    return str(getattr(thing, "key", thing))


TOPIC = Shape(
    "Topic",
    "One of the top topics.",
    (
        Field("key", TEXT, "Its permanent key.", lambda p: p[1].key),
        Field("name", TEXT, "Its name.", lambda p: p[1].in_language("en")),
        Field("names", IN_LANGUAGES, "Its name by language.", lambda p: dict(p[1].words)),
        Field("synonyms", many(TEXT), "Free tags beneath it.", lambda p: sorted(p[1].synonyms)),
        Field("url", ADDRESS, URL, _url("topics")),
    ),
)


def _names(kind: Kind) -> Mapping[str, str]:
    return {language: said.one for language, said in kind.words.items()}


KIND = Shape(
    "Kind",
    "A kind of process.",
    (
        Field("key", TEXT, "Its permanent key.", lambda p: p[1].key),
        Field("name", TEXT, "What one is called.", lambda p: p[1].in_language("en").one),
        Field("names", IN_LANGUAGES, "The same by language.", lambda p: _names(p[1])),
        Field("about", TEXT, "What it is.", lambda p: p[1].in_language("en").about),
        Field("item", words(ItemKind), "What it produces.", lambda p: p[1].item),
        Field("obligation", words(ObligationKind), "What is owed.", lambda p: p[1].obligation),
        Field(
            "rule",
            maybe(TEXT),
            "Key of the rule it offers; never applied by itself.",
            lambda p: p[1].rule or None,
        ),
        Field("url", ADDRESS, URL, _url("kinds")),
    ),
)
JURISDICTION = Shape(
    "Jurisdiction",
    "A place some public process belongs to.",
    (
        Field("code", TEXT, "Its code, such as GB or GB-SCT.", lambda p: p[1]),
        Field("name", TEXT, "Its name.", lambda p: place_name(p[1], ENGLISH)),
        Field("url", ADDRESS, URL, _url("jurisdictions")),
    ),
)
GROUP = Shape(
    "Group",
    "A watchdog group: who judges, and who pays it.",
    (
        Field("key", TEXT, "Its permanent key.", lambda p: p[1].key),
        Field("name", TEXT, "Its name.", lambda p: p[1].name),
        Field("about", TEXT, "What it says of itself.", lambda p: p[1].about),
        Field("paid_by", TEXT, "Who pays it.", lambda p: p[1].paid_by),
        Field("website", TEXT, "Its own pages.", lambda p: p[1].website),
        Field("url", ADDRESS, URL, _url("groups")),
    ),
)
_ALL: tuple[tuple[str, str, str, Shape, Callable[[Session], Sequence[Any]]], ...] = (
    ("topics", "topic", "Top topics.", TOPIC, lambda _session: list(topics().values())),
    ("kinds", "kind", "Kinds of process.", KIND, lambda _session: list(kinds().values())),
    (
        "jurisdictions",
        "jurisdiction",
        "Places of the public processes.",
        JURISDICTION,
        processes.jurisdictions,
    ),
    ("groups", "group", "Watchdog groups.", GROUP, groups.all_groups),
)


_CODE = Parameter("key", "Its code.", {**TEXT, "maxLength": 20}, short_text, in_path=True, required=True)


def listing(shape: Shape, every: Callable[[Session], Sequence[Any]]) -> Callable[[Call], Rows]:
    """The view of a short list; the cursor is the place in it."""

    def listed(call: Call) -> Rows:
        found, begin, end = every(call.session), call.cursor, call.cursor + call.per_page
        data = [shape.data((call.base, one)) for one in found[begin:end]]
        return Rows(data, len(found), end if end < len(found) else None)

    return listed


def single(noun: str, shape: Shape, every: Callable[[Session], Sequence[Any]]) -> Callable[[Call], Any]:
    """The view of one of them."""

    def one(call: Call) -> dict[str, object]:
        key = call.values["key"]
        found = next((one for one in every(call.session) if _key(one) == key), None)
        if found is None:
            raise missing(noun, key)
        return shape.data((call.base, found))

    return one


SHAPES = (TOPIC, KIND, JURISDICTION, GROUP)
OPERATIONS = tuple(
    operation
    for folder, noun, about, shape, every in _ALL
    for operation in (
        Operation(f"/{folder}", about, shape, listing(shape, every), PAGING, is_list=True),
        Operation(
            f"/{folder}/{{key}}",
            f"One {noun}.",
            shape,
            single(noun, shape, every),
            (_CODE if noun == "jurisdiction" else key_in_path("Its key."),),
        ),
    )
)
