"""What the words around a date say it is: the deadline, the day before which, the start, or nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.stated.without import NUMBER, UNIT

REACH = 90
"""So many characters before a date are looked at for a cue; the words that govern a date stand close to it."""


class Role(StrEnum):
    """What a date is in its sentence."""

    MOVED_TO = "moved_to"
    DEADLINE = "deadline"
    BEFORE = "before"
    SOFT = "soft"
    NEUTRAL = "neutral"
    START = "start"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Cue:
    """The role, where the words that give it begin, whether a part of the period was named, and a time of day."""

    role: Role
    begins: int
    part: str | None = None
    time: str | None = None


_FILL = (
    r"[ ,:;(\[\"'“«»-]*(?:(?:the|le|la|les|l|el|los|dia|jour|au|aux|on|date of|of|du|del|de|d|a|es|"
    r"est|is|be|at|latest|mois"
    r"|month|mes|year|annee|ano|around|about|approximately|environ|plus tard)\b[ ,:;(\[\"'“«-]*){0,4}$"
)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words}){_FILL}")


_TIME = (
    r"(?:(?P<clock>[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:[ap]\.?m\b\.?)|"
    r"[0-9]{4} ?(?:hours|hrs)\b|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?h(?:oras|eures|rs)?\b)?"
    r"|[0-9]{1,2} ?h(?:eures|oras|rs)?\b(?: ?[0-9]{2}\b)?)"
    r"|(?P<noon>(?:12 )?noon|midday|midi|mediodia)|(?P<other>midnight|minuit|medianoche|"
    r"close of business|close of play"
    r"|cob|end of (?:the )?day))"
)
_TIME_AHEAD = re.compile(
    rf"(?P<all>(?<![\w]){_TIME})(?: (?:gmt|bst|utc|cet|est))?[ ,]*(?:on|le|el|du|del|dia|de|"
    rf",)?(?: (?:the|dia))?[ ,]*$"
)
_TIME_AFTER = re.compile(
    rf"(?:[ ,(]{{0,2}}(?:at|by|before|a|a las|avant|antes de las|no later than)? ?|[ ,]?t){_TIME}"
)
_PART = re.compile(
    r"(?P<all>(?<!\w)(?:"
    r"(?P<end>(?:very )?(?:end|close|last day)(?:[- ]of)?|(?:que )?(?:finalice|acabe|termine|"
    r"finalizar|acabar|terminar|concluir)(?: el)?|year[- ]end|month[- ]end|"
    r"(?:la )?fin(?: de)?(?: l[ae'])?|(?:al )?(?:termino|cierre) del?|(?:a )?(?:fines|finales|final|"
    r"cierre)(?: de)?(?: mes|"
    r" ano)?(?: del?)?)"
    r"|(?P<vague>(?:early|mid|middle|middle of|late|later|beginning of|start of|sometime|part of|"
    r"course of|(?:early|late) in"
    r"|mi|debut|milieu|courant|principios|comienzos|inicios|mediados|medio|mitad"
    r"|(?:first|second|1st|2nd|last|latter) half|premiere moitie|seconde moitie|primera mitad|segunda mitad"
    r"|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:week|fortnight)|(?:premiere|seconde|"
    r"deuxieme) quinzaine"
    r"|(?:primera|segunda) quincena|(?:premiere|derniere|deuxieme|troisieme) semaine|(?:primera|"
    r"ultima|segunda) semana))"
    r")[ -]*(?:(?:of|in|de|du|del|d'|the|la|le|l'|el|mois|mes|ano|annee|calendar|year|"
    r"month)\b ?'?){0,4}[ ,-]*$)"
)
_RULES = (
    (
        Role.WEEK,
        _before(r"week|weeks|w/?c|week (?:commencing|beginning|starting)|semaine|semana(?: que empieza)?"),
    ),
    (
        Role.START,
        _before(
            rf"{NUMBER} {UNIT} (?:of|from|after|following|apres|suivant|d[eu]|a (?:compter|"
            rf"partir) d[eu]l?|del?|desde|despues del?|siguientes al?)"
            r"|original(?:ly)?(?: \w{1,12}){0,2} date|inicio|start date|debut|date de debut|"
            r"fecha de inicio|dated|date of (?:this|the|my|our) \w+ (?:is|was|"
            r"being)|since|from|after|following|as of|"
            r"as from|not before|(?:no|not) (?:earlier|sooner) than"
            r"|starting|starts?|beginning|begins|began|commenc\w{0,5}|effective|instead of|"
            r"rather than|originally|previously|formerly"
            r"|(?:report|letter|notice|order|decision|judgment|inquest|meeting|hearing|reply|"
            r"regulation|act) (?:of|on|dated)"
            r"|(?<!be )(?:came into force|implemented|finished|published|issued|received|made|signed|"
            r"adopted|approved|laid|held|opened|sent|"
            r"written|died|occurred|concluded|launched|established|created|enacted|released|announced|"
            r"started|commenced|took place|completed|delivered|presented|wrote|met|read)(?: on| in)?"
            r"|depuis|a (?:compter|partir|dater) d[ue]|a (?:compter|partir) de|des|apres|"
            r"datee?s? d[ue]|en date d[ue]"
            r"|(?:rapport|lettre|courrier|arrete|loi|decret|decision|avis|reunion|audience|"
            r"courriel) du|(?<!sera )(?<!seront )(?<!etre )(?:publiee?s?|achevee?s?|terminee?s?|"
            r"realisee?s?|finalisee?s?|remise?s?|signee?s?|adoptee?s?|recue?s?|rendue?s?|lancee?s?|"
            r"creee?s?|deposee?s?|etablie?s?|tenue?|prise?) (?:le|en)"
            r"|pas avant|non avant|plutot que|au lieu d[ue]|initialement|desde|a partir del?|tras|"
            r"despues del?|con fecha(?: de)?|de fecha|fechad[oa]s?(?: el| a)?"
            r"|(?:informe|carta|escrito|oficio|ley|decreto|orden|resolucion|acuerdo|reunion|"
            r"acta) del?|(?<!sera )(?<!seran )(?<!ser )(?:publicad|finalizad|terminad|realizad|"
            r"concluid|emitid|firmad|adoptad|aprobad|recibid|presentad|celebrad|lanzad|"
            r"cread|remitid|dictad|notificad)[oa]s?(?: el| en)?"
            r"|no antes del?|en lugar del?|inicialmente|contados? desde|vigor(?: el)?"
        ),
    ),
    (
        Role.MOVED_TO,
        _before(
            r"(?:revised|new|amended|extended)(?: \w{1,12}){0,2} (?:date|deadline)|(?:nouvelle|"
            r"nueva) (?:date|echeance|fecha)(?: \w{1,8})?|"
            r"(?:extend\w{0,4}|postponed?|moved|deferred|changed|revised|"
            r"put back)(?: (?!from\b)[\w']{1,15}){0,5} (?:to|until|till)"
            r"|(?:prolong|report|repouss|prorog|etendu|etend)\w{0,4}(?: [\w']{1,15}){0,4} (?:jusqu'au|"
            r"jusqu'a|jusqu'en|au)"
            r"|(?:prorrog|ampli|aplaz|extend|extiend)\w{0,4}(?: [\w']{1,15}){0,4} (?:hasta|al|a)"
        ),
    ),
    (
        Role.DEADLINE,
        _before(
            r"(?:on|in|by|at) or before|(?:no|not) later than|at the latest(?: by)?|latest|"
            r"au plus tard(?: le| en|"
            r" a)?|a mas tardar(?: el| en)?"
            r"|before and including|up to and including"
        ),
    ),
    (
        Role.BEFORE,
        _before(r"before|prior to|ahead of|in advance of|avant|antes del?|previo al?|con anterioridad al?"),
    ),
    (
        Role.DEADLINE,
        _before(
            r"by|b|bu|fin|end|termino|horizon|de aqui a|no mas tarde del?|date de (?:fin|realisation|"
            r"livraison|remise)|date d'achevement|calendrier|calendario"
            r"|fecha (?:tope|(?:limite )?de (?:fin|finalizacion|termino|entrega|cumplimiento|"
            r"vencimiento|cierre|conclusion|realizacion))"
            r"|plazo de (?:ejecucion|respuesta|entrega|cumplimiento)|week ending|w/?e|until|till|til|"
            r"up to|up until|namely|i\.?e\.?|viz\.?|that is|"
            r"due(?: date)?(?: (?:on|by|in|is|for))?|deadline(?: (?:for|of) [\w ]{1,40}?)?(?: (?:is|"
            r"of|was|set for))?"
            r"|d'ici|d'ici a|d'ici au|ici|jusqu'a|jusqu'au|jusqu'en|pour|soit|echeance|date limite|a savoir"
            r"|para|hasta|plazo(?: maximo)?|fecha limite|vence|vencimiento|es decir|a saber|al"
            r"|target(?: date)?|completion(?: date)?|end date|complete[ds]?(?: in| on| by)?|expected|"
            r"planned for|scheduled for|timeline|timeframe"
        ),
    ),
    (
        Role.SOFT,
        _before(
            r"in|during|within|throughout|over|for|en|au cours|courant|dans le courant|durant|pendant|dans"
            r"|durante|en el transcurso|a lo largo|dentro"
        ),
    ),
)
_AFTER = (
    (
        Role.START,
        re.compile(
            r"[ ,]{0,2}(?:onwards?|and (?:after|beyond)|en adelante|et (?:apres|au-dela)|y siguientes)\b"
        ),
    ),
    (
        Role.DEADLINE,
        re.compile(
            r"[ ,(]{0,3}(?:at the (?:very )?latest|or (?:before|earlier|sooner)|au plus tard|"
            r"a mas tardar|como (?:maximo|tarde)|inclus|inclusive|deadline)\b"
        ),
    ),
)


def cue(folded: str, start: int, end: int, after_previous: int) -> Cue:
    """What is said of the date that stands at start..end; words before the previous date belong to that one."""
    low = max(after_previous, start - REACH)
    context, time = folded[low:start], None
    if found := _TIME_AHEAD.search(context):
        time, context = clock_of(found), context[: found.start()]
    if time is None and (later := _TIME_AFTER.match(folded[end : end + 40])):
        time = clock_of(later)
    part, context = _part(context)
    role, at = _role(context)
    if role in (Role.NEUTRAL, Role.SOFT):
        role = next((r for r, form in _AFTER if form.match(folded[end : end + 40])), role)
    begins = low + (at if at is not None else len(context))
    return Cue(role, begins if role is not Role.NEUTRAL or part else start, part, time)


def _part(context: str) -> tuple[str | None, str]:
    found = _PART.search(context)
    return ("end" if found["end"] else "vague", context[: found.start()]) if found else (None, context)


def _role(context: str) -> tuple[Role, int | None]:
    for role, form in _RULES:
        if found := form.search(context):
            return role, found.start()
    return Role.NEUTRAL, None


def clock_of(match: re.Match[str]) -> str | None:
    """A time of day as HH:MM; None where it is only named (close of business) or is no time."""
    if match["noon"]:
        return "12:00"
    if not match["clock"]:
        return None
    figures = [int(number) for number in re.findall(r"[0-9]+", match["clock"])]
    if figures[0] > 99:
        figures = [figures[0] // 100, figures[0] % 100]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    if re.search(r"[ap]\.?m", match["clock"]):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if "p" in match["clock"] else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
