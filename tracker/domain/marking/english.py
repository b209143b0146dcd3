"""English: how ministries, councils and companies say what they do, why and when."""

import re

from tracker.domain.marking.english_positions import POSITIONS, WHO
from tracker.domain.marking.english_reasons import REASONS
from tracker.domain.marking.english_stances import HEADS, STANCES
from tracker.domain.marking.english_turns import TURNS
from tracker.domain.marking.forms import Code, Tongue, form
from tracker.domain.marking.heads import in_order

_BASE = (
    r"(?:publish|launch|introduce|establish|create|set up|set out|bring|lay|legislate|amend|revise|update"
    r"|review|consult|fund|invest|provide|"
    r"require|mandate|issue|develop|deliver|implement|commission|appoint|extend|strengthen|improve|increase"
    r"|reduce|expand|build|train|recruit|"
    r"make|write|work|take|begin|start|complete|conduct|carry|undertake|ensure|report|allocate|award"
    r"|roll|replace|remove|repeal|ban|enforce|monitor|"
    r"collect|share|test|pilot|trial|design|draft|produce|prepare|open|close|move|transfer|merge|adopt"
    r"|put|hold|host|convene|engage|support|"
    r"promote|encourage|help|give|use|add|include|install|upgrade|change|reform|propose|present|table"
    r"|submit|approve|agree|sign|ratify|direct|"
    r"instruct|ask|remind|audit|assess|evaluate|inspect|investigate|analyse|map|simplify|clarify|protect"
    r"|prevent|tackle|address|double|raise|"
    r"cut|pay|compensate|hire|employ|redesign|revisit|standardise|license|regulate|prohibit|apply|set"
    r"|go further|go beyond|lead|join|visit|"
    r"circulate|communicate|distribute|disseminate|incorporate|embed|maintain|continue (?:to|with|our)"
    r"|coordinate|co-ordinate|oversee|scrutinise|drive|progress|"
    r"cooperate|reinforce|enhance|explain|inform|notify|offer|organise|repair|restore|rewrite|secure"
    r"|send|stop|suspend|switch|"
    r"terminate|arrange|restrict|reinstate|seek|facilitate|consolidate|pursue|procure|modernise|accelerate"
    r"|amplify|align|integrate|streamline|finalise|confirm|scope|refine|factor|receive|meet|retain|withdraw"
    r"|delete|survey|discuss|phase|renovate|construct|hold|determine|release|define|fit|rebuild|reopen|enact)"
)
_PAST = (
    r"(?:published|launched|introduced|established|created|set (?:up|out)|brought|laid|legislated|amended"
    r"|revised|updated|reviewed|consulted|funded|"
    r"invested|provided|required|mandated|issued|developed|delivered|implemented|commissioned|appointed"
    r"|extended|strengthened|improved|increased|"
    r"reduced|expanded|built|trained|recruited|made|written|worked|taken|begun|started|completed|conducted"
    r"|carried|undertaken|ensured|reported|"
    r"allocated|awarded|rolled|replaced|removed|repealed|banned|enforced|monitored|collected|tested|piloted"
    r"|trialled|designed|drafted|produced|"
    r"prepared|opened|closed|moved|transferred|merged|adopted|put|held|hosted|convened|engaged|supported"
    r"|promoted|given|used|added|included|installed|"
    r"upgraded|changed|reformed|proposed|presented|tabled|submitted|approved|signed|ratified|directed"
    r"|instructed|reminded|audited|assessed|"
    r"evaluated|inspected|investigated|analysed|mapped|simplified|clarified|addressed|doubled|raised"
    r"|cut|paid|compensated|hired|employed|redesigned|"
    r"standardised|licensed|regulated|prohibited|applied|led|joined|visited|circulated|communicated|distributed"
    r"|disseminated|incorporated|embedded|"
    r"maintained|coordinated|co-ordinated|progressed|reinforced|enhanced|explained|informed|notified"
    r"|offered|organised|repaired|restored|rewritten|"
    r"secured|sent|stopped|suspended|switched|terminated|arranged|restricted|reinstated|sought|facilitated"
    r"|consolidated|procured|modernised|accelerated|aligned|integrated|streamlined|finalised|announced"
    r"|confirmed|enacted|achieved)"
)
_DONE = (
    rf"(?:{_PAST}|(?!receiv|consider|noted|rais|ask|accept|agreed|conclud|decid|shar|respond|listen|recogni"
    r"|need|want|seem|recommend|rejected|declined|indicated|referred|passed|acknowledged|confirmed|welcomed"
    rf"|stated|said|expressed|forwarded|identified)\w{{3,}}ed)"
)
_ING = r"(?:\w+ing)"
_DOING = (
    r"(?:(?:publish|launch|introduc|establish|creat|sett|bring|lay|legislat|amend|revis|updat|review|consult"
    r"|fund|invest|provid|requir|issu|develop|deliver|implement|commission|appoint|extend|strengthen|improv"
    r"|increas|reduc|expand|build|train|recruit|mak|work|tak|start|complet|conduct|carry|undertak|ensur|report"
    r"|allocat|roll|replac|remov|enforc|monitor|collect|test|pilot|trial|design|draft|produc|prepar|mov|transferr"
    r"|adopt|putt|hold|host|conven|engag|support|promot|encourag|help|us|add|install|upgrad|chang|reform"
    r"|propos|present|apply|lead|survey|discuss|refin|carry|assess|evaluat|inspect|investigat|mapp|address"
    r"|tackl|progress|finalis|scop|procur|moderni[sz]|accelerat|roll|writ|fitt|repair|renovat|construct|hir"
    r"|pay|expand|rewrit|redesign|phas|embedd|rolling)ing)"
)
_NOT_ING = (
    r"(?!considering|going|having|being|looking|reflecting|grateful|awaiting|thinking|reading|exploring|following"
    r"|according|including|facing|seeking views)"
)
_ADVERBS = (
    r"(?:\w+ly |also |now |already |therefore |then |further |soon |recently |all |together |both |additionally"
    r" |next |first |in turn |this (?:year|month) |last year |in \w+ \d{4} )"
)

