"""English: how ministries, councils and companies say where they stand on a recommendation."""

from tracker.domain.marking.forms import form
from tracker.domain.words import Position

WHO = (
    r"(?:we|i|they|it|both|(?:the |this |his majesty['’]s |her majesty['’]s |our "
    r"|my )?(?:[\w’'-]+ ){0,6}?(?:gover"
    r"nment|governments|department|departments|ministry|"
    r"minister|ministers|secretary of state|council|councils|trust|board|commission|commissioner|agency"
    r"|regulator|authority|"
    r"company|office|service|services|police|officials|team|college|committee of ministers|administration"
    r"|executive|panel|group|"
    r"partners|bureau|institute|bank|association|operator|school|schools|nurse|officer|director|inspectorate"
    r"|university|hospital|force|forces|directorate|cabinet|parliament|state|unit|taskforce)|"
    r"(?-i:[A-Z][A-Z&]{1,9}\b(?: England| Digital)?|[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|of|for|and|the)){0,7}(?:"
    r" \([A-Z]+\))?))"
)
_TAKE = r"(?:accept(?:s|ed|ing)?|agree(?:s|d|ing)?|concur(?:s|red)?|endorse(?:s|d)?|support(?:s|ed)?)"
_SPIRIT = (
    r"\b(?:accept|agree|support|share|endorse)\w* (?:with |to )?(?:the |its |this )?(?:\w+ )?"
    r"(?:principles?|intent(?:ion)?s?|spirit|thrust|aims?|objectives?)\b"
)
_NO = (
    r"(?:not|cannot|can ?not|can['’]t|don['’]t|doesn['’]t|won['’]t|unable to|no longer|never|refus\w+ to"
    r"|neither|nor)"
)
_REC = r"(?:recommendations?|proposals?|suggestions?|conclusions?|calls?|requests?|points?|measures?|asks?)"
_OTHERS = (
    r"\b(?:respondents?|stakeholders?|consultees?|the (?:committee|inquiry|assembly|jury|ombudsman|coroner"
    r"|panel)|members of the "
    r"public|many|most people|campaigners|the previous \w+|previously|unions?)\b[^.,;]{0,50}\b(?:accept"
    r"|agree|support|endorse|concur|reject|disagree)"
)
_OBJECTS = (
    r"\b(?:must|should|may|shall) not accept\b|\b(?:earlier|previous|other) (?:review|report|inquiry)\b|"
    r"\bplease accept\b|\b(?:accept|agree|support)\w* (?:full |the )?(?:responsibility|liability|applications?"
    r"|payments?"
    r"|referrals?|patients|evidence|blame"
    r"|calls|cash|terms|a deal|timetables?|dates?|that (?:more|mistakes|there (?:were|was|is)|this (?:was"
    r"|is)|it was))\b"
)
_MAYBE = (
    r"\b(?:if|whether|unless|were|minded|could|may|might|would (?:be able|need)|consider(?:ing)?|decide"
    r"|before)\b[^.]{0,60}\b" + _TAKE
)
_SUPPORTING = (
    r"\bsupport(?:s|ed|ing)?\b(?! (?:this|the|these|that|your|all)\b[^.]{0,40}\b" + _REC + r"| in principle)"
)

