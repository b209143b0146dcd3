"""What a sentence of a reply looks like, how sure that is, and why something is proposed, in the reader's language."""

from collections.abc import Mapping

from tracker.domain.marking.forms import Code
from tracker.domain.marking.marks import Mark
from tracker.domain.marking.proposal import Why
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.words import word

CODES: Mapping[Code, str] = {
    Code.POSITION: N_("position"),
    Code.REASON: N_("reason"),
    Code.ACTION: N_("action"),
    Code.OWNER: N_("who"),
    Code.DATE: N_("date"),
    Code.HOLDING: N_("answer announced"),
    Code.ACKNOWLEDGEMENT: N_("thanks or receipt"),
    Code.REFERRAL: N_("sends elsewhere"),
    Code.NEIGHBOUR: N_("another item"),
    Code.QUOTED: N_("what was asked"),
}
WHY: Mapping[Why, str] = {
    Why.STATES_POSITION: N_("It says where the body stands."),
    Why.STATES_BOTH: N_("It takes one part and refuses another."),
    Why.WEAK_POSITION: N_("It does not say so in plain words, but what it says amounts to it."),
    Why.ONLY_NOTED: N_("It only takes note."),
    Why.NAMES_ACTION: N_("It names what was or will be done."),
    Why.GIVES_REASONS: N_("It gives reasons, but no position in plain words."),
    Why.PROMISES_REPLY: N_("It announces an answer and says nothing on the substance."),
    Why.REPLY_AND_LATER: N_("It says something already and announces more."),
    Why.THANKS_ONLY: N_("It thanks or confirms receipt, and says no more."),
    Why.SENDS_ELSEWHERE: N_("It sends the asker to somebody else."),
    Why.SPEAKS_OF_OTHERS: N_("All of it repeats what was asked or speaks of other items."),
    Why.NOTHING_FOUND: N_("Nothing in it looks like a position, a reason or an action."),
    Why.NO_TEXT: N_("No text of it is on record: a person has to read it at its address."),
}


def mark_label(mark: Mark, tongue: Tongue) -> str:
    """What a mark says, a position with its word."""
    said = tongue.say(CODES[mark.code])
    return f"{tongue.colon(said)} {word(mark.position, tongue)}" if mark.position else said


def how_sure(share: float, tongue: Tongue) -> str:
    """How often such a mark was right on the labelled replies."""
    return tongue.say(N_("right %(n)s times in 100 on labelled replies"), n=round(100 * share))


def why_words(why: Why, tongue: Tongue) -> str:
    """A reason for a proposal."""
    return tongue.say(WHY[why])