_ACTIONS = (
    form(
        rf"\b{WHO},? {_ADVERBS}{{0,3}}(?:will|shall|(?:is|are|am) (?:going|due|set) to|intends? to|plans?"
        r" to|commits? to|committed to|(?:is|are) committed to|propos(?:e|es|ing) to|aims? to|undertakes?"
        r" to|agrees? to|has agreed to|have agreed to|has asked|have asked|has committed to|have committed"
        rf" to),? {_ADVERBS}{{0,3}}(?:be )?(?:{_BASE}|{_PAST}|{_ING})\b|\bcommit(?:s|ted)? to(?: the following)?:",
        unless=r"\bwill (?:\w+ly )?(?:write|provide|publish|issue|set out|send|respond|reply|give|report)\b"
        r"[^.]{0,60}\b(?"
        r":response|reply|answer|position|to you|you again)\b|\bwill continue to consider\b"
        r"|\bno (?:further )?action\b|\binform (?:our|its|their|the|any|future)\b",
    ),
    form(
        rf"\b(?:will|shall|is to|are to|due to|set to) (?:also |now |then |{_ADVERBS})?be (?:{_ADVERBS})?(?!conside"
        rf"r|inform|requir|need|determin|noted|delay|affect|pleased|considered){_DONE}\b",
        unless=r"\b(?:should|recommend\w*|response|reply|answer)\b[^.]{0,40}\b(?:to |will )be\b|\bneeds? to be\b",
    ),
    form(
        rf"\b{WHO},? (?:\w+ly,? |also |now |already |therefore ){{0,2}}(?:has|have|had) (?:since |{_ADVERBS})"
        rf"{{0,3}}(?:been )?{_DONE}\b",
        unless=r"\b(?:has|have) (?:\w+ly )?(?:asked|made|raised|received|given|provided|reported|identified)"
        r" (?:us|me|your?|in your|clear|that)\b|\b(?:if|whether) \w+ (?:has|have)\b",
    ),
    form(rf"\b(?:has|have) (?:now |already |also |since |recently )?been {_PAST}\b"),
    form(rf"(?:,|\band) (?:has|have) (?:now |also |already |since )?{_DONE}\b"),
    form(
        rf"(?<!\bthis)(?<!\bwhich)(?<!\bthat)(?<!\bthese)(?<!\bit) will {_ADVERBS}{{0,2}}(?!help|support"
        rf"|give|mean|allow|write|provide|publish|set out|send|report|issue|inform){_BASE}\b",
        unless=r"\bno (?:further )?action\b",
    ),
    form(
        r"\b(?:said|stated?|states|indicated?|indicates|confirmed|advised|noted) that (?:it|they|he|she"
        r"|the [\w ]{3,40}?)"
        rf" (?:would|will|planned to|plans to|intend(?:s|ed) to|expect(?:s"
        rf"|ed) to) (?:\w+ly )?(?:be )?(?:{_BASE}|{_PAST})\b",
        unless=r"\b(?:response|reply|answer)\b",
    ),
    form(
        rf"\bwill (?:\w+ly )?(?:be (?:\w+ly )?{_DOING}|have (?:the|our|all|its|every|each) [^.]{{3,60}} {_PAST})\b",
        unless=r"\b(?:response|reply|answer|responding|replying|writing)\b",
    ),
    form(rf"\bnext steps? (?:will be|would be|is|are) to (?:\w+ly )?{_BASE}\b"),
    form(
        r"\bwill be (?:\w+ly )?(?:available|in place|in force|in operation|operational|live|up and running"
        r"|running|open)\b",
        unless=r"\b(?:response|reply|answer|money|funding)\b",
    ),
    form(
        r"\b(?:it|we|they|the (?:[\w’'-]+ ){0,4}?[\w’'-]+) (?:also |then |since |\w+ly )?(?:published|launched"
        r"|introduced|established"
        r"|issued|adopted|appointed|commissioned|completed|installed|created|opened|set up|rewrote|replaced"
        r"|trained|recruited"
        r"|removed|updated|revised|amended|approved|funded|built) (?:its|an?|the|new|our|all|every|more|over"
        r"|\d+|two|three|four"
        r"|updated|revised|guidance|legislation)\b",
        unless=r"\b(?:committee|inquiry|coroner|assembly|jury|panel|members|petitioners?|report"
        r"|letter) (?:\w+ )?(?:published"
        r"|issued|established|commissioned|completed|set up|launched)",
    ),
    form(
        rf"\b(?:is|are|am) {_ADVERBS}{{0,2}}(?:committed to (?=\w+ing)|being {_DONE}|{_NOT_ING}{_DOING})\b",
        unless=r"\b(?:is|are|am) (?:currently |carefully |\w+ly )?(?:considering|working towards a response"
        r"|writing|responding|replying|aware|determined|grateful|sorry|pleased|required|supported|raised"
        r"|made|set out in your|taking advice|gathering|analysing your)\b",
    ),
    form(
        rf"(?:^|\b(?:we|i|the (?:[\w’'-]+ ){{0,4}}(?:government|department|ministry|council|trust|board"
        rf"|commission|agency|regulator|authority|company|office|service)|(?-i:[A-Z]{{2,9}})|which|and))"
        rf" (?:\w+ly |also |then ){{0,2}}(?:{_DONE}|wrote|withdrew|began|gave|took|met|ran|spent)\b"
        r"(?! (?:by|that|with|as|from|under|above)\b)(?= [^\s.])",
        unless=r"\b(?:you|committee|inquiry|report|coroner|assembly|members|respondents) (?:\w+ly )?(?:has "
        r"|have )?(?:proposed|asked|raised|made|set out|recommended|reported|requested)",
    ),
    form(
        rf"\b(?:was|were) (?:{_ADVERBS})?(?:published|launched|introduced|established|created|set up|amended"
        r"|revised|updated|appointed|extended|completed|implemented|issued|commissioned|announced|laid"
        r"|installed|replaced|removed|opened|adopted|circulated|enacted|made mandatory|brought into)\b",
        unless=r"\b(?:report|inquest|inquiry|petition)\b[^.]{0,40}\bwas (?:published|opened|launched|completed)",
    ),
)

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar"
    r"|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_WHEN = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}},? \d{{4}}|{_MONTH}"
    r" (?:of )?(?:20\d\d|next year|this year)"
    r"|(?:early |mid-?|late |the )?(?:spring|summer|autumn|winter|fall)(?: of)? (?:20\d\d|next year|this"
    r" year)|(?:this|next) (?:spring|summer|autumn|winter|month|year|week|financial year|calendar year"
    r"|session)"
    r"|(?:q[1-4]|(?:first|second|third|fourth|last|final) (?:quarter|half))(?: of)?,? (?:20\d\d|this"
    r" year|next year)|(?:the )?(?:end|start|beginning|close|middle) of (?:the |this |next )?(?:20\d\d"
    r"|year|month|spring|summer|autumn|winter|financial year|parliament|"
    + _MONTH
    + r"|\w+ quarter)|(?:early|mid|late)[ -]?20\d\d|20\d\d[/–-](?:20)?\d\d|20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}/20\d\d"
    r"|the end of (?:the|this) (?:year|month))"
)
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|the next(?: \w+)?)"

