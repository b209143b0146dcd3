"""English: positions told by what is taken up or left, by no objection, by an earlier acceptance, or in a few words."""

from tracker.domain.marking.forms import Form, form
from tracker.domain.words import Position

_REC = r"(?:recommendations?|proposals?|suggestions?|requests?|petition|measures?)"
_TAKE = r"(?:accept|agree|approve|support|endorse|adopt|implement)(?:s|d|ed)?"
_NTH = r"(?:first|second|third|last|latter|former|other)"

TURNS: tuple[Form, ...] = (
    form(
        r"\b(?:not|no)\b[^.]{0,120}\bbut\b[^.]{0,60}\b(?:meet|achiev|address|deliver|pursu|secur|reach)\w*"
        r"[^.]{0,60}\b(?:aims?|intent\w*|objectives?|purpose|goals?|outcomes?|result)\b[^.]{0,50}\b(?:by other"
        r" means|differently|in (?:a|an|another) \w* ?way|another way|other ways|through|by \w+ing)\b",
        position=Position.ALTERNATIVE,
    ),
    form(
        r"^\W*(?:although|while|whilst|though|even though) (?:[\w'-]+ ){1,6}?(?:not|no) [^,]{3,100}, (?:[\w'-]+"
        r" ){1,5}?will (?!not|repl|respon|consider|keep|write|study|examine|review|look)"
        r"|\b(?:made|chosen|taken|choose|prefer|opted for|taking) (?:an?|the|another) ?(?:\w+ )?(?:different"
        r"|other|another) (?:choice|course|path|option|solution|route|line)\b"
        r"|\bin a (?:way|manner|form) (?:different|other)\b|\b(?:different|other) (?:way|route|means|path) (?:from"
        r"|than) (?:that|the one)\b",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b{_TAKE}\b[^.;]{{0,60}}(?:,| but| though| although),? (?:but |though |although )?not (?:to|for|with|in"
        rf"|on|the)\b|\b(?:only the {_NTH}\b|the {_NTH} (?:part|limb|point|element|half) only)"
        rf"|\b{_TAKE} (?:\w+ )?the {_NTH}\b[^.]{{0,60}}\b(?:{_NTH}|rest|remainder)\b[^.]{{0,40}}\b(?:not|reject"
        r"|declin|ruled out|dismissed)",
        unless=r"\b(?:whether|if|would|could)\b|but not (?:limited|yet)|not (?:to|in|for) (?:the )?detriment",
        position=Position.IN_PART,
    ),
    form(
        rf"\b(?:broadly|in (?:substance|essence|broad terms)|essentially|for the most part) {_TAKE}\b"
        rf"|\b{_TAKE} (?:with )?(?:this|the|your|that) (?:\w+ )?{_REC} (?:in substance|in essence|in broad terms"
        r"|in its essentials)\b",
        unless=r"\b(?:respondents|stakeholders|many|most|whether)\b",
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b{_REC}(?: \d+\w*)?(?:, (?:however|on the other hand|by contrast),)? (?:is|was|are|were|will) not\W*$"
        rf"|\b{_REC}\b[^.;]{{0,30}}\b(?:will|can|could) not(?:,? \w+,?)? be (?:\w+ )?(?:included|incorporated"
        r"|carried over|taken forward|pursued|met)\b"
        rf"|\b{_REC}\b[^.;]{{0,30}}\b(?:has been|was|is) (?:left|kept) out\b",
        position=Position.REJECTED,
    ),
    form(
        r"\b(?:has|have|see|sees|raises?|with) no (?:\w+ )?(?:objections?|difficulty|difficulties|reservations?)"
        rf"\b(?: to| with| in| about)[^.;]{{0,50}}(?:{_REC}|accept|adopt|implement|this\b)",
        unless=r"\bin principle\b",
        position=Position.ACCEPTED,
        own_denial=True,
    ),
    form(
        rf"\b(?:when|in) (?:we |it )?accept(?:ed|ing) (?:your|the|this|that) (?:\w+ )?{_REC}"
        rf"|\b{_REC}(?: \d+\w*)?, [^.,;]{{3,60}}, (?:is|are|has|have|was)(?: \w+){{0,3}} (?:implemented|accepted"
        r"|agreed|complied with|carried out|completed|fulfilled|adopted)\b"
        rf"|\b{_REC} \d+\w*, (?:however|by contrast|on the other hand), (?:is|was|has been)\W*$"
        r"|^\W*(?:yes|agreed)\s*[:–—-]\s*(?:\w+ )?(?:agree|accept|support|we|it|this|will)\w*",
        unless=r"\b(?:if|whether|would)\b",
        position=Position.ACCEPTED,
    ),
    form(
        r"\b(?:will|shall) (?:\w+ )?do (?:exactly )?what [^.;]{3,60}\b(?:ask|recommend|propos|suggest|call|want"
        r"|request)\w*",
        position=Position.ACCEPTED,
        weak=True,
    ),
)
