"""YAML as data files use it: every value stays text; what can build or multiply things is refused, not read."""

from typing import Any

import yaml

from scrapers.model import Json
from scrapers.strict_json import DEEPEST
from scrapers.tables.refused import Unusable

_NOTHING = frozenset({"null", "~", "Null", "NULL"})


class _AsText(yaml.CBaseLoader):
    """Mappings, lists and text; a name given twice is refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        if len(set(map(str, names))) < len(names) or "<<" in names:
            raise _refused("A name is given twice, or merges another mapping", node.start_mark)
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise _refused("A name is a list or a mapping", node.start_mark)
        return super().construct_mapping(node, deep=True)

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        value = str(super().construct_scalar(node))
        return "" if node.style is None and value in _NOTHING else value


def loaded(text: str) -> Json:
    """What the one document of the file holds; raises Unusable with the line it stumbles at."""
    try:
        _insist_plain(text)
        found: Json = yaml.load(text, Loader=_AsText)  # noqa: S506 - builds mappings, lists and text only
    except (yaml.YAMLError, UnicodeError) as error:
        said = str(getattr(error, "problem", None) or "This is no YAML")[:100]
        raise _refused(said[0].upper() + said[1:], getattr(error, "problem_mark", None)) from None
    return found


def _insist_plain(text: str) -> None:
    """No anchors, aliases or tags: they build objects, or a great deal out of little; and no bottomless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _refused("Anchors, aliases and tags of YAML are not read here", event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unusable("too_deep", f"The data is nested more than {DEEPEST} levels deep: flatten it.")


def _refused(why: str, mark: Any) -> Unusable:
    where = f"line {mark.line + 1}" if mark else ""
    return Unusable("yaml_unread", f"{why}: save the file as JSON.", where)