_DATES = (
    form(
        rf"\b{_WHEN}|\b(?:by|in|from|before|until|during|for|throughout|to|and) (?:the )?(?:year )?20\d\d\b"
        rf"|\b(?:within|in|over|after) {_NUMBER}(?: (?:working|calendar|sitting))? (?:days?|weeks?|months?"
        r"|years?)\b",
        unless=r"\b(?:your|the|a) (?:letter|report|request|email|correspondence|petition)(?: dated| of)? ",
    ),
    form(
        rf"\b(?:by|before|from|in|during|no later than|until) (?:the )?(?:end of )?{_MONTH}\b(?! (?:be|not|have))"
    ),
)

_HOLDING = (
    form(
        r"\b(?:will|shall|aims? to|intends? to|hopes? to|expects? to|plans? to|to be able to) (?:\w+ly |then |now"
        r" |also |therefore |be (?:able|in a position) to |be ){0,3}(?:respond(?:ing)?|reply(?:ing)?"
        r"|write (?:to you |again |back |separately |further )+|writing to you|come back to you|update"
        r" you|revert|be in touch|answer (?:your|the|this))\b",
        unless=r"\bresponse to (?:the|our|this) (?:consultation|call for evidence|green paper|white paper)|\bwrite"
        r" to (?:all|local|schools|every|councils|providers)|respond to (?:emergenc|incident|the needs"
        r"|consultation)",
    ),
    form(
        r"\b(?:response|reply|answer)s?\b[^.]{0,50}\b(?:will|shall) (?:\w+ly |then |now )?(?:be )?(?:provided"
        r"|sent|published|given|issued|follow(?:ed)?|made|set out|forthcoming|available|come)\b"
        r"|\b(?:will|shall|to|hope to|aim to) (?:\w+ly |then |be able to |be in a position to )*(?:provide"
        r"|publish|issue|send|give|submit|let you have|offer|share|finalise)\b[^.]{0,40}\b(?:response"
        r"|reply|answer)\b"
        r"|\b(?:will|shall) (?:\w+ly |then )?(?:[\w ]{0,40}and )?set out (?:its|our|the government['’]s"
        r"|his|her|their) (?:response|position|views|reply)\b",
        unless=r"\bresponse to (?:the|our|this|that) (?:consultation|call for evidence|green paper|white paper)"
        r"|consultation response|emergency response|response times",
    ),
    form(
        r"\b(?:not|unable|impossible)\b[^.]{0,50}\b(?:to|been possible to) (?:\w+ly )?(?:provide|give"
        r"|offer|send|issue|respond|reply|answer|comment|set out (?:our|its) (?:response|position))\b[^.]{0,80}\b("
        r"?:at this (?:stage|time|point)|yet|in the time available|today|now|until|before|response|reply"
        r"|answer)\b"
        r"|\b(?:not|isn['’]t) (?:yet )?(?:in a position|able) to (?:respond|reply|answer|give|provide"
        r"|say|comment|accept or|state)\b",
        unless=r"disclose|information requested",
    ),
    form(
        r"\b(?:is|are|am|remains?|being|currently) (?:still |currently |now |\w+ly |all )*(?:being )?(?:considered"
        r"|reviewed|examined|considering|reviewing|studying|looking into|examining)\b[^.]{0,60}\b(?:recommendation"
        r"s?|your (?:letter|report|request|points|concerns|proposals?)|(?:the |this |its )(?:report|petition"
        r"|findings|matters?|concerns|proposals?)|carefully|the (?:committee|inquiry|coroner|assembly)['’]s)\b"
        r"|\b(?:recommendations?|report|petition|letter|request|matters?|points?|proposals?|concerns?"
        r"|this)\b[^.]{0,40}\b(?:is|are|remains?) (?:still |currently |now |\w+ly )*(?:under (?:\w+ )?(?:considera"
        r"tion|review)|being (?:\w+ly )?(?:considered|reviewed|examined|looked into))"
        r"|\bgive (?:it|them|these|this|the \w+|your \w+) (?:our |its |the |due |\w+ )?(?:careful |full"
        r" |proper |close )?consideration\b|\bwill (?:carefully |fully |closely )?consider (?:the|your"
        r"|its|these|this|all)\b[^.]{0,60}\b(?:recommendations?|reports?|findings|points|proposals?|carefully"
        r"|in due course|before)\b",
    ),
    form(
        r"\b(?:need|require|request|ask for|seek|grant(?:ed)?|would be grateful for|allow)\w*\b[^.]{0,40}\b(?:more"
        r" time|further time|additional time|an extension|extra time)\b|\bextension (?:of|to) (?:the"
        r" )?(?:time|deadline)|\bholding (?:reply|response|answer)\b|\binterim (?:reply|response)\b"
    ),
)

