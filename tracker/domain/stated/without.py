"""Texts that state no date: open-ended words, durations, and dates that depend on the day of reading."""

import re
from datetime import date

from tracker.domain.stated.mention import Found, a_period, trouble
from tracker.domain.words import Precision

NUMBER = (
    r"(?:[0-9]{1,4}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|"
    r"twenty-?(?:one|eight|four)?|thirty|forty-?five|fifty-?six|sixty|ninety"
    r"|une?|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|quinze|vingt|trente|soixante|un|una|dos|"
    r"tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta)"
)
UNIT = (
    r"(?:(?:working |calendar |business |sitting |clear )?days?|weeks?|months?|years?|hours?|"
    r"jours?(?: ouvr\w{2,5}| calendaires| francs)?|semaines?|mois|ans?|annees?|heures?"
    r"|dias?(?: habiles| naturales| laborables| corridos| calendario)?|semanas?|mes(?:es)?|anos?|horas?)"
)
DURATION = re.compile(
    rf"(?<![\w:.])(?:within|in|after|dans(?: un delai de| les| le delai de)?|sous|d'ici|"
    rf"delai (?:maximum |maximal )?de|en(?: un plazo(?: maximo)? de| el plazo(?: maximo)? de)?|"
    rf"dentro de(?: los| las)?|plazo(?: maximo)? de|a los)?"
    rf" ?(?:the |next |a |los |las |les |proxim[oa]s |"
    rf"prochaine?s ){{0,3}}(?<![\w:.]){NUMBER}(?: \([0-9\w]{{1,12}}\))?[ -]{UNIT}(?!\w)"
)
_NONE = re.compile(
    r"(?<!\w)(?:on-?going|continuous(?:ly)?|continual(?:ly)?|continuing|permanent(?:ly|e|"
    r"es)?(?: activity)?|rolling(?: basis)?|open[- ]ended|indefinite(?:ly)?|annual(?:ly)?"
    r"|quarterly|monthly|each year|every year|each month|in due course|shortly|soon|"
    r"as soon as (?:possible|practicable|reasonably practicable)|asap|promptly|immediate(?:ly)?|"
    r"forthwith"
    r"|when (?:parliamentary time|resources|time|funding) (?:allows?|permits?)|"
    r"at the earliest opportunity|no (?:date|deadline|fixed date|timeline|set date)|"
    r"without (?:a )?(?:deadline|date|delay)|long[- ]term|medium[- ]term|short[- ]term"
    r"|tb[acd]|t\.b\.c\.?|to be (?:confirmed|determined|decided|agreed|advised)|n/?a|nr|nd|"
    r"not (?:applicable|specified|stated|available|known)|none|unknown|unspecified"
    r"|en cours|en continu|continue?|des que possible|aussitot que possible|le plus (?:tot|"
    r"rapidement) possible|dans les (?:meilleurs|plus brefs) delais|prochainement|bientot|a terme|"
    r"a (?:court|moyen|long) terme"
    r"|sans delai|sans (?:date|echeance|calendrier)|chaque annee|tous les ans|annuel(?:lement)?|"
    r"immediat(?:ement)?|a (?:definir|determiner|preciser|confirmer)|non (?:defini|precise|communique|"
    r"renseigne)e?s?|en temps (?:utile|voulu|opportun)|ulterieurement"
    r"|en curso|en proceso|en ejecucion|en marcha|continu[oa]|sin (?:plazo|fecha)(?: \w{1,12})?|"
    r"a la (?:mayor )?brevedad(?: posible)?|lo antes posible|cuanto antes|tan pronto como sea posible|"
    r"proximamente|en breve|por (?:determinar|definir|confirmar)"
    r"|cada ano|anual(?:mente)?|todos los anos|inmediat[oa](?:mente)?|oportunamente|en su momento|"
    r"a (?:corto|medio|mediano|largo) plazo|de forma (?:continua|permanente)|indefinid[oa]|"
    r"no (?:aplica|procede|definid[oa]))(?!\w)"
)
_RELATIVE = {
    0: (
        r"(?:the )?end of (?:the|this) (?:calendar )?year(?! of| [0-9])|(?:this|"
        r"the current) (?:calendar )?year|year[- ]end|(?:fin|courant|d'ici la fin) (?:de )?(?:l'|"
        r"cette )annee|cette annee|(?:l'annee|annee) en cours|este ano|(?:fin|fines|finales|"
        r"final) de(?:l)?(?: este)? ano|ano en curso"
    ),
    1: (
        r"next (?:calendar )?year|(?:l'annee|l'an|annee) prochaine?|(?:el )?proximo ano|"
        r"(?:el )?ano (?:proximo|que viene)"
    ),
}
_THIS_OR_NEXT_YEAR = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)"), add) for add, words in _RELATIVE.items()
)
_OTHER = re.compile(
    r"(?<!\w)(?:tomorrow|today|yesterday|demain|aujourd'hui|hoy|(?:this|next|following|"
    r"coming) (?:week|month|quarter|spring|summer|autumn|fall|winter|session|term|fiscal year|"
    r"financial year|monday|tuesday|wednesday|thursday|friday)"
    r"|(?:end of )?(?:the )?(?:week|month|quarter|fiscal year|financial year|term|session|"
    r"parliament)(?= ?[.,;]?$)|(?:by|before|until|this|late|early|mid-?) ?(?:the )?(?:spring|summer|"
    r"autumn|fall|winter|christmas|easter)"
    r"|(?:semaine|mois|trimestre|printemps|ete|automne|hiver) prochaine?|cet ete|cet automne|"
    r"cet hiver|ce printemps|(?:avant|d'ici) (?:l'ete|l'automne|l'hiver|le printemps|la fin du mois|"
    r"noel)"
    r"|(?:la )?(?:proxima|proximo) (?:semana|mes|primavera|verano|otono|invierno|trimestre)|"
    r"este (?:mes|verano|otono|invierno|trimestre)|esta (?:semana|primavera)|(?:semana|"
    r"mes) que viene)(?!\w)"
)


def open_ended(folded: str) -> re.Match[str] | None:
    """The words that say there is no date: "ongoing", "dès que possible", "sin plazo"."""
    return _NONE.search(folded)


def duration(folded: str) -> re.Match[str] | None:
    """A length of time instead of a date: "within 6 months"; a rule can count it, a reader of dates cannot."""
    return DURATION.search(folded)


def relative(folded: str, near: date | None) -> tuple[Found, int, int] | None:
    """ "This year", "next spring": a year where the text's own date is known, else unclear."""
    for form, add in _THIS_OR_NEXT_YEAR:
        if match := form.search(folded):
            found = a_period(near.year + add, 1, Precision.YEAR) if near else trouble("relative")
            return found, match.start(), match.end()
    other = _OTHER.search(folded)
    return (trouble("relative"), other.start(), other.end()) if other else None
