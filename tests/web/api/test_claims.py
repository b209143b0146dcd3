"""Claims and statements by the API: written with a token, read by anybody, side by side."""

from tests.web.api.test_writing import hired
from tests.web.open_site import Opened, answer_late, small_site
from tracker.domain.words import UserRole

__all__ = ["small_site"]


def test_speakers_are_written_and_read_side_by_side(small_site: Opened) -> None:
    writer, owed = hired(small_site, "ada", UserRole.EDITOR), small_site.ids["water"]
    said = {"obligations": [owed], "claimed": "2026-05", "url": "https://water.example/plan"}
    writer.post("/claims", speaker="body", state="complete", as_written="Done", **said)
    reviewer = {"speaker": "reviewer", "speaker_name": "Audit Office", "state": "limited"}
    writer.post("/claims", **reviewer, **said)
    found = small_site.json(f"/api/v1/claims?obligation={owed}")
    assert [(row["speaker"], row["state"]) for row in found["data"]] == [
        ("body", "complete"),
        ("reviewer", "limited"),
    ]
    assert found["meta"]["total"] == 2
    assert writer.refused("/claims", speaker="reviewer", state="limited", **said) == "speaker_name"
    assert small_site.json("/api/v1/claims?speaker=body", 400)["errors"][0]["name"] == "speaker"
    assert small_site.json("/api/v1/claims")["meta"]["total"] == 2


def test_the_askers_word_on_a_response(small_site: Opened) -> None:
    answer_late(small_site)
    writer, owed = hired(small_site, "ada", UserRole.EDITOR), small_site.ids["water"]
    key = small_site.json(f"/api/v1/responses?obligation={owed}")["data"][0]["key"]
    word = {"asker": "The assembly", "text": "Not what we asked.", "stated": "2026-05-20"}
    where = {"obligation": owed, "url": "https://assembly.example/reply"}
    writer.post("/statements", response=key, mark="C", **word, **where)
    [row] = small_site.json(f"/api/v1/statements?obligation={owed}")["data"]
    assert (row["asker"], row["mark"]) == ("The assembly", "C")
    assert writer.refused("/statements", response="no-such", **word, **where) == "response"