_ACK = (
    form(
        r"\bthank(?:s| you)(?: \w+){0,3} for (?:your|the|sending|writing|bringing|sharing|raising|submitting"
        r"|contacting)\b|\b(?:acknowledge|confirm)s?\b[^.]{0,20}\breceipt\b|\breceipt of\b[^.]{0,60}\b(?:confirmed"
        r"|acknowledged)\b|\bwriting to acknowledge\b"
        r"|\b(?:have|has|was|were|been|safely) (?:now |safely )?received\b|\b(?:grateful|thanks?|thank)"
        r" (?:to |you |the )?[^.]{0,40}\bfor (?:the|your|its|their) (?:\w+ ){0,3}(?:letter|report|work"
        r"|recommendations?|inquiry|correspondence|email|petition)\b"
        r"|\bwelcomes? (?:the|your) (?:\w+['’]?s? ){0,3}(?:report|letter|inquiry|interest)\b|\byour (?:letter"
        r"|report|correspondence|email) (?:of|dated)\b|\bthis is an automated\b",
        unless=r"received (?:funding|royal assent|training|support|an? )",
    ),
)

_REFERRAL = (
    form(
        r"\b(?:has|have|was|were|is|are) (?:been |being )?(?:passed|forwarded|referred|transferred|redirected"
        r"|sent) (?:on )?to (?:the |our |my |colleagues)|\b(?:does|do) not have responsib\w+|\b(?:pass(?:ed"
        r"|ing)?|forward(?:ed|ing)?|refer(?:red|ring)?|transfer(?:red|ring)?|redirect(?:ed|ing)?) (?:your"
        r"|the|this|it|on|these|them)\b[^.]{0,60}\b(?:to|on to|with)\b(?=[^.]{0,60}\b(?:department|ministry"
        r"|office|minister|council|board|trust|agency|colleagues|commission|authority|who|England|Secretary"
        r"|company|regulator|police|team|for (?:a )?(?:reply|response|answer)))",
        unless=r"\b(?:referred|refer) (?:to )?(?:in|as)\b|funding|responsibility to|functions|powers"
        r"|\b(?:relevant|appropriate|responsible) (?:\w+ )?(?:officials|team|staff|unit|colleagues)\b",
    ),
    form(
        r"\b(?:is|are) the (?:\w+ )?responsibilit(?:y|ies) of (?!this)|\b(?:responsib(?:ility|le)|competence"
        r"|power)\b[^.]{0,60}\b(?:lies|rests|sits|falls) with\b|\b(?:falls?|is|are|lies?|sits?) (?:\w+"
        r" )?(?:outside|not within|beyond)(?: of)? (?:the |our |its |this )?[^.]{0,40}\b(?:remit|responsibilit\w+"
        r"|competence|jurisdiction|powers|portfolio|scope)\b"
        r"|\b(?:is|are|was) (?:properly |therefore |primarily |rightly |entirely |a matter |matters ){1,2}for\b"
        r"|\b(?:best|better) placed to (?:respond|reply|answer|comment|address)\b|\b(?:should|needs?"
        r" to|ought to|must) be (?:addressed|directed|sent|put|redirected|referred) to\b"
        r"|\bnot (?:a matter|one) for (?:this|the|our|my)\b|\b(?:does|do) not (?:fall|lie|sit|come) (?:within"
        r"|under|to)\b|\bnot (?:the |an? )?(?:responsib(?:le|ility)|addressee|competent|correct|right"
        r"|appropriate)\b[^.]{0,30}\b(?:for this|of this|body|department|authority|minister|addressee)\b"
        r"|\bhas no (?:powers?|remit|responsibility|jurisdiction|role)\b",
        unless=r"\ba matter (?:for|of) (?:regret|concern|urgency|priority)",
    ),
)


