"""English: positions by verb, tense and object, as ministries, councils, companies and reviews put them."""

from tracker.domain.marking.forms import Form, form
from tracker.domain.marking.heads import heads
from tracker.domain.words import Position

_THING = (
    r"(?:recommendations?|proposals?|suggestions?|requests?|calls?|measures?|decisions?|advice|findings?"
    r"|changes?|reforms?|amendments?|motions?|points?|petition)"
)
_THE = r"(?:this|the|these|those|that|your|all|both|its|their|each|any|such an?|(?:the |this )?[\w-]+['’]s?)"
_OBJECT = (
    rf"(?:{_THE} (?:of (?:the|these|your|its) )?(?:[\w’'-]+ ){{0,4}}?{_THING}|recommendations?|rec\.? \d)"
)
_ASKED = (
    rf"(?:{_THE} (?:of (?:the|these|your|its) )?(?:[\w’'-]+ ){{0,4}}?(?:recommendations?|proposals?"
    rf"|suggestions?|requests?|petition)"
    r"|recommendations?|(?:rec\.?|points?|paragraphs?|parts?) \(?(?:\d|[a-f]\b))"
)
_TAKE = (
    r"(?:accept|agree|concur|support|endorse|adopt|implement|follow|act on|comply with|carry out|give effect to"
    r"|take (?:up|forward|on)|fulfil|honou?r|approve|pursue|action|progress|proceed with|put in(?:to)? (?:place"
    r"|practice|effect))"
)
_TAKEN = (
    r"(?:accepted|agreed|supported|endorsed|adopted|implemented|followed|acted (?:up)?on"
    r"|complied with|carried out"
    r"|given effect|taken (?:up|forward|on)|fulfilled|honoured|approved|pursued|actioned|put in(?:to)? (?:place"
    r"|practice|effect))"
)
_TAKING = (
    r"(?:accepting|adopting|implementing|following|acting (?:up)?on|complying with|carrying out"
    r"|giving effect to"
    r"|taking (?:up|forward|on)|proceeding with)"
)
_MAY = (
    r"(?:will|shall|(?:fully |also )?intends? to|plans? to|commits? to|undertakes? to|(?:is"
    r"|are) (?:committed|going|happy|content|pleased|glad|willing|able) to|has (?:decided|resolved|agreed"
    r"|committed|undertaken) to|have (?:decided|resolved|agreed|committed|undertaken) to|(?:decided"
    r"|resolved|agreed) to|can)"
)
_AD = r"(?:\w+ly |also |now |therefore |already |be |to |gladly |all )"
_UNSURE = (
    r"\b(?:whether|if|unless|before|consider(?:s|ing)?|would|could|might|may|recommend\w* that"
    r"|asked? (?:us|that|the \w+)"
    r"|calls? on|urged?|should|must|in order to|how (?:to|we))\b[^.]{0,80}"
)
_NEG = r"(?:not|cannot|can['’]t|don['’]t|doesn['’]t|won['’]t|never|no longer)"
_AIM = (
    r"(?:aims?|intent(?:ion)?s?|objectives?|spirit|thrust|principles?|ambitions?|goals?|purpose|sentiment"
    r"|idea|rationale)"
)
_ASKER = (
    r"(?:committee|panel|assembly|jury|coroner|inquiry|ombudsman|board|commission|auditor|office"
    r"|inspector\w*|review|citizens|petitioners?)"
)

