r"""The words that say what a date is, folded, by role and language; each line holds alternatives of one pattern.

Order matters: "not before" is looked for ahead of "before", "on or before" ahead of it too.
"""

from tracker.domain.stated.without import NUMBER, UNIT


def phrases(text: str) -> str:
    """One alternation of all lines."""
    return "|".join(line.strip() for line in text.splitlines() if line.strip())


WEEK = phrases(r"""
    week|weeks|w/?c|week (?:commencing|beginning|starting)
    semaine
    semana(?: que empieza)?
""")
AFTER_A_DURATION = (
    rf"{NUMBER} {UNIT} "
    r"(?:of|from|before|after|following|avant|antes del?|"
    r"apres|suivant|d[eu]|a (?:compter|partir) d[eu]l?|del?|desde|siguientes al?)"
)
_DOCUMENTS = phrases(r"""
    (?<!to )(?:report|letter|notice|order|decision|judgment|reply|response|regulation|act) (?:of|on|dated)
    (?:inquest|meeting|hearing) (?:of|on|dated)
    (?:rapport|lettre|courrier|arrete|loi|decret|decision|avis|reunion|audience|courriel|reponse|circulaire) du
    (?<!the )date of (?:inquest|hearing|meeting|report|letter|death|inspection|judgment|accident)
    (?<!la )date (?:du |de la |de l'|d'|de )(?:rapport|audience|reunion|lettre|courrier|deces|inspection|jugement)
    (?<!la )date (?:du |de la |de l'|d'|de )(?:seance|enquete)
    (?<!la )fecha (?:del? |de la )(?:informe|audiencia|reunion|carta|escrito|fallecimiento|inspeccion|sentencia)
    (?<!la )fecha (?:del? |de la )(?:sesion|visita)
    (?:informe|carta|escrito|oficio|ley|decreto|orden|resolucion|acuerdo|reunion|acta|respuesta|circular) del?
""")
_DONE_ENGLISH = phrases(r"""
    adopted|announced|approved|came into force|commenced|completed|concluded|created|delivered|died|enacted|given
    established|finished|held|implemented|issued|laid|launched|made|met|occurred|opened|presented|published
    read|received|released|sent|signed|started|took place|written|wrote
""")
_PARTICIPLE = (
    r"(?!(?:expect|plann|schedul|anticipat|target|intend|requir|ne|propos|project|estimat|exce|proce|inde|succe)ed)"
    r"[a-z]{2,14}ed(?: (?:out|up|down|off))?"
)
_DONE_FRENCH = phrases(r"""
    achevee?s?|adoptee?s?|annoncee?s?|creee?s?|deposee?s?|etablie?s?|finalisee?s?|lancee?s?|prise?|publiee?s?
    realisee?s?|recue?s?|remise?s?|rendue?s?|signee?s?|tenue?|terminee?s?
""")
_DONE_SPANISH = phrases(r"""
    adoptad|anunciad|aprobad|celebrad|concluid|cread|cumplid|dictad|ejecutad|emitid|finalizad|firmad|lanzad|notificad|presentad
    publicad|realizad|recibid|remitid|terminad
""")
_DONE = phrases(rf"""
    (?<!be )(?<!and )(?<!or )(?<!ly ){_PARTICIPLE} (?:on|in)
    (?<!be )(?<!and )(?<!or )(?<!ly )(?:born|{_PARTICIPLE}) (?:on or )?before
    (?<!be )(?:{_DONE_ENGLISH})(?: on| in)?
    (?<!sera )(?<!seront )(?<!etre )(?:{_DONE_FRENCH})(?: (?!sera|doit|devra)[\w']{{1,14}}){{0,4}}? (?:le|en)
    (?<!sera )(?<!seran )(?<!ser )(?:{_DONE_SPANISH})[oa]s?(?: el| en)?
""")
START = phrases(rf"""
    {AFTER_A_DURATION}|{_DOCUMENTS}|{_DONE}
    since|from|after|following|as of|as from|not before|(?:no|not) (?:earlier|sooner) than|effective
    (?:starting|starts?|beginning|begins|began|commenc\w{{0,5}})(?: in| on| from)?|start date|dated
    not until|at the earliest(?: by| in| on)?|au plus tot(?: le| en)?|como pronto(?: el| en)?
    date of (?:this|the|my|our) \w+ (?:is|was|being)|original(?:ly)?(?: \w{{1,12}}){{0,2}} date
    instead of|rather than|originally|previously|formerly
    depuis|a (?:compter|partir|dater) d[ue]|a (?:compter|partir) de|des|apres|datee?s? d[ue]|en date d[ue]
    debut|date de debut|date initiale|pas avant|non avant|plutot que|au lieu d[ue]|initialement
    desde|a partir del?|tras|despues del?|con fecha(?: de)?|de fecha|fechad[oa]s?(?: el| a)?|contados? desde
    inicio|fecha de inicio|(?:echeance|date|fecha|plazo) inicial|no antes del?|en lugar del?|inicialmente
    (?!(?:prorrog|aplaz|pospon|ampli|extend|traslad|fij|program|limit))\w{{3,14}}[ai]d[oa]s? al
    vigor(?: el)?|pasado|(?:leading|run-?up|years?) (?:up )?to|printed
    (?:was|were|did)(?: not| only)? until|had not until
    (?:s'est|se sont|s'etait) (?!engag)\w{{2,14}}(?: le| en)?|(?<!como )(?<!por )(?<!de )termino el
    vue? (?:l[ae]s? |l')[\w ]{{1,40}} du|fait a [\w' -]{{2,30}}, ?le
""")
MOVED_TO = phrases(r"""
    now(?: due| expected)?(?: by| in| on)?|(?:delayed|rescheduled|slipped|pushed back|put back) (?:to|until)
    replaced (?:by|with)|remplacee?s? par|sustituid[oa]s? por|se (?:pospone|traslada|aplaza) al?
    (?:revised|new|amended|extended)(?: \w{1,12}){0,2} (?:date|deadline)
    (?:extend\w{0,4}|postponed?|moved|deferred|changed|revised)(?: (?!from\b)[\w']{1,15}){0,5} (?:to|until|till)
    (?:nouvelle|nueva) (?:date|echeance|fecha)(?: \w{1,8})?
    (?:echeance|date|delai) (?:revisee?|reportee?|modifiee?)
    (?:reportee?s?|repoussee?s?|decalee?s?) (?:a|en)
    (?:prolong|reporte|repouss|prorog|etendu|etend)\w{0,4}(?: [\w']{1,15}){0,4} (?:jusqu'au|jusqu'a|jusqu'en|au)
    (?:fecha|plazo) (?:prorrogad[oa]|actualizad[oa]|revisad[oa])
    (?:prorrog|ampli|aplaz|extend|extiend)\w{0,4}(?: [\w']{1,15}){0,4} (?:hasta|al|a)
""")
AT_THE_LATEST = phrases(r"""
    (?:on|in|by|at) or before|(?:no|not) later than|at the latest(?: by)?|latest
    before and including|up to and including
    au plus tard(?: le| en| a)?
    a mas tardar(?: el| en)?
""")
BEFORE = phrases(r"""
    before|prior to|ahead of|in advance of
    avant
    antes del?|previo al?|con anterioridad al?
""")
DEADLINE = phrases(r"""
    by|b|bu|week ending|w/?e|until|till|til|up to|up until|namely|i\.?e\.?|viz\.?|that is
    due(?: date)?(?: (?:on|by|in|is|for))?|deadline(?: (?:for|of) [\w ]{1,40}?)?(?: (?:is|of|was|set for))?
    clos(?:es?|ing)(?: date)?|expires|ends|cloture(?: des?(?: l[ae'])? ?\w{1,20})?|se termine|s'acheve|prend(?:ra)? fin
    finaliza|cierra|concluye|caduca|expira|previst[oa]s?|fixee?s? au
    end|end date|target(?: date)?|completion(?: date)?|complete[ds]?(?: in| on| by)?|expected|planned for
    scheduled for|timeline|time ?frame|timescales?|by when|when
    d'ici|d'ici a|d'ici au|ici|jusqu'a|jusqu'au|jusqu'en|pour|soit|a savoir|horizon(?: de \w{1,15})?|fin|calendrier
    echeance|date limite|date de (?:fin|realisation|livraison|remise)|date d'achevement
    para|hasta|al|de aqui a|no mas tarde del?|es decir|a saber|vence|vencimiento|termino|calendario
    horizonte(?: de \w{1,15})?|cierre(?: del?(?: l[ao]s?)? \w{1,20})?
    plazo(?: maximo)?|plazo de (?:ejecucion|respuesta|entrega|cumplimiento)|fecha limite|fecha tope
    fecha (?:limite )?de (?:fin|finalizacion|termino|entrega|cumplimiento|vencimiento|cierre|conclusion|realizacion)
""")
SOFT = phrases(r"""
    in|during|within|throughout|over|for
    en|au cours|courant|dans le courant|durant|pendant|dans
    durante|en el transcurso|a lo largo|dentro
""")
END_OF = phrases(r"""
    (?:very )?(?:end|(?<!est )close|last day)(?:[- ]of)?|year[- ]end|month[- ]end
    (?<!prend )(?<!prendra )(?:la )?fin(?: de)?(?: l[ae'])?
    (?:que )?(?:finalice|acabe|termine|finalizar|acabar|terminar|concluir)(?: el)?|(?:al )?(?:termino|cierre) del?
    (?:a )?(?:fines|finales|final|cierre)(?: de)?(?: mes| ano)?(?: del?)?
""")
PART_OF = phrases(r"""
    early|mid|middle|middle of|late|later|beginning of|start of|sometime|part of|course of|(?:early|late) in
    (?:first|second|1st|2nd|last|latter) half|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:week|fortnight)
    mi|debut|milieu|courant|premiere moitie|seconde moitie|(?:premiere|seconde|deuxieme) quinzaine
    (?:premiere|derniere|deuxieme|troisieme) semaine
    principios|comienzos|inicios|mediados|medio|mitad|primera mitad|segunda mitad|(?:primera|segunda) quincena
    (?:primera|ultima|segunda) semana
""")
FILL = (
    "the|this|le|la|les|l|el|los|las|dia|jour|au|aux|on|date of|of|du|del|de|d|a|es|est|is|be|at|latest|mois|month|mes"
    "|year|annee|ano|around|about|approximately|environ|plus tard"
)
"""Small words that may stand between a cue and its date."""
