"""A reply's file or address is read into the form: kept as evidence, its text beside the items it speaks of."""

from flask import request
from flask_babel import gettext as _

from tracker.domain.marking.passage import passage_of
from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.services.enter_process import url_complaints
from tracker.services.take_reply import Reply, keep_reply, reply_at, reply_of_file
from tracker.storage.entries import Owed
from tracker.storage.tables import Page
from tracker.web.editing.form import LONGEST_TEXT, Form
from tracker.web.editing.room import attempt
from tracker.web.site import site


def take(form: Form) -> list[str]:
    """Read the file that was sent, else what stands at the address; what a person has to know about it."""
    try:
        reply = _sent(form)
    except NotAccepted as refused:
        form.refuse(refused.refusals)
        return []
    kept = attempt(form, lambda session: keep_reply(session, reply))
    form.typed["page_sha256"] = kept or ""
    form.typed["text"] = reply.text
    said = _("It is kept as evidence, seen by its link only until it is released. Its text stands below.")
    return [said, *(_(note) for note in reply.notes)]


def _sent(form: Form) -> Reply:
    cage, gate, sent = site().extras.get("report_cage"), site().gate, request.files.get("file")
    if cage is None:
        raise NotAccepted([refuse("file", "This site reads no files: paste the text instead.")])
    if sent is not None and sent.filename:
        return reply_of_file(cage, sent.read(), site().now())
    url = form.text("url")
    missing = [] if url else [refuse("url", "Give an address, or choose a file.")]
    insist([*url_complaints("url", url), *missing])
    if gate is None:
        raise NotAccepted([refuse("url", "This site fetches nothing: upload the reply, or paste its text.")])
    return reply_at(gate, cage, url)


def evidence(form: Form) -> str | None:
    """The page that was kept a moment ago, if there was one."""
    typed = form.text("page_sha256")
    with site().database.reading() as session:
        known = bool(typed) and session.get(Page, typed) is not None
    return typed if known else None


def passages(form: Form, found: list[Owed]) -> dict[int, str]:
    """Where the text speaks of each item ticked, by the item's number; nothing where it does not say."""
    text = form.value("text").strip()[:LONGEST_TEXT]
    ticked = set(form.ids("obligations")) if text else set()
    parts = {one.id: passage_of(text, one.item.ref) for one in found if one.id in ticked}
    return {id_: text[start:end] for id_, (start, end) in parts.items() if (start, end) != (0, len(text))}
