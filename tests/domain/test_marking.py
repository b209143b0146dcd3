"""Sentences of replies: how they are taken apart, what each looks like, and what follows for one item."""

import pytest

from tracker.domain.marking.forms import Code
from tracker.domain.marking.marks import marked
from tracker.domain.marking.passage import passage_of
from tracker.domain.marking.proposal import propose
from tracker.domain.marking.sentences import sentences_of
from tracker.domain.words import ObligationKind, Position, ResponseKind, Verdict


def texts(text: str) -> list[str]:
    return [one.text for one in sentences_of(text)]


def codes(text: str, **known: str) -> set[Code]:
    return {mark.code for one in marked(text, **known) for mark in one.marks}


def test_abbreviations_numbers_and_initials_end_no_sentence() -> None:
    text = "Dr. J. Smith, e.g. at para. 3.5 of No. 12, asked 1.5 times. The U.K. Government agreed."
    assert texts(text) == [
        "Dr. J. Smith, e.g. at para. 3.5 of No. 12, asked 1.5 times.",
        "The U.K. Government agreed.",
    ]
    assert len(texts("M. le ministre cite l'art. 4 et le n° 12. Il accepte.")) == 2
    assert len(texts("El Sr. ministro cita el art. 4 y el núm. 12. Lo acepta.")) == 2


def test_headings_and_lists_stand_alone_and_wrapped_lines_do_not() -> None:
    text = "Recommendation 4\nWe accept this and will\nact on it.\n• publish a guide\n• train staff\n\n1. The first point"
    assert texts(text) == [
        "Recommendation 4",
        "We accept this and will act on it.",
        "• publish a guide",
        "• train staff",
        "1. The first point",
    ]


def test_a_sentence_knows_its_place_in_the_text() -> None:
    text = "  Noted.  We will\n act now. "
    assert [text[one.start : one.end] for one in sentences_of(text)] == ["Noted.", "We will\n act now."]


@pytest.mark.parametrize(
    ("text", "kind", "position"),
    [
        (
            "We accept this recommendation and will do it in due course.",
            ResponseKind.REPLY,
            Position.ACCEPTED,
        ),
        ("We will respond in due course.", ResponseKind.HOLDING, None),
        ("Nous acceptons cette recommandation, le moment venu.", ResponseKind.REPLY, Position.ACCEPTED),
        ("Une réponse vous sera apportée en temps utile.", ResponseKind.HOLDING, None),
        ("Se acepta la recomendación en su momento.", ResponseKind.REPLY, Position.ACCEPTED),
        ("Se le remitirá una respuesta en su momento.", ResponseKind.HOLDING, None),
        ("Noted.", ResponseKind.REPLY, Position.NOTED),
        ("The government does not accept this recommendation.", ResponseKind.REPLY, Position.REJECTED),
        (
            "Le ministère n'est pas en mesure d'accepter cette recommandation.",
            ResponseKind.REPLY,
            Position.REJECTED,
        ),
        ("No se acepta la recomendación.", ResponseKind.REPLY, Position.REJECTED),
        ("We accept this recommendation in principle.", ResponseKind.REPLY, Position.IN_PRINCIPLE),
        ("The recommendation is partially accepted.", ResponseKind.REPLY, Position.IN_PART),
        ("No action is proposed because the ward has closed.", ResponseKind.REPLY, Position.REJECTED),
    ],
)
def test_what_a_reply_is_and_where_it_stands(
    text: str, kind: ResponseKind, position: Position | None
) -> None:
    proposal = propose(marked(text))
    assert (proposal.kind, proposal.position) == (kind, position)


@pytest.mark.parametrize(
    "text",
    [
        "If the Committee accepts this, we could consider it.",
        "We will decide whether to accept this recommendation.",
        "Respondents agreed with the recommendation.",
        "We accept full responsibility for what happened.",
        "The previous government accepted this recommendation.",
    ],
)
def test_conditions_other_people_and_other_things_accepted_are_no_position(text: str) -> None:
    assert Code.POSITION not in codes(text)


def test_what_was_asked_is_not_the_bodys_word_even_where_it_quotes_it() -> None:
    asked = "The Government should accept a statutory duty of candour for all public servants by 2027."
    text = f"{asked} You recommended that we accept it at once. We will reply in June."
    proposal = propose(marked(text, asked=asked))
    assert (proposal.kind, proposal.position) == (ResponseKind.HOLDING, None)
    assert Code.POSITION not in codes('The report says "the Government accepts this recommendation in full".')


def test_a_sentence_on_another_recommendation_does_not_count_for_this_one() -> None:
    text = "We accept recommendation 12. We will publish a plan for recommendations 10 to 14."
    assert propose(marked(text, number="12")).position is Position.ACCEPTED
    other = propose(marked(text, number="3"))
    assert (other.kind, other.position, other.verdict) == (None, None, None)


def test_each_point_is_shown_with_its_sentence_and_a_verdict_only_where_it_is_plain() -> None:
    text = "We accept this recommendation. The Home Office will publish a guide by May 2027."
    proposal = propose(marked(text))
    assert [one.quote for one in proposal.for_point("position")] == ["We accept this recommendation."]
    assert [one.number for one in proposal.for_point("date")] == [2]
    assert proposal.verdict is Verdict.SUBSTANTIVE
    assert propose(marked("We accept this recommendation.")).verdict is None
    assert propose(marked("Thank you for your letter.")).verdict is Verdict.NOT
    assert propose([]).kind is None


def test_a_delivery_is_read_for_evidence_and_days() -> None:
    proposal = propose(marked("We have published the register on 3 May 2026."), ObligationKind.DELIVER)
    assert proposal.kind is ResponseKind.COMPLETION_REPORT
    assert proposal.for_point("evidence") and proposal.for_point("when") and proposal.verdict is None


def test_a_language_without_rules_gets_no_marks() -> None:
    text = "Die Bundesregierung nimmt die Empfehlung an und wird bis Ende des Jahres einen Entwurf vorlegen."
    assert codes(text) == set()


def test_the_passage_on_an_item_reaches_from_its_heading_to_the_next() -> None:
    text = "Contents\nRecommendation 1\nRecommendation 2\n\nRecommendation 1: Yes, at once.\nRecommendation 2: No.\nNever."
    start, end = passage_of(text, "R2")
    assert text[start:end].strip() == "Recommendation 2: No.\nNever."
    assert passage_of(text, "9") == (0, len(text)) == passage_of(text, "")
    joined = "Recommendations 3 to 5\nAccepted.\nRecommendation 6\nNoted."
    start, end = passage_of(joined, "4")
    assert "Accepted" in joined[start:end] and "Noted" not in joined[start:end]


@pytest.mark.parametrize(
    ("language", "text", "position"),
    [
        ("fr", "Nous n'avons aucune difficulté à recruter du personnel dans nos hôpitaux.", None),
        ("es", "No tenemos inconvenientes de personal en los hospitales este año.", None),
        ("fr", "Le ministère n'a aucune objection à cette recommandation.", Position.ACCEPTED),
        ("es", "El Ministerio no ve objeción a esta recomendación.", Position.ACCEPTED),
    ],
)
def test_no_objection_is_acceptance_only_of_what_was_asked(
    language: str, text: str, position: Position | None
) -> None:
    found = {mark.position for said in marked(text, language=language) for mark in said.marks}
    assert found - {None} == ({position} if position else set())
