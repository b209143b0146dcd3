"""A sheet of paper for each plan: one row per item, short addresses, a code that leads to the page as it is now."""

from typing import Any

from flask import Blueprint, render_template, request

from tracker.rendering.pictures.qr import qr_code
from tracker.storage.plans import PlanItem, count_items, owing_by_item, plan_items
from tracker.web.access import Access, access
from tracker.web.filters import full_address
from tracker.web.known_arguments import insist_on
from tracker.web.paging import Paging, insist_on_page, page_number
from tracker.web.plan_of import SEEN, PlanOf, plan_asked
from tracker.web.plan_page import NOTHING_OWED
from tracker.web.site import site
from tracker.web.when import when

blueprint = Blueprint("sheets", __name__)
ITEMS, BODIES = 200, 6
"""Items of one sheet, and bodies named in a row."""


@blueprint.get("/processes/<key:key>/sheet", defaults={"noun": "processes"})
@blueprint.get("/documents/<key:key>/sheet", defaults={"noun": "documents"})
@access(Access.PUBLIC)
def sheet(noun: str, key: str) -> str:
    """Made to be printed on A4; `?codes=1` gives every row a code of its own."""
    insist_on((*SEEN, "page", "codes"))
    seen, number = when(), page_number("page")
    with_codes = request.args.get("codes", "") not in ("", "0")
    with site().database.reading() as session:
        of = plan_asked(session, noun, key)
        items = plan_items(session, of.about, seen.moment, limit=ITEMS, offset=(number - 1) * ITEMS)
        total = count_items(session, of.about, seen.moment)
        paging = Paging(total, number, ITEMS, _kept(seen.arguments, with_codes))
        insist_on_page(number, paging.pages)
        owing = owing_by_item(session, [item.id for item in items], seen.moment, most=BODIES)
        return render_template(
            "dashboards/sheet.html",
            of=of,
            process=of.process,
            when=seen,
            rows=[(item, owing.get(item.id, NOTHING_OWED)) for item in items],
            address=full_address(of.path),
            code=qr_code,
            codes=with_codes,
            short=lambda item: _short(of, item),
            paging=paging,
        )


def _short(of: PlanOf, item: PlanItem) -> str:
    return full_address(f"/processes/{of.process.key}/{item.number}")


def _kept(arguments: dict[str, str], codes: bool) -> dict[str, Any]:
    return {**arguments, **({"codes": "1"} if codes else {})}