_LABELS = (
    r"(?:[\w’'/-]+ ){0,4}(?:response|reply|position|status|decision|answer|view|opinion|determination|outcome"
    r"|comments?|commitment)s?(?: (?:to|on) [^:.]{1,60})?|recommendations? (?:no\.? )?\d[\w.]*|\d+(?:\.\d+)*"
)
_ONE = (
    r"(?:accept(?:ed|s)?|agree(?:d|s)?|concur(?:red|s)?|support(?:ed|s)?|endorse[ds]?|approved?|adopt(?:ed)?)"
)
_DO = r"(?:implement(?:ed|ing)?)"
_NOT_ONE = (
    rf"(?:(?:is |are |was )?not (?:to be )?(?:{_ONE}|{_DO}|taken forward)|(?:do(?:es)?|did) not {_ONE}"
    rf"|reject(?:ed|s)?"
    r"|declin(?:ed?|es)|disagree(?:d|s)?|non-?\s?concur\w*|unsupported|refused?|oppose[ds]?|no further action"
    r"|no action(?: proposed| taken| required)?|dismissed)"
)
HEADS: tuple[Form, ...] = (
    *heads(
        _LABELS,
        {
            Position.IN_PART: rf"(?:partial(?:ly)?|partly|in part)(?:,? |-)(?:{_ONE}|{_DO}|acceptance"
            rf"|agreement)(?: (?:and|/) [\w ]+)?"
            rf"|(?:{_ONE}|{_DO})(?:,? |-)\(?(?:in part|partially|partly|to (?:a limited|some) extent"
            rf"|with (?:\w+ )?(?:modifications?"
            r"|amendments?|qualifications?|reservations?|exceptions?|changes|conditions|caveats))",
            Position.IN_PRINCIPLE: rf"{_ONE}[ ,(-]{{1,2}}in[ -]principle"
            r"|in[ -]principle[ ,-]{{1,2}}{_ONE}|in[ -]principle",
            Position.REJECTED: rf"{_NOT_ONE}|no(?=\s*\.\s*$)",
            Position.ACCEPTED: rf"(?:fully |all |wholly |strongly )?(?:{_ONE}|{_DO})(?: in full| fully"
            rf"| without reservations?)?|yes(?=\s*\.\s*$)"
            r"|yes(?=, (?:we|it|the [\w ]{3,30}) (?:will|accept|agree|support))",
            Position.NOTED: r"(?:duly )?noted?(?: with (?:thanks|interest))?|for noting",
        },
    ),
)

