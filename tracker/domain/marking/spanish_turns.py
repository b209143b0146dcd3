"""Spanish: positions told by what is taken up or left, by no objection, by an earlier acceptance, or in a few words."""

from tracker.domain.marking.forms import Form, form
from tracker.domain.words import Position

_REC = r"(?:recomendaci(?:ón|ones)|propuestas?|sugerencias?|petici(?:ón|ones)|medidas?|solicitud(?:es)?)"
_NO = r"(?: n\.?º\s?\d+| número \d+| \d+)?"
_DONE = (
    r"(?:aceptad|acogid|asumid|aprobad|atendid|cumplid"
    r"|implementad|adoptad|ejecutad|aplicad|realizad|incorporad)[ao]s?"
)
_TAKE = r"(?:acept\w+|acog\w+|acoj\w+|asum\w+|aprob\w+|aprueb\w+|atend\w+|atiend\w+|adopt\w+|estim(?:a|amos|ado|an))"
_NTH = r"(?:primer[oa]?|segund[oa]|tercer[oa]?|últim[oa])"

TURNS: tuple[Form, ...] = (
    form(
        r"\bno\b[^.]{0,120}\bpero\b[^.]{0,60}\b(?:alcanz|logr|cumpl|atend|persegu|satisf|conseg)\w*[^.]{0,60}\b"
        r"(?:objetivos?|fin|finalidad|propósito|intención|necesidad)\b[^.]{0,50}\b(?:otr[ao]s?|distint[ao]|mediante"
        r"|por|a través)\b",
        position=Position.ALTERNATIVE,
    ),
    form(
        r"^\W*(?:aunque|si bien|aun cuando) (?:[\w-]+ ){0,4}?no [^,]{3,100}, (?:[\w-]+ ){0,6}?(?!respond|contest"
        r"|estudi|valor)\w+(?:aremos|eremos|iremos|ará|erá|irá|arán|erán|irán)\b"
        r"|\b(?:vía|forma|manera|modo|solución|fórmula|opción|camino)s? (?:distint|diferente)\w*\b|\b(?:distint[ao]"
        r"|diferente)s? (?:de|a) l[ao]s? (?:sugerid|propuest|recomendad|solicitad)\w+"
        r"|\botra (?:opción|alternativa|medida) (?:que|:)",
        unless=r"\b(?:estudiar|valorar|analizar)\b",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b(?:sólo|solo|solamente|únicamente) (?:\w+ ){{0,3}}?(?:el|la) {_NTH}\b|\b(?:el|la) {_NTH} (?:punto"
        r"|extremo|apartado|parte) (?:sólo|solo|solamente|únicamente)\b"
        rf"|\b(?:{_TAKE}|{_DONE})\b[^.]{{0,40}}\b{_NTH}\b[^.]{{0,60}}\b(?:{_NTH}|el otro|la otra|el resto)\b"
        r"[^.]{0,40}\b(?:no|descart\w*|rechaz\w*|desestim\w*)\b"
        rf"|\b{_TAKE}\b[^.;]{{0,60}}\b(?:aunque|pero|mas|y) no (?:a|al|en|para|con|la|el|los|las|respecto)\b",
        unless=r"\bno obstante\b",
        position=Position.IN_PART,
    ),
    form(
        r"\b(?:acept|compart|asum|coincid|suscrib|acog)\w+ (?:con )?(?:en (?:lo (?:esencial|fundamental|sustancial)"
        r"|lo básico|líneas generales|términos generales))\b",
        unless=r"\b(?:los participantes|vecin\w+)\b|\bno (?:se )?(?:acept|compart|asum|coincid)",
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b{_REC}{_NO}, (?:en cambio|sin embargo|por el contrario), no\W*$"
        rf"|\b{_REC}\b[^.;]{{0,30}}\bno (?:será|ha sido|se ha|se|puede ser|podrá ser|está|queda)n? (?:\w+ )?"
        r"(?:incluid|recogid|incorpora|inclui|recoge|tenid)\w*"
        rf"|\b{_REC}\b[^.;]{{0,30}}\b(?:ha quedado|queda|quedó|quedará) fuera\b",
        position=Position.REJECTED,
    ),
    form(
        r"\bno (?:\w+ )?(?:tien\w+|tenemos|ve|ven|vemos|hay|existe|opone\w*|oponemos|encuentra|formula\w*)"
        r" (?:\w+ )?(?:inconvenientes?|objeci(?:ón|ones)|reparos?|obstáculos?|reservas?|impedimentos?)\b"
        rf"(?: en| a| al| para| sobre| respecto)[^.;]{{0,60}}(?:{_REC}|acept|acog|adopt|asum|cumpl|aplic|atend|ello\b)",
        unless=r"\ben principio\b",
        position=Position.ACCEPTED,
        own_denial=True,
    ),
    form(
        r"\b(?:la|lo|las|los) (?:hace|hacen|hacemos) (?:suy[ao]s?|nuestr[ao]s?)\b"
        rf"|\bal (?:aceptar|asumir|acoger|aprobar) (?:su|la|esta|dicha|esa) {_REC}"
        rf"|\b{_REC}{_NO}(?:, [^.,;]{{3,60}},)? (?:ya )?(?:se encuentra|se halla|está|ha sido|ha quedado|queda|fue)"
        rf"(?: [\w]+){{0,2}}? {_DONE}\b"
        rf"|\b{_REC}{_NO}, (?:en cambio|sin embargo|por el contrario), sí\W*$"
        r"|^\W*(?:sí|conforme|de acuerdo)\s*[:–—-]\s*(?:se )?(?:acept|de acuerdo|conform|asum|acord)\w*",
        unless=r"\b(?:si|sería|podría)\b|\bno (?:se|está|ha|fue)\b",
        position=Position.ACCEPTED,
    ),
    form(
        r"\bhar(?:á|emos|án) lo que [^.;]{0,60}?\b(?:pid|solicit|recomiend|propon|sugier)\w*",
        position=Position.ACCEPTED,
        weak=True,
    ),
    form(
        r"\b(?:qued(?:a|amos|an)|(?:se )?d(?:a|amos|an) por) enterad[ao]s? de\b",
        position=Position.NOTED,
    ),
)
