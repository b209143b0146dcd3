"""Spanish: how ministries, councils and public bodies say where they stand on a recommendation."""

from tracker.domain.marking.forms import form
from tracker.domain.words import Position

_WHO = (
    r"(?:nosotros|yo|se|(?:el |la |los |las |este |esta |nuestro |nuestra |dicho "
    r"|dicha )(?:[\w-]+ ){0,6}?(?:gobie"
    r"rno|ministerio|ministra|ministro|estado|consejo|consejería|consejero|consejera|comisión|agencia"
    r"|"
    r"autoridad|regulador|empresa|compañía|oficina|servicio|servicios|ayuntamiento|municipio|alcaldía"
    r"|alcalde|alcaldesa|diputación|junta|dirección|secretaría|administración|instituto|universidad|hospital"
    r"|organismo|entidad|fiscalía|policía|departamento|gerencia|corporación|xunta|generalitat)"
    r"|(?-i:[A-Z]{2,9}\b"
    r"|[A-Z][\w-]+(?: [\w-]+){0,6}?))"
)
_TAKE = (
    r"(?:acept(?:a|an|amos|o|ó|ado|ada|ados|adas|ar)|acog(?:e|en|emos|ió|ido|ida|er)|comparti(?:mos|r|do"
    r"|da)|compart(?:e|en)|suscrib(?:e|en|imos|ir)|asum(?:e|en|imos|ió|ida|ido|ir)|aprueb(?:a|an)|aprob(?:amos"
    r"|ó|ado|ada|ar)|apoy(?:a|an|amos|ó|ado|ada|ar)|respald(?:a|an|amos)|adhier(?:e|en)|admit(?:e|en|imos"
    r"|e)|estim(?:ada|adas))"
)
REC = (
    r"(?:recomendaci(?:ón|ones)|propuestas?|sugerencias?|peticion(?:es)?|petición|solicitud(?:es)?|medidas?"
    r"|recordatorios?|conclusi(?:ón|ones)|resoluci(?:ón|ones)|planteamientos?|alegaci(?:ón|ones)|observaci(?:ón"
    r"|ones)|aportaci(?:ón|ones)|decisi(?:ón|ones)"
    r"|iniciativas?)"
)
_OTHERS = (
    r"\b(?:(?:los|las) (?:participantes|asociaciones|ciudadan\w+|sindicatos|vecin\w+|personas)|el (?:defensor"
    r" del pueblo|comité|tribunal|gobierno anterior|anterior gobierno)|la (?:defensoría|asamblea|comisión"
    r" de investigación)|la mayoría)\b[^.,;]{0,50}\b(?:acept|acog|compart|apoy|rechaz|suscrib)"
)
_MAYBE = (
    r"\b(?:si|podría|podrían|sería|en caso de que|decidir si|valorar si|valorará si|antes de"
    r"|cuando se)\b[^.]{0,60}\b" + _TAKE
)
_OBJECTS = (
    r"\bcompart\w* (?:plenamente )?(?:la |su |sus |esta |esa |dicha )(?:preocupaci|inquietud)\w*|"
    r"\bacept\w* (?:la |su |toda )*(?:responsabilidad|solicitudes|pagos|candidaturas|currículos|denuncias)"
    r"|\bcompart\w* (?:los datos|datos|la información|información|el diagnóstico|la valoración)|\bapoy\w+"
    r" (?:a |al |económic)"
)