STANCES: tuple[Form, ...] = (
    form(
        rf"\b(?:{_TAKE}|share|understand)\w* (?:with )?(?:the |its |this "
        rf"|your )?(?:[\w’'-]+ ){{0,3}}?{_AIM}\b[^.]{{0,120}}\b(?:but|however"
        r"|although|yet)\b[^.]{0,80}\b(?:different|another|other means|instead|rather than"
        r"|alternative|better (?:achieved|met|served))\b"
        rf"|\b{_NEG}\b[^.;]{{0,30}}\b{_TAKE}\b[^.]{{0,120}}\b(?:will instead|instead will"
        rf"|but will instead|but instead|and instead)\b"
        r"|^\W*alternative (?:action|measure|approach)\b",
        position=Position.ALTERNATIVE,
    ),
    form(
        r"^\W*(?:rather than|instead of|in place of) [^.]{3,120}, (?:[\w’'-]+ ){1,6}(?:propos|plan"
        r"|prefer|has|have|would|intend|will|is|are)\w*\b"
        r"|\bpropos\w+ (?:an? |the )?(?:\w+ )?alternative\b|\bprefers? to (?:\w+ ){1,6}(?:through|by"
        r"|via|with)\b|\b(?:through|by|via) [^.]{3,60} (?:rather than|instead of)\b",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b(?:{_ONE}|{_TAKE}|{_TAKING}|{_TAKEN})\b[^.;]{{0,80}}?\b(?:with (?:\w+ )?(?:modifications?"
        rf"|amendments?|qualifications?|reservations?"
        r"|caveats)|insofar as|in so far as|to (?:a limited|some) extent|only (?:as regards"
        r"|in relation to|in respect of|where|partially|in part)"
        r"|but only|save (?:for|that|in)|apart from|but not (?:the|for|to|in|all|its|part)"
        r"|other than (?:for|in|the)|excluding)\b"
        rf"|\b(?:parts?|elements?|aspects?|the (?:first|second|third|latter|former) (?:part|limb|half"
        rf"|element|point)) of {_OBJECT} (?:is|are|has been|have"
        rf" been) (?:\w+ly )?{_TAKEN}"
        rf"|\b{_ONE}\b[^.]{{0,120}}(?:[;,]| and| but) (?:and "
        rf"|but )?(?:[\w’'-]+ ){{0,4}}?(?:{_NEG} (?:\w+ ){{0,2}}{_TAKE}|{_NEG} (?:the|part|parts)\b"
        r"|reject(?:s|ed)?|declines?|disagrees?)\b"
        rf"|\b(?:{_NEG} (?:\w+ )?{_TAKE}|reject(?:s|ed)?|disagrees?)\b[^.]{{0,120}}\b(?:but|however"
        rf"|though)\b,? (?:[\w’'-]+ ){{0,3}}?(?:accept|agree|"
        rf"support)(?:s|ed)? (?:with )?(?:parts?|elements?|points?|recommendation|the (?:second|first"
        rf"|other|rest|remainder|latter))\b"
        rf"|\b(?:accept|support|agree)s? (?:to |with )?most\b|\b(?:partial(?:ly)?|partly"
        rf"|in part) (?:in )?(?:{_ONE}|agreement|acceptance|concurrence)\b",
        unless=rf"{_UNSURE}{_TAKE}|\b{_AIM}\b|\bin principle\b",
        position=Position.IN_PART,
    ),
    form(
        rf"\bno objections? in principle|\bin principle\b[^.;]{{0,20}}\b(?:no objection|content"
        rf"|supportive|in favour|favour)|\b(?:supportive of|in favour of|content with|comfortable with)"
        rf" (?:the|this) (?:\w+ )?{_AIM}\b|\b(?:supportive|in favour)\b[^.;]{{0,40}}\bin principle\b"
        rf"|\bsympathetic to (?:the|this|its)\b[^.;]{{0,30}}\b{_AIM}\b"
        rf"|\b(?:accept|agree|support|endorse|share)s? (?:with )?(?:the |its |this "
        rf"|your )?(?:[\w’'-]+ ){{0,2}}?{_AIM} (?:of|behind|underlying|underpinning)\b",
        unless=_UNSURE + _TAKE,
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b(?:not (?:currently |presently |yet )?(?:minded|inclined|willing|prepared|in a position"
        rf"|able|going)|unwilling|unable|regrets? that \w+ (?:is|are) unable)"
        rf" to (?:\w+ly )?(?:{_TAKE}|fund|grant|meet) (?:to |with |this|the|your|that|it|these|such)"
        r"|\bnot (?:\w+ly )?(?:in (?:favour|agreement|support)|supportive|favour)\b|\bnon-?concur\w*"
        r"|\b(?:request|recommendation|proposal|petition|suggestion)s? (?:is|are|has been|have been"
        r"|was|were) (?:\w+ly |therefore )?(?:refused|declined|turned down|dismissed)\b"
        rf"|\b(?:does|do|did) not (?:\w+ly )?(?:share|subscribe to) (?:the |this |that |your "
        rf"|its )?(?:[\w’'-]+ ){{0,3}}?(?:views?|opinions?|assessment|position|conclusions?"
        r"|analysis|recommendations?)\b|\b(?:takes?|holds?|has|have) (?:an? )?(?:different|opposite"
        r"|contrary) (?:view|position|opinion)\b"
        r"|\b(?:has|have)? ?rul(?:ed|es|ing) out\b|\b(?:not|nor) (?:\w+ )?(?:enjoy(?:ed)? (?:the|our"
        r"|its) support|have (?:the|our) support)"
        rf"|\b{_NEG}\b (?:\w+ly )?(?:be (?:\w+ly )?)?(?:{_TAKING}|{_TAKEN}|{_TAKE})(?: with"
        rf"| to)? (?:this|it|{_OBJECT})\b"
        rf"|\b{_OBJECT} (?:will|shall|can|could|is|are|has|have|was|were)(?: therefore| also)? ?(?:not"
        rf"|cannot) (?:therefore |to )?(?:been |be |being )?(?:\w+ly )?{_TAKEN}"
        rf"|\b(?:voted|resolved|decided|chose|chosen|elected) (?:against|not to) (?:\w+ )?(?:{_TAKE}"
        rf"|{_TAKING}|{_OBJECT})\b",
        unless=_UNSURE
        + rf"{_TAKE}|ruled out (?:by|as)|not (?:yet )?(?:been )?(?:decided|in a position to (?:say"
        rf"|respond|reply))",
        position=Position.REJECTED,
    ),
    form(
        r"\b(?:would|is|be) (?:not|neither|in)(?: be)? ?(?:\w+ly )?(?:appropriate|necessary|right"
        r"|proportionate|helpful|sensible|practicable|practical|feasible|possible"
        r"|justified|desirable|viable|workable)\b(?! to (?:respond|reply|comment|say|answer|provide))"
        r"|\b(?:sees?|saw|find|finds|found|there (?:is|are|was)|remains?) (?:currently "
        r"|therefore )?(?:no|little|insufficient) (?:\w+ ){0,2}?(?:need|case|reasons?|grounds?"
        r"|justification"
        r"|merit|basis|benefit|evidence that|requirement) (?:for|to|in|that)\b|\b(?:do"
        r"|does) not see (?:the|a|any) (?:need|case|reason|benefit|merit)\b"
        r"|\b(?:existing|current|present) (?:[\w-]+ ){1,3}(?:is|are|remains?) (?:already "
        r"|\w+ly )?(?:sufficient|adequate|appropriate|enough|fit for purpose"
        r"|effective)\b(?! for (?:most|some|many))"
        r"|\b(?:consider|regard|think|find|believe|view)s? [^.;]{3,60}\b(?:unnecessary"
        r"|disproportionate|inappropriate|unworkable|premature|unjustified|undesirable"
        r"|unaffordable)\b|\bnot something (?:[\w-]+ ){1,4}(?:able|can|could|will|willing|wish)"
        r"|\bnot (?:our|its|the \w+['’]s) (?:policy|intention) to\b|\bwould (?:neither"
        r"|not) (?:\w+ )?(?:be (?:an? )?(?:appropriate|effective|proportionate|good)|serve|help|add)\b",
        unless=r"\b(?:whether|if|may|might)\b|no need to (?:reply|respond|contact)"
        r"|evidence that (?:the patient|he|she)",
        position=Position.REJECTED,
        weak=True,
    ),
    form(
        rf"\b{_MAY} {_AD}{{0,3}}(?:{_TAKE}|{_TAKING}) (?:with |to )?{_ASKED}\b|\bcommit(?:s"
        rf"|ted)? to {_TAKING} {_ASKED}\b"
        rf"|\b(?:has|have|had) {_AD}{{0,3}}{_TAKEN} (?:with |to )?{_ASKED}\b"
        rf"|\b{_ASKED} (?:\d+\w* )?(?:will|shall|is|are|has|have|was|were)(?: been| be| being"
        rf"| to be)? {_AD}{{0,2}}(?:being |in the process of being )?(?:{_TAKEN})\b(?! by the (?:commit"
        rf"tee|inquiry|panel))"
        rf"|\b(?:is|are|am|in) (?:\w+ )?in (?:\w+ )?agreement with {_ASKED}|\b(?:enjoys?|has"
        rf"|have) (?:the|our|its|my|\w+['’]s) (?:full |strong )?support\b"
        rf"|\b(?:approves?|approved|agreed|adopts|adopted|takes? up|took up) (?:of )?{_ASKED}\b"
        rf"|\b(?:recommendations?"
        rf"|proposals?) (?:adopted|approved|agreed|accepted|implemented)\b\W*$"
        r"|\b(?:accept|agree with|endorse|support)(?:s)? (?:this|it) (?:fully|in full"
        r"|without reservation)|\bagrees? to do (?:so|this)\b|\b(?:considered|examined|reviewed"
        r"|discussed) [^.;]{3,80} and (?:\w+ly |now |therefore )?(?:accepts?|agrees?|supports?"
        r"|endorses?)\b|\b(?:accepts?|supports?|endorses?|agrees? with"
        r"|implementing) recommendations? \d|\b(?:will|shall|to) (?:be )?tak(?:e|ing) (?:it|this"
        r"|them) forward\b|\b(?:will|shall|to) (?:be )?(?:implement|adopt|accept|follow"
        r"|act on)(?:ing)? (?:it|them)\b"
        rf"|\b(?:do|does) (?:accept|agree|support|concur)\b|\b(?:is|are) (?:fully "
        rf"|strongly )?(?:supportive|in favour) of {_ASKED}",
        unless=rf"{_UNSURE}(?:{_TAKE}|{_TAKEN})|\b(?:respondents|stakeholders|most|many|unions?|members"
        rf"|previous)\b[^.]{{0,40}}\b(?:support|agree|accept)"
        r"|\b(?:will|has|have) (?:\w+ )?consider(?!ed)|being taken forward|\bfindings? (?:of|will)"
        r"|progress (?:on|report)|report on",
        position=Position.ACCEPTED,
    ),
    form(
        rf"\bshares? (?:the |your |this )?(?:[\w’'-]+ ){{0,2}}?{_ASKER}['’]s? (?:views?|opinion"
        rf"|assessment|conclusions?|position)\b"
        rf"|\b(?:we|i|it|they|(?:the )?[\w]+) (?:will|shall) (?:therefore |now |gladly )?do (?:so|this"
        rf"|what (?:the|is)|as (?:the )?\w+ (?:asks?|recommends?|proposes?|suggests?))\b",
        unless=r"\bwill do so (?:again|if|should|when we (?:reply|respond))|\b(?:repl|respon)\w+",
        position=Position.ACCEPTED,
        weak=True,
    ),
    form(
        r"\b(?:note[sd]?|tak(?:e|es|en|ing) note of|took note of) (?:the |your |this |these |its "
        r"|that )?(?:[\w’'-]+ ){0,3}?(?:recommendations?|proposals?|suggestions?|comments?|views?"
        r"|advice"
        r"|observations?|findings?|conclusions?|points?)\b(?! (?:by|from) )",
        unless=r"\b(?:as|please|above|below) note|\bnote that\b|deadline",
        position=Position.NOTED,
    ),
)
