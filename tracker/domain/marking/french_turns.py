"""French: positions told by what is taken up or left, by no objection, by an earlier acceptance, or in a few words."""

from tracker.domain.marking.forms import Form, form
from tracker.domain.words import Position

_REC = r"(?:recommandations?|propositions?|préconisations?|demandes?|suggestions?|mesures?|vœux?|requêtes?)"
_NO = r"(?: n[°o]\s?\d+| \d+)?"
_DONE = (
    r"(?:acceptée?s?|approuvée?s?|retenue?s?|adoptée?s?|suivie?s?|satisfaite?s?|réalisée?s?|appliquée?s?"
    r"|exécutée?s?|mise?s? en (?:œuvre|oeuvre|place|application))"
)
_TAKE = r"(?:accept\w+|approuv\w+|reten\w+|retien\w+|adopt\w+|suit|suivons|f(?:ait|aisons|era|ont) droit|donn\w+ suite)"
_NTH = r"(?:premi(?:er|ère)|seconde?|deuxième|troisième|derni(?:er|ère))"
_PIECE = r"(?:volet|point|partie|branche|élément|demande|moitié|alinéa|proposition)"

TURNS: tuple[Form, ...] = (
    form(
        r"\bne?\b[^.]{0,100}\b(?:pas|plus)\b[^.]{0,100}\bmais\b[^.]{0,60}\b(?:attein|répon|poursui|satisf)\w*"
        r"[^.]{0,60}\b(?:objectifs?|but|finalité|intention|souci|besoin)\b[^.]{0,50}\b(?:autre|autrement|par"
        r"|grâce)\b",
        position=Position.ALTERNATIVE,
    ),
    form(
        r"^\W*(?:si|s'|bien qu|même s|quoiqu)[^,]{0,40}\bn(?:e |')[^,]{0,40}\bpas\b[^,]{0,80}, (?:[\w'-]+ ){1,6}?"
        r"(?!répond|examin|étudi)\w+(?:erons|irons|era|ira|eront|iront)\b"
        r"|\b(?:autre|même) (?:choix|option|parti|solution)\b(?= (?:qui|:|,))|\b(?:choix|option|solution|voie"
        r"|approche|parti)s? différente?s?\b|\b(?:différente?s?|distincte?s?) de celles? (?:qui|propos|recommand"
        r"|préconis|sugg)",
        unless=r"\b(?:examiner|étudier|comparer|parmi)\b",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b{_TAKE}\b[^.;]{{0,60}}\b{_NTH} {_PIECE}\b[^.;]{{0,40}}\b(?:seulement|uniquement)\b|\bseule?s? (?:le "
        rf"|la )?{_NTH} {_PIECE}\b[^.;]{{0,20}}\b(?:est|sera|a été) {_DONE}"
        rf"|\b(?:{_TAKE}|{_DONE})\b[^.]{{0,40}}\b{_NTH}\b[^.]{{0,60}}\b(?:{_NTH}|l'autre|le reste)\b[^.]{{0,40}}"
        r"(?:\bpas\b|écart|rejet|refus)"
        rf"|\b{_TAKE}\b[^.;]{{0,60}}\b(?:mais|quoique|bien que) (?:pas|non) (?:à|au|aux|pour|sur|le|la|les|dans)\b",
        position=Position.IN_PART,
    ),
    form(
        rf"\b(?:{_TAKE}|partag\w+|souscri\w+)\b[^.;]{{0,12}}\b(?:pour l'essentiel|en substance|dans (?:ses|leurs)"
        r" grandes lignes|sur le fond)\b",
        unless=r"\b(?:les participants|répondants)\b",
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b{_REC}{_NO},? ne (?:l'est|le sera|l'a été|le sont|le seront) (?:donc |en revanche )?pas\b"
        rf"|\b{_REC}\b[^.;]{{0,30}}\bn(?:e |')(?:sera|seront|est|sont|a|ont|peut"
        rf"|pourra)(?: \w+)? pas (?:\w+ )?(?:été "
        r"|être )?(?:reprise?s?|intégrée?s?|inscrite?s?|incluse?s?|poursuivie?s?|prise?s? en compte|honorée?s?)\b"
        rf"|\b{_REC}\b[^.;]{{0,30}}\b(?:reste|est restée|demeure) (?:en dehors|hors)\b",
        position=Position.REJECTED,
    ),
    form(
        r"\b(?:ne |n'y |n'|n'en )(?:voi\w+|a|avons|ont|oppos\w+|soulèv\w+|formul\w+|émet\w*|fai\w+)(?: \w+)?"
        r" (?:aucune? |d'|pas d')(?:objections?|réserves?|obstacles?|difficultés?|inconvénients?)\b"
        rf"(?: à| quant| sur| concernant| au)[^.;]{{0,60}}"
        rf"(?:{_REC}|accept|adopt|retenir|suivre|mettre en œuvre|mise en œuvre|y\b)",
        unless=r"\b(?:de|en|sur le) principe\b",
        position=Position.ACCEPTED,
        own_denial=True,
    ),
    form(
        r"\b(?:la|le|les) (?:fait|faisons|font) (?:donc )?(?:siennes?|siens?|nôtres?|leurs?)\b"
        rf"|\ben (?:acceptant|approuvant|retenant|souscrivant à|adoptant) (?:votre|la|cette|vos|ces|les) {_REC}"
        rf"|\b{_REC}{_NO}, [^.,;]{{3,60}}, (?:est|sont|a été|ont été)(?: [\w']+){{0,3}} {_DONE}"
        rf"|\b{_REC}{_NO},? (?:l'est|le sera|l'a été)(?:,? (?:en revanche|également|aussi))?\W*$"
        r"|^\W*(?:oui|d'accord)\s*[:–—-]\s*(?:\w+ )?(?:accord|accept|nous|d'accord|approuv)\w*",
        unless=r"\b(?:si|serait|pourrait)\b",
        position=Position.ACCEPTED,
    ),
    form(
        r"\bfer(?:a|ons|ont) (?:donc )?ce (?:que|qu'|qui)[^.;]{0,60}?\b(?:demand|recommand|propos|préconis|sugg)\w*",
        position=Position.ACCEPTED,
        weak=True,
    ),
)