_OWNERS = (
    form(
        r"(?:^|[,;:] |\b(?:the|our|by|both|and|from|with|asked|through|commissioned|directed|instructed)"
        r" )(?:The )?(?!(?:The|This|These|In|It|We|As|Our|For|By|On|At|I|They|However|Additionally|Further"
        r"|Since|Later|Following|Under|A|An|If|When|While|Although|Once|To|From|All|Both|January|February"
        r"|March|April|May|June|July|August|September|October|November|December)\b(?! [A-Z]))"
        r"(?:[A-Z][\w’'&-]+|[A-Z]{2,9})(?: (?:[A-Z][\w’'&-]+|of|for|and|the|on|in|&)){0,8}(?: \([A-Z][\w ]{1,12}\)"
        r")?,? (?:will|shall|has|have|is|are|intends?|plans?|leads?|to|was|commits?|committed|launched"
        r"|published|established|announced|issued|introduced)\b",
        unless=r"^(?:The )?(?:Committee|Inquiry|Bill|Guidance|Government|Trust|Council|Department|Company|Commission"
        r"|Board|Ministry|Agency|University|Authority|UK Government)(?! (?:for|of)\b)[\w ,]{0,12}\b(?:will"
        r"|shall|has|have|is|are|was|introduced|published|accepts?|agrees?|intends?|plans?|launched|established)\b"
        r"|\b(?:response|reply)\b",
        cased=True,
    ),
    form(
        r"\b(?:led|chaired|overseen|delivered|undertaken|carried out|owned|coordinated|managed|conducted"
        r"|run|commissioned|prepared|issued) by (?:the |our |a |an )?[A-Z]|\b(?:responsible (?:for|officer"
        r"|minister)|lead department|accountable (?:officer|for)|senior responsible|rests with the|minister"
        r" responsible)\b"
        r"|\b(?:the|our|my) (?:[a-z]+ )?(?:medical director|chief executive|director of [a-z]+|secretary"
        r" of state|permanent secretary|minister for [\w ]+|head of [a-z]+|chief nurse|chief (?:\w+ )?officer"
        r"|home secretary|prime minister|chancellor)\b",
    ),
    form(
        r"\b(?:[tT]he|[oO]ur) (?:[A-Z][\w’'-]+ )*(?:Department|Ministry|Office|Agency|Regulator|Commission"
        r"|Board|Council|Directorate|Authority|Inspectorate|Service|Minister|Secretary of State|Trust)(?:"
        r" (?:of|for) (?:[A-Z][\w’'-]+,? ?(?:and )?)+)? (?:will|has|is|have|shall|are)\b",
        cased=True,
    ),
)

