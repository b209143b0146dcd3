"""The deadline rules as data: every field, as JSON and as a table."""

import json

from flask import Blueprint, Response

from tracker.rendering import table as csv
from tracker.web.access import Access, access
from tracker.web.api.rule_shape import RULE, rule_cells
from tracker.web.public.rules import rule_of, wanted

blueprint = Blueprint("rules_as_data", __name__)


@blueprint.get("/rules.json")
@access(Access.PUBLIC)
def rules_json() -> Response:
    """The same rules with every field."""
    _given, found = wanted()
    return _as_json(
        {"data": [RULE.data(rule) for rule in found], "meta": {"total": len(found), "next": None}}
    )


@blueprint.get("/rules.csv")
@access(Access.PUBLIC)
def rules_csv() -> Response:
    """The same rules as a table: one column for each field."""
    _given, found = wanted()
    columns = [field.name for field in RULE.fields]
    answer = Response(
        csv.table(columns, map(rule_cells, found)), content_type=f"{csv.CONTENT_TYPE}; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="rules.csv"'
    return _open(answer)


@blueprint.get("/rules/<string:key>.json")
@access(Access.PUBLIC)
def rule_json(key: str) -> Response:
    """One rule with every field."""
    return _as_json(RULE.data(rule_of(key)))


def _as_json(data: object) -> Response:
    return _open(Response(json.dumps(data, ensure_ascii=False) + "\n", content_type="application/json"))


def _open(answer: Response) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