POSITIONS = (
    form(
        r"\b(?:parcialmente|en parte|salvo|excepto|con la excepción|en cierta medida|solo en lo"
        r"|únicamente)\b[^.;]"
        rf"{{0,60}}\b(?:{_TAKE}|favorable|conforme)|\b(?:{_TAKE}|favorable|conforme"
        rf"|de acuerdo)\b[^.;]{{0,80}}?\b(?"
        r":parcialmente|parcial|en parte|salvo|excepto|a excepción|con la excepción|únicamente|solo (?:en"
        r"|la|el)|con reservas|con matices)"
        rf"|\bno (?:se )?{_TAKE} (?:plenamente|totalmente|íntegramente|en su totalidad|completamente)"
        rf"|\b(?:{_TAKE}|favorable)\b[^.;]{{0,90}}\b(?:pero|sin embargo|aunque|no así|mas)\b[^.]{{0,60}}\b(?:no"
        r"|rechaz|descart|desestim)"
        rf"|\b{_TAKE}\b[^.;]{{0,90}}\by (?:se )?(?:no (?:en|a|la|las|lo|los|el|para|respecto)|rechaz|descart"
        rf"|desestim)\w*"
        rf"|\b{_TAKE}\b[^.]{{0,120}}; (?:el|la|los|las)\b[^.]{{0,60}}\bno (?:pued\w+|se|es posible)\b"
        r"|\bestim(?:a|an|amos|ó) (?:parcialmente|en parte)\b|\bparcialmente estim\w+",
        unless=_OTHERS + "|" + _MAYBE,
        position=Position.IN_PART,
    ),
    form(
        rf"\b(?:{_TAKE}|favorable|de acuerdo|conforme)\b(?:(?!\bno\b)[^.;])*?\ben (?:su )?principio\b"
        rf"|\ben principio\b[^.;]{{0,40}}\b{_TAKE}|\b(?:{_TAKE}) (?:plenamente |totalmente |íntegramente"
        r" )?(?:el|la|los|las|con el|con la|este|esta|dicho|dicha|su) (?:objetivos?|principios?|espíritu"
        r"|intención|finalidad|filosofía|fines?|propósito)\b"
        r"|\b(?:de acuerdo|coincid\w+) con (?:el|la|los) (?:objetivo|principio|espíritu|finalidad|intención"
        r"|propósito|fin)s?\b"
        rf"|\bprincipio\b[^.]{{0,30}}\b(?:se acepta|se comparte)",
        unless=_OTHERS + "|" + _MAYBE,
        position=Position.IN_PRINCIPLE,
    ),
    form(
        r"\bno (?:se |la |lo |las |los |nos |ha |han |hemos |ha sido |es |son |está |puede |pueden |podemos"
        r" |procede |resulta |cabe |es posible |ser |está en condiciones de |estamos en condiciones de"
        rf" |se puede |se considera |podrá |será ){{0,3}}(?:{_TAKE}|atender (?:la|esta|dicha|su)|atendida"
        r"|dar cumplimiento|cumplir (?:la|esta)|implementar|favorable|partidari\w+|conforme|de acuerdo)\b"
        r"|\b(?:no ha lugar|rechaz(?:a|an|amos|ó|ado|ada|ar)|desestim(?:a|an|amos|ó|ado|ada)"
        r"|descart(?:a|an|amos"
        r"|ó|ado|ada)|discrep(?:a|an|amos)|declin(?:a|an|amos|ó)|deneg(?:ó|ado|ada|amos)|denieg(?:a|an)"
        r"|se opone|nos oponemos|disient\w+|en desacuerdo|desfavorable(?:s|mente)?)\b",
        unless=_OTHERS
        + "|"
        + _MAYBE
        + r"|no (?:\w+ )?(?:tiene|tenemos|tienen|ve|vemos) (?:\w+ )?(?:inconveniente|objeci|reparo)"
        + r"|no (?:está|estamos|se está|nos encontramos) (?:aún |todavía )?en (?:condiciones|disposición)"
        r" de (?:responder|contestar|dar|pronunciar|informar|ofrecer)|no (?:ha|han) (?:sido )?rechaz"
        r"|asumir\b[^.]{0,30}\bcompromiso",
        position=Position.REJECTED,
    ),
    form(
        r"\bno (?:se |lo |nos |la |parece |resulta |es |está |tiene |tenemos |hay |existe |existen |cabe"
        r" ){0,3}(?:consider|estim|cre|juzg|ve|prev|contempl|preten|propon|plante|necesari|oportun|conveniente"
        r"|posible|viable|factible|proporcionad|adecuad|previst|procede|previsión|intención|planes)\w*"
        r"|\bninguna (?:medida|actuación|modificación)\b[^.]{0,40}\b(?:previst|propuest)"
        r"|\bno (?:se )?(?:adoptará"
        r"|adoptarán|modificará|realizará|tomará|introducirá|impulsará|procede|va a|creará)\b|\binviab(?:le|les"
        r"|ilidad)\b|\bno (?:cumpl\w+|reún\w*|reun\w+) (?:con )?(?:los|las)"
        r" (?:requisitos|condiciones|bases|criterios)\b",
        unless=_OTHERS
        + r"|no (?:es|ha sido|resulta) (?:aún |todavía )?posible (?:responder|contestar|dar|ofrecer|facilitar"
        r"|remitir|pronunciar)|competen|no (?:es|resulta) responsable|no está en condiciones de (?:responder"
        r"|dar|contestar)|no (?:se )?ve(?:rá)?\b afect|no (?:va a|vamos a|van a) (?:escatimar|cejar"
        r"|renunciar|bajar|descansar)"
        r"|no (?:\w+ )?(?:hay|tiene|tenemos|existe|ve|vemos) (?:\w+ )?(?:inconveniente|objeci|reparo)",
        position=Position.REJECTED,
        weak=True,
    ),
    form(
        r"\ben (?:su )?lugar\b|\ben vez de\b|\balternativ[ao]s?\b|\bpor otr[ao]s? (?:medios?|vías?)\b"
        r"|\bde otr[ao] (?:modo|manera|forma)\b|\bpreferible\b|\bopta(?:rá|mos|n)? por\b|\bse ha optado"
        r" por\b|\b(?:alcanzar|lograr|cumplir|conseguir|alcanzará|lograrse|atender) (?:este|ese|el mismo"
        r"|dicho|la misma|esta|los mismos)\s(?:objetivo|fin|finalidad|propósito)s? (?:mediante|a través"
        r"|por|con)\b|\botra (?:vía|fórmula|solución)\b",
        unless=r"\b(?:junto (?:con|a)|valorar|estudiar|analizar|entre|diversas|posibles)\b[^.]{0,40}\balternativ",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b{_WHO} (?:\w+mente |ha |han |hemos |también |sí ){{0,3}}{_TAKE}\b|\b(?:acept|compart|suscrib"
        r"|asum|acog|apoy)(?:amos|imos|emos)\b"
        rf"|^\W*(?:posición|respuesta|estado|decisión)?\s*(?:del gobierno|del ministerio)?\s*[:–-]?\s*(?:{REC}"
        r" )?(?:aceptad[ao]s?|aprobad[ao]s?|se acepta|conforme|de acuerdo|asumida)\b\s*(?:[.,;:–-]"
        r"|y \w+d[ao]s?\b|$)"
        r"|\b(?:hace|hacen|hacemos|ha hecho|han hecho) (?:suy[ao]s?|nuestr[ao]s?) (?:la|las|el|los"
        r"|esta|dicha)\b"
        rf"|\bse estiman? (?:íntegramente )?(?:la|las|el|los) {REC}"
        rf"|\b{REC}\b[^.;]{{0,40}}\b(?:es|son|ha sido|han sido|fue|queda|será|serán|resulta) (?:\w+mente"
        r" |por tanto |ya )?(?:aceptad|acogid|asumid|aprobad|atendid|cumplid|implementad|estimad"
        r"|adoptad)[ao]s?\b"
        r"|\b(?:está|estamos|están|se muestra|es|somos|muestra su|expresa su|manifiesta su|informe) (?:\w+mente"
        r" |totalmente )?(?:de acuerdo|favorables?|conformes?|conformidad|acuerdo|aceptación)\b|\bacepta(?:n"
        r"|mos)? (?:en sus términos|en su integridad|íntegramente|la|las|esta|estas|dicha)\b|\baceptación"
        r" (?:de|íntegra|plena|expresa)\b"
        r"|\b(?:dará|daremos|seguirá|seguiremos|implementará|cumplirá|pondrá en (?:marcha|práctica)|atenderá)"
        rf" (?:pleno )?(?:cumplimiento a )?(?:esta|la|dicha|las|su) {REC}",
        unless=_OTHERS
        + "|"
        + _OBJECTS
        + "|"
        + _MAYBE
        + r"|\b(?:aprobad|adoptad)[ao]s? (?:por|en)\b"
        + rf"|\b(?:aprobó|ha aprobado|han aprobado|hemos aprobado|aprueba)\b(?![^.;]{{0,40}}\b{REC})",
        position=Position.ACCEPTED,
    ),
    form(
        r"^\W*(?:se )?(?:toma(?:do|da|n)?|tomamos) (?:debida |buena )?nota\b|\b(?:toma|tomamos|toman"
        r"|ha tomado|hemos tomado|han tomado|se toma|se ha tomado|tomó) (?:debida |buena )?(?:nota"
        r"|conocimiento)\b"
        rf"|^\W*tomado conocimiento|\b{REC}\b[^.]{{0,20}}\b(?:anotad|tomad[ao]s? nota)",
        unless=r"\b(?:escrito|plazo|queja|fecha)\b",
        position=Position.NOTED,
    ),
)
