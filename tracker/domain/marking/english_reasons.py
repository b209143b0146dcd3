"""English: how a reply says why, with or without "because"."""

from tracker.domain.marking.forms import form

REASONS = (
    form(
        r"\bbecause\b|\bdue to\b|\bowing to\b|\bas a result\b|\bgiven (?:that|the)\b|\bin (?:light|view)"
        r" of\b|\bin order to\b|\bso that\b|\bso as to\b|\bthe reasons?\b|\bfor (?:this|these|that|the"
        r" following|\w+) reasons?\b"
        r"|\bthis (?:means|reflects|is why|is because|will (?:ensure|help|allow|enable|mean|give|provide"
        r"|make))\b|\bon the (?:grounds?|basis)\b|\b(?:would|could|risks?|might) (?:\w+ ){0,3}(?:undermin"
        r"|duplicat|creat|impos|conflict|compromis|prejudic|delay|lead to|result in|place|restrict|limit"
        r"|prevent|reduc|be (?:disproportionate|unnecessary|counter))\w*"
        r"|\b(?:we|government|department|council|trust|commission|board|ministry|company) (?:(?!will|shall"
        r"|to)\w+ )?(?:believes?"
        r"|considers?|thinks?|(?:is|are) of the view|(?:is|are) (?:not )?(?:persuaded|convinced|satisfied)"
        r"|do(?:es)? not (?:\w+ )?(?:believe|consider|think)) (?:that |it |there |this"
        r" |the )"
        r"|\b(?:already|sufficiently|adequately) (?:covered|provided for|addressed|in place|exists?|required"
        r"|possible|met|available|do(?:es)?|requires?|provides?)\b|\b(?:disproportionate|unnecessary"
        r" burden|value for money|too costly|legal(?:ly)? (?:barrier|impossible)|commercial(?:ly)? (?:sensitiv"
        r"|confiden)\w*)\b|\bto (?:ensure|avoid|prevent|protect|reduce|improve|allow|enable|help|reflect)\b[^.]"
        r"{3,}",
        unless=r"\bfor (?:some|other) reasons? unknown|\bsince the \w+ (?:of|in) \d{4}",
    ),
    form(
        r", (?:since|as) (?!(?:well|soon|part|far|long|set|described|announced|of|from|the (?:last|end|start))\b)\w"
        r"|^\W*since (?!(?:then|\d|the (?:report|inquiry|last|end|start|beginning)|\w+ \d{4}))[^,]+,"
        r"|\b(?:as long as|for (?:want|lack) of|in the absence of|in order not to|for fear of)\b"
        r"|\b(?:law|act|treat(?:y|ies)|constitution|directive|regulations?|rules?|powers?|section|article"
        r"|code|statute)"
        r"\b[^.;]{0,60}\b(?:already|does not|do not|cannot|forbids?|prohibits?|prevents?|limits?|only|requires? us)\b"
        r"|\bwould (?:not |neither |also |only |itself )?(?:be (?:un)?lawful|leave|add|cost|breach|infring"
        r"|conflict|run"
        r" (?:into|counter)|contraven|depriv|expos|weaken|distort|make it|have (?:left|cost|meant|depriv"
        r"|made|required))\w*"
        r"|\btoo (?!(?:the|we|many of)\b)\w+ to \w+|\b(?:has|have) no (?:\w+ )?(?:powers?|competence|remit|authority"
        r"|jurisdiction|legal basis)\b|\b(?:is|are) (?:a )?matters? (?:for|reserved)\b|\boutside (?:\w+ )?(?:remit"
        r"|competence|powers?|jurisdiction)\b|\b(?:no longer exists?|has been repealed|is addressed to)\b"
        r"|\bdo(?:es)? not (?:allow|permit|give|confer|provide)\b|\bcan be done without\b",
        unless=r"\bsince (?:\w+ )?\d{4}",
    ),
)