ENGLISH = Tongue(
    "en",
    frozenset(
        "the of and to in is that for we will with this be are on have has it our not by your as".split()
    ),
    HEADS,
    in_order(HEADS, TURNS, POSITIONS, STANCES),
    {
        Code.REASON: REASONS,
        Code.ACTION: _ACTIONS,
        Code.OWNER: _OWNERS,
        Code.DATE: _DATES,
        Code.HOLDING: _HOLDING,
        Code.ACKNOWLEDGEMENT: _ACK,
        Code.REFERRAL: _REFERRAL,
    },
    re.compile(
        r"^\W*(?:recommendation\s+\d[\w.]*\s*[:.–-]|(?:the |your |this )?(?:[\w’'-]+ ){0,3}(?:committee"
        r"|inquiry|assembly|jury|coroner|ombudsman|report|panel|commission|chair(?:man)?|petition|members"
        r"|citizens|recommendation)\s+(?:\w+ly |also |has |have )?(?:recommend|calls? |ask|suggest|urge"
        r"|propos|conclud|found|request|want|state[sd]? that|says?)\w*|you (?:have )?(?:recommend|ask"
        r"|suggest|propos|urge|request|rais|say|argue|state|note|claim|point out)\w*|(?:we|i|it is) recommend)",
        re.I,
    ),
    re.compile(
        r"\b(?:recommendations?|recs?\.?)\s+(?:no\.?\s*)?(?P<number>\d{1,3}(?:\.\d+)*\w?(?:(?:\s*(?:,"
        r"|and|to|&|-|–)\s*)\d{1,3}\w?)*)",
        re.I,
    ),
)
