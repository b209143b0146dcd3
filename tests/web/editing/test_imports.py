"""The page of imports: a table uploaded, its columns chosen, seen first, imported, taken back by an administrator."""

from io import BytesIO

from flask import Flask
from sqlmodel import select

from tests.services.entered import NOW
from tests.web.editing.conftest import Person, person
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.import_ordered import AT_WORK, import_ordered
from tracker.storage.tables import Body, ImportAct

ROWS = b"No,What,Who,By\n1,<script>alert(1)</script>,Ministry A,2026-12-31\n2,Open the data,Ministry B,03/04/2026\n"
FILE = "/edit/imports/files/1"


def upload(somebody: Person) -> None:
    somebody.get("/edit/imports")
    sent = somebody.post("/edit/imports", file=(BytesIO(ROWS), "plan.csv"), preset="own")
    assert (sent.status_code, sent.headers["Location"]) == (303, FILE)
    assert somebody.get(FILE).status_code == 200


def chosen(somebody: Person) -> None:
    columns = {"column__0": "key", "column__1": "title", "column__2": "lead", "column__3": "due"}
    somebody.post(FILE, draft="1", process="A plan", basis="promise", item="commitment", **columns)


def test_columns_are_chosen_with_their_values_in_sight_and_nothing_is_imported_yet(editor: Person) -> None:
    upload(editor)
    assert "Ministry A" in editor.page
    assert "<script>alert(1)" not in editor.page
    chosen(editor)
    assert "row 3, By" in editor.page
    assert "{What}" in editor.page
    assert "Nothing was imported yet" in editor.get("/edit/imports").get_data(as_text=True)


def test_a_table_is_imported_and_taken_back_as_a_whole(app: Flask, editor: Person) -> None:
    upload(editor)
    chosen(editor)
    mapping = editor.client.get(f"{FILE}/mapping.toml").get_data(as_text=True)
    assert "[[addressee]]" in mapping
    assert editor.post(FILE, mapping=mapping, apply="1").headers["Location"] == "/edit/imports/1"
    assert editor.get("/edit/imports/1").status_code == 200
    assert "Open the data" in editor.client.get("/processes/a-plan").get_data(as_text=True)
    assert editor.post("/edit/imports/1/undo").status_code == 403
    admin = person(app, "admin")
    admin.get("/edit/imports/1")
    assert admin.post("/edit/imports/1/undo").status_code == 303
    assert "Open the data" not in admin.client.get("/processes/a-plan").get_data(as_text=True)


def test_the_file_of_somebody_else_is_not_there(editor: Person, reviewer: Person) -> None:
    upload(editor)
    assert reviewer.get(FILE).status_code == 404


def test_an_empty_file_and_a_broken_mapping_are_said(editor: Person) -> None:
    editor.get("/edit/imports")
    assert editor.post("/edit/imports", file=(BytesIO(b""), "a.csv")).status_code == 422
    upload(editor)
    assert editor.post(FILE, mapping="[process").status_code == 422
    assert "not TOML" in editor.page


def test_a_pdf_is_refused_with_what_the_pages_can_do_and_zero_bytes_are_no_text(editor: Person) -> None:
    editor.get("/edit/imports")
    assert editor.post("/edit/imports", file=(BytesIO(b"%PDF-1.7 a report"), "a.csv")).status_code == 422
    assert "This is a PDF, and only tables are read here" in editor.page
    assert "preset" not in editor.page.partition("This is a PDF")[2][:300]
    editor.post("/edit/imports", file=(BytesIO(bytes(1000)), "a.csv"), preset="own")
    editor.get(FILE)
    assert "it holds nothing but zero bytes" in editor.page and "is empty" not in editor.page


def test_a_large_table_is_imported_by_the_worker_and_the_page_says_how_far_it_is(
    app: Flask, editor: Person
) -> None:
    rows = b"".join(b"%d,Open the data %d,Ministry A,2026-12-31\n" % (n, n) for n in range(AT_WORK + 1))
    editor.get("/edit/imports")
    editor.post("/edit/imports", file=(BytesIO(b"No,What,Who,By\n" + rows), "plan.csv"), preset="own")
    editor.get(FILE)
    chosen(editor)
    mapping = editor.client.get(f"{FILE}/mapping.toml").get_data(as_text=True)
    assert editor.post(FILE, mapping=mapping, apply="1").headers["Location"] == FILE
    assert "It waits for the worker" in editor.get(FILE).get_data(as_text=True)
    found = app.extensions["answerby"]
    assert import_ordered(found.database, found.now, lambda: False) == 1
    assert editor.get(FILE).headers["Location"] == "/edit/imports/1"
    assert import_ordered(found.database, found.now, lambda: False) == 0


def test_an_import_of_another_group_is_not_seen(app: Flask, editor: Person) -> None:
    upload(editor)
    chosen(editor)
    mapping = editor.client.get(f"{FILE}/mapping.toml").get_data(as_text=True)
    editor.post(FILE, mapping=mapping, apply="1")
    with app.extensions["answerby"].database.writing() as session:
        session.get(ImportAct, 1).actor = "group:others"
    assert editor.get("/edit/imports/1").status_code == 404
    assert "plan.csv" not in editor.get("/edit/imports").get_data(as_text=True)


def test_a_name_like_a_known_body_is_asked_and_no_second_body_is_made(app: Flask, editor: Person) -> None:
    rows = b"No,What,Who,By\n1,Open,Min. of Watter,2026-12-31\n2,Shut,Salt Board,2026-12-31\n"
    known = EnterBody(name="Ministry of Water", jurisdiction="GB")
    with app.extensions["answerby"].database.writing() as session:
        key = enter_body(session, NOW, known, actor="group:test").key
    editor.get("/edit/imports")
    editor.post("/edit/imports", file=(BytesIO(rows), "plan.csv"), preset="own")
    editor.get(FILE)
    chosen(editor)
    assert "Bodies that would be made" in editor.page
    assert "Salt Board" in editor.page
    answer = {"unknown__0": "Min. of Watter", "called__0": key}
    assert editor.post(FILE, called="1", **answer).status_code == 200
    mapping = editor.client.get(f"{FILE}/mapping.toml").get_data(as_text=True)
    assert f'"Min. of Watter" = "{key}"' in mapping
    editor.post(FILE, mapping=mapping, apply="1")
    with app.extensions["answerby"].database.reading() as session:
        names = {one.name for one in session.execute(select(Body)).scalars()}
    assert "Salt Board" in names
    assert "Min. of Watter" not in names


def test_an_error_after_a_hundred_questions_is_still_shown_and_says_how_to_mend_it(editor: Person) -> None:
    rows = b"".join(b"%d,Open the data,Ministry A,some day\n" % number for number in range(120))
    editor.get("/edit/imports")
    sent = BytesIO(b"No,What,Who,By\n" + rows + b",Shut it,Ministry A,some day\n")
    editor.post("/edit/imports", file=(sent, "plan.csv"), preset="own")
    editor.get(FILE)
    chosen(editor)
    assert "The first 100 are shown." in editor.page
    assert "row 122, No" in editor.page
    assert "Fill it in, or take the key out of the mapping" in editor.page