POSITIONS = (
    form(
        rf"\b(?:partially|partly|in part|in large part|broadly|mostly|to some extent|(?:{_NO}) (?:fully"
        rf"|wholly|entirely))\b[^.]{{0,20}}\b(?:{_TAKE}|reject\w*)"
        rf"|\b{_TAKE}\b[^.;]{{0,80}}?\b(?:in part|partially|partly|in large part|subject to|with the exception"
        r" of|except (?:for|that)|only (?:the|to))"
        rf"|\b{_TAKE}\b[^.;]{{0,40}}?\b(?:some|parts?|elements?|the (?:first|second) (?:part|half|limb)"
        r"|most) (?:of|but)?"
        rf"|\b{_TAKE}\b[^.;]{{0,90}}\b(?:and|but) (?:\w+ ){{0,2}}not (?:to|for|in|the|with)\b"
        rf"|\bimplement\w* (?:\w+ )?(?:in part|partially|partly)\b",
        unless=_OTHERS
        + "|"
        + _MAYBE
        + "|"
        + _SUPPORTING
        + "|"
        + _SPIRIT
        + r"|\b(?:earlier|previous|other|last) (?:\w+ )?(?:review|report|inquiry|committee)",
        position=Position.IN_PART,
    ),
    form(
        rf"\b{_TAKE}\b[^.;]{{0,200}}?\b{_REC}?[^.;]{{0,40}}?\b(?:but|however|although"
        rf"|while)\b[^.]{{0,60}}\b{_NO}\b"
        rf"[^.]{{0,25}}\b(?:{_TAKE}|adopt|implement)",
        unless=_OTHERS + "|" + _MAYBE,
        position=Position.IN_PART,
    ),
    form(
        rf"\b{_TAKE}\b(?:(?!\b{_NO}\b)[^.;])*?\bin principle\b|\bin principle\b[^.;]{{0,30}}\b{_TAKE}"
        rf"|\b{_TAKE} (?:with |to )?(?:the |its |this )?(?:\w+ )?(?:principles?|intent(?:ion)?s?|spirit"
        r"|thrust|aims?|objectives?|sentiment|ambition)\b"
        rf"|\b(?:share|support)s? the (?:\w+['’]s? )?(?:aims?|intent(?:ion)?s?|objectives?|spirit|principle)\b",
        unless=_OTHERS + "|" + _MAYBE,
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b{_NO}\b[^.,;]{{0,30}}\b(?:{_TAKE}|adopt|implement|take (?:this |the )?\w* ?forward|proceed"
        r" with|in a position to (?:accept|agree|support))\b"
        r"|\b(?:reject|declin|disagree|oppos)(?:e|es|ed|s|ing)?\b|\b(?:is|are) not (?:accepted|agreed"
        r"|supported|persuaded|convinced)\b",
        unless=_OTHERS
        + "|"
        + _MAYBE
        + r"|\b(?:must|should|may|shall) not accept|accept (?:the|this) (?:criticism|view"
        r"|suggestion that|premise|characteri)|not (?:yet )?in"
        r" a position to (?:respond|reply|say)|decline (?:in|of)\b|(?:has|have|was|were) declin|as opposed"
        r"|opposed to (?:the|a)|rejected (?:applications?|claims?)",
        position=Position.REJECTED,
    ),
    form(
        r"\b(?:do|does|did) not (?:\w+ )?(?:consider|believe|think|see|regard)\b[^.]{0,90}\b(?:necessary"
        r"|appropriate|needed?|required|right|proportionate|justified|merit|case|value|beneficial|helpful"
        r"|desirable|practical|feasible|sensible|should|would)\b"
        r"|\b(?:has|have|had|is|are|with)? ?no (?:current |present )?(?:plans?|intention)s? to\b|\bno"
        r" (?:\w+ ){0,2}(?:action|change|legislation|measure|amendment|act|repeal)s? (?:\w+ ){0,5}?(?:is|are"
        r"|will be|has been|was|were)"
        r" (?:proposed|planned|taken|needed|required|necessary|intended|made)\b|\btak(?:e|es|en"
        r"|ing) no (?:further )?action\b"
        r"|\bwould (?:therefore |also )?be (?:un(?:targeted|fair|necessary|workable|affordable|desirable|wise)"
        r"|disproportionate|inappropriate|premature|counter-?productive|(?:too )?(?:costly|expensive)|wrong)\b"
        r"|\b(?:is|are) (?:\w+ )?not (?:\w+ )?(?:needed|necessary|warranted|justified)\b"
        r"|\b(?:cannot|unable to|not able to) do (?:this|that|so|what)\b|\bnot (?:be )?tak(?:e"
        r"|ing) (?:any )?(?:further )?action\b|\bpolicy (?:\w+ )?not to\b|\b(?:is|are) not (?:an? "
        r"|the )?(?:suitable|appropriate|right"
        r"|proportionate|effective|proper)"
        r" (?:means|way|tool|vehicle|approach|mechanism|route)\b"
        r"|(?<!\bit)(?<!\bthis)(?<!\bthat) will not (?:\w+ly )?(?:extend|revoke|repeal"
        r"|ban|grant|fund|allow|require|provide|increase|remove|amend|publish|establish|commission|reopen"
        r"|support|set|build|pay)\b"
        r"|\bwill not (?:be )?(?:\w+ )?(?:make|making|introduce|adopt|implement|pursue|proceed|bring"
        r"|propos|table|change|create|legislate|submit)\w*|\bdecided (?:not to|against)|\b(?:does|do)"
        r" not (?:currently |presently )?(?:intend|propose|plan)\b|\b(?:will|shall) not be (?:taking"
        r"|taken|adopt|implement|introduc|chang|pursu|mak)"
        r"|\b(?:not|neither) (?:be )?(?:appropriate|necessary|proportionate|feasible|possible) to (?:implement"
        r"|adopt|introduce|require|legislate|set|create|do so)",
        unless=_OTHERS + r"|\bdid not consider evidence",
        position=Position.REJECTED,
        weak=True,
    ),
    form(
        r"\binstead\b|^\W*rather than [^.]{3,120}, (?:\w+ ){1,6}(?:will|shall|intends?|is|are|has|have)\b"
        r"|\bapproach\b[^.]{0,60}\bdiffers?\b|\balternative (?:approach|measure|means|proposal"
        r"|solution|way|route|action)|\bby other means\b|\bin (?:a|another) different way\b"
        r"|\b(?:achieve|deliver|meet|address|secure)s? (?:this|the same|these|that|the) (?:\w+ )?(?:aims?"
        r"|outcomes?|objectives?|ends?|intent(?:ion)?|purpose|result) (?:by|through|via|in)\b|\bdifferent"
        r" (?:approach|means|route)",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        r"[\w)\]'’] (?:\w+ly |also |has |have |had |therefore |can |is (?:happy|pleased|content) to "
        rf"|are (?:happy|pleased|content) to |both |all |hereby ){{0,3}}(?:accept(?:s|ed)?|agrees?|concur(?:s"
        rf"|red)?|endorse[sd]?"
        r"|agreed(?= (?:with|and|to (?:accept|implement|adopt|take|this|these|your|all))\b|[.,;]|$))(?!\w)"
        rf"|\b{WHO} (?:\w+ly |also |has |have ){{0,2}}support(?:s|ed)? (?:this|the|these|that|your|all)\b[^.]"
        rf"{{0,40}}\b{_REC}"
        rf"|\b{WHO} (?:\w+ly |also |has |have ){{0,2}}supports? the (?:\w+ )?(?:setting up|establishment"
        rf"|creation|introduction"
        r"|adoption|extension|inclusion|publication|appointment|development) of\b"
        r"|\bimplement(?:ing|ed) (?:it |this )?(?:fully|in full)\b"
        r"|^(?:\W*(?:government |our )?(?:response|position|status|decision"
        r"|recommendations?(?: \d+\w*)?)\s*[:–-]?\s*)?(?:fully )?(?:accept(?:ed"
        r")?|agreed?|supported|implemented)\b(?: in full)?\s*(?:[.,;:–-]|$)"
        rf"|\b(?:this|the|these|that|your|all|both|\w+) (?:[\w’'-]+ )?{_REC}(?: \d+\w*)? (?:is|are|has"
        r" been|have been|was|were) (?:\w+ly |also |therefore |already )?(?:accepted|agreed|supported"
        r"|endorsed|adopted|implemented)"
        r"|\b(?:will|have|has|fully|already|to)(?: \w+ly)? (?:be )?(?:implement|adopt|accept)(?:ed|ing)?"
        rf" (?:this|the|these|your|all|that)\b[^.]{{0,40}}\b{_REC}",
        unless=_OTHERS
        + "|"
        + _OBJECTS
        + "|"
        + _MAYBE
        + r"|agreed? (?:to (?:meet|write)|a |an |on )|\b(?:was|were) agreed (?:with|between|by)\b",
        position=Position.ACCEPTED,
    ),
    form(
        rf"^\W*noted\b|\b(?:views?|points?|comments?|concerns?|findings?|observations?)\b[^.]{{0,40}}\b(?:is"
        rf"|are|has been|have been) noted\b|\b(?:note|notes|noted|takes? note of"
        rf"|took note of)\b[^.]{{0,60}}\b{_REC}|\b{_REC}\b[^.]"
        rf"{{0,30}}\b(?:is|are|has been|have been) noted\b",
        unless=r"as noted|please note|note that the (?:report|figures)|noted (?:in|above|that)",
        position=Position.NOTED,
    ),
)
