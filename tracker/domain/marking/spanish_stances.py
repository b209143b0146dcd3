"""Spanish: positions by verb, turn of phrase and object, as ministries, councils, companies and reviews put them."""

from tracker.domain.marking.forms import Form, form
from tracker.domain.marking.heads import heads
from tracker.domain.words import Position

_THING = (
    r"(?:recomendaci(?:ón|ones)|propuestas?|sugerencias?|petici(?:ón|ones)|solicitud(?:es)?"
    r"|recordatorios?|conclusi(?:ón|ones)|resoluci(?:ón|ones)"
    r"|alegaci(?:ón|ones)|decisi(?:ón|ones)|iniciativas?|aportaci(?:ón|ones)|observaci(?:ón|ones)"
    r"|medidas?|moci(?:ón|ones)|puntos?|planteamientos?|idea)"
)
_THE = (
    r"(?:el |la |los |las |esta |este |estas |estos |esa |ese |dicha |dicho |dichas |su |sus |toda la "
    r"|todas las |una )"
)
_OBJECT = (
    rf"(?:{_THE}(?:[\w-]+ ){{0,2}}?{_THING}|lo (?:recomendado|solicitado|pedido|propuesto|sugerido"
    rf"|planteado|interesado))"
)
_ASKED = (
    rf"(?:{_THE}(?:[\w-]+ ){{0,2}}?(?:recomendaci(?:ón|ones)|propuestas?|sugerencias?|petici(?:ón"
    rf"|ones)|solicitud|recordatorios?"
    r"|alegaci(?:ón|ones)|aportaci(?:ón|ones)|moci(?:ón|ones)|idea)|lo (?:recomendado|solicitado"
    r"|pedido|propuesto|sugerido|planteado|interesado))"
)
_TAKE = (
    r"(?:acept\w*|acog\w*|acoj\w*|compart\w*|suscrib\w*|asum\w*|aprueb\w*|aprob\w*|apoy(?:a|an|amos"
    r"|ar|ará|aremos|ó|ado|ada|adas)|respald\w+|adhier\w*|adherir\w*|admit\w*|aten(?:der|demos|derá"
    r"|deremos|dida|didas|dido|dió)|atiend\w+"
    r"|cumpl(?:ir|irá|iremos|e|imos|ido|ida)|implement\w+|aplic(?:ar|ará|aremos|a|amos|ado|ada)"
    r"|adopt\w+|segu(?:ir|irá|iremos|imos|ida)|sigue|ejecut\w+|incorpor\w+|dar (?:pleno "
    r"|debido )?cumplimiento|daremos (?:pleno )?cumplimiento|dará (?:pleno )?cumplimiento"
    r"|dado (?:pleno )?cumplimiento|llev\w+ a (?:cabo|efecto|la práctica)|pon\w* en (?:marcha"
    r"|práctica)|hacer efectiva|acced(?:e|emos|er|erá|ió|ido)|estim(?:a|an|ar|amos|ó|ada|ado|adas))"
)
_DONE = (
    r"(?:aceptad[ao]s?|acogid[ao]s?|asumid[ao]s?|aprobad[ao]s?|atendid[ao]s?|cumplid[ao]s?"
    r"|implementad[ao]s?|estimad[ao]s?|adoptad[ao]s?|incorporad[ao]s?|apoyad[ao]s?|respaldad[ao]s?"
    r"|ejecutad[ao]s?|aplicad[ao]s?|admitid[ao]s?|realizad[ao]s?|favorables?|conformes?|de acuerdo"
    r"|se (?:acepta|estima|asume|acoge|admite|comparte|aprueba)n?)"
)
_AIM = (
    r"(?:objetivos?|principios?|espíritu|intención|finalidad|filosofía|propósitos?|fines|fondo"
    r"|sentido general)"
)
_UNSURE = (
    r"\b(?:si|podría|podrían|sería|debería|deberían|debe|deben|recomiend\w+ (?:que|a)|recomend\w+ que"
    r"|pid\w+ (?:que|a)|solicit\w+ que|inst\w+ a|valor\w+|estudi\w+|analiz\w+|antes de|para que|cuando"
    r"|en caso de que)\b[^.]{0,80}"
)
_LABELS = (
    r"(?:[\w/-]+ ){0,3}(?:respuesta|posición|postura|estado|decisión|valoración|observaciones|informe"
    r"|comentarios?|resolución)(?: (?:a|de|del|sobre) [^:.]{1,60})?"
    r"|(?:recomendación|propuesta|sugerencia) (?:n\.?º\s*|núm\.?\s*|número\s*)?\d[\w.]*|recomendación"
    r"|propuesta|sugerencia|\d+(?:\.\d+)*"
)
_WHAT = r"(?:recomendación |propuesta |sugerencia |alegación |petición |solicitud |informe |medida )"
HEADS: tuple[Form, ...] = heads(
    _LABELS,
    {
        Position.IN_PART: rf"{_WHAT}?(?:parcialmente|en parte) {_DONE}|{_WHAT}?{_DONE},? \(?(?:parcialmente|en parte"
        rf"|con (?:matices|reservas|modificaciones|salvedades))|(?:aceptación|estimación|conformidad"
        rf"|acuerdo|cumplimiento) parcial|parcial(?:mente)?",
        Position.IN_PRINCIPLE: rf"{_WHAT}?{_DONE},? \(?en (?:su )?principio|en principio,? {_DONE}|en principio",
        Position.REJECTED: rf"{_WHAT}?(?:no (?:ha sido |es |está |queda )?(?:{_DONE}|procede|ha lugar|viable|factible)"
        rf"|rechazad[ao]s?|desestimad[ao]s?|descartad[ao]s?|denegad[ao]s?|inviable|desfavorable"
        rf"|se (?:rechaza|desestima|descarta|deniega)n?|en desacuerdo|desacuerdo|rechazo)"
        rf"|no(?=\s*\.\s*$)",
        Position.ACCEPTED: rf"{_WHAT}?(?:totalmente |plenamente |íntegramente )?(?:{_DONE}|aceptación"
        rf"|conformidad)(?: (?:íntegramente|plenamente|totalmente|en su totalidad|en sus términos))?"
        rf"|así se hará|lo haremos(?: antes[^.]*)?|sí(?=\s*\.\s*$)",
        Position.NOTED: r"(?:se )?tom(?:a|ado|ada|an|amos) (?:debida |buena )?(?:nota|conocimiento|razón)"
        r"|anotad[ao]s?|se tendrá(?:n)? en cuenta|tomad[ao]s? en cuenta",
    },
)

STANCES: tuple[Form, ...] = (
    form(
        rf"\bno\b[^.;]{{0,60}}\b{_TAKE}\b[^.]{{0,100}}\b(?:sino que"
        rf"|pero)\b[^.]{{0,60}}\b(?:en su lugar|otr[ao] (?:vía|medida|forma|manera|modo)|alternativ)"
        rf"|\b{_AIM}\b[^.]{{0,80}}\b(?:pero|si bien|aunque)\b[^.]{{0,80}}\b(?:otr[ao] (?:vía|medida"
        rf"|forma|manera|modo|instrumento)|alternativ\w+|en su lugar)",
        position=Position.ALTERNATIVE,
    ),
    form(
        r"^\W*(?:en (?:lugar|vez) de)\b|\b(?:medida|solución|acción) alternativa\b|\bmás bien\b"
        r"|\bprefer(?:imos|irá|iría)?\b[^.]{0,60}\b(?:antes que|en vez de|a )|\bprefiere\w*",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b(?:{_TAKE}|favorable|conforme|de acuerdo)\b[^.;]{{0,80}}?\b(?:parcialmente|en parte"
        rf"|con (?:algunos |algunas |ciertas )?(?:matices|reservas|modificaciones|salvedades)"
        rf"|a excepción|excepto|solo en|sólo|únicamente|pero no|en la medida en que)\b"
        rf"|\b{_TAKE}\b[^.]{{0,120}}(?:,|;| y| pero| mas) (?:\w+ ){{0,2}}?(?:no (?:se |la |el |las "
        rf"|los |así |puede )?(?:{_TAKE}|la |el |l[ao]s )|rechaz\w+|desestim\w+|descart\w+)"
        rf"|\bno\b[^.;]{{0,40}}\b{_TAKE}\b[^.]{{0,80}}\b(?:pero|aunque|sí"
        rf"|si bien)\b[^.]{{0,30}}\b(?:se acepta|se asume|acepta|asume|acoge) (?:la|el|las"
        rf"|los) (?:segund|primer|rest|demás|otr)"
        rf"|\b(?:parcialmente|en parte) (?:{_DONE}|{_TAKE})\b|\b(?:aceptación|estimación|conformidad"
        rf"|acuerdo|acogida) (?:sólo |solo )?parcial\b|\bparte de {_OBJECT} (?:se|es|ha sido|será)",
        unless=rf"{_UNSURE}{_TAKE}|\b{_AIM}\b|\bno obstante\b",
        position=Position.IN_PART,
    ),
    form(
        rf"\b(?:{_TAKE}|de acuerdo|conformes?|coincid\w+|favorables?)\b[^.;]{{0,40}}?\b(?:el|la|los"
        rf"|las|al|con el|con la|su|este|en el|en su) {_AIM}\b(?! (?:de lucro|sociales?))"
        rf"|\b{_DONE} en (?:su )?principio\b|\bve\w* con buenos ojos\b",
        unless=rf"{_UNSURE}{_TAKE}|\bno (?:se )?(?:{_TAKE}|está|estamos|coincid)",
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\bno (?:[\w-]+ ){{0,4}}?(?:{_TAKE}|favorable|conformes?|de acuerdo|coincid\w+) (?:con |a "
        rf"|de )?(?:íntegramente )?(?:{_OBJECT}|el criterio|dicho criterio|ese criterio|la opinión"
        rf"|la valoración)|\b{_OBJECT} no (?:[\w-]+ ){{0,3}}?(?:{_TAKE}|{_DONE})"
        rf"|\bno (?:goza|cuenta|dispone)n? (?:del?|con el) (?:apoyo|respaldo|conformidad)"
        rf"|\bno (?:se )?acced(?:e|emos|erá)\b|\bno (?:se )?(?:dará|da|daremos|ha dado) (?:curso"
        rf"|cumplimiento|lugar)\b|\b(?:votó|se pronunció|se manifiesta|se posiciona) en contra\b"
        r"|\b(?:decidido|acordado|resuelto|decide|acuerda|resuelve|decidió|acordó"
        r"|resolvió) no (?:\w+ )?(?:dar (?:curso|cumplimiento)|{_TAKE})|\bno es intención\b"
        r"|\bse ratifica en (?:su|la) (?:decisión|criterio|posición|resolución)"
        r"|\bmantiene su (?:criterio|posición|decisión)|\b(?:no (?:le )?es posible|resulta imposible"
        r"|no podemos|no puede|no pueden) (?:acceder|atender|aceptar|asumir|acoger|cumplir"
        r"|implementar)\b",
        unless=rf"{_UNSURE}{_TAKE}|\bno (?:ha|han|se ha) (?:aún|todavía)|\bcompromiso\b|\baún no\b"
        rf"|\btodavía no\b|\b(?:inconveniente|objeci(?:ón|ones)|reparos?)\b|\bno (?:se )?(?:aceptan"
        rf"|admiten) (?:solicitudes|denuncias)",
        position=Position.REJECTED,
    ),
    form(
        r"\b(?:consider|estim|juzg|cre|parec|result)\w*(?: que)?[^.;]{0,50}\b(?:innecesari[ao]"
        r"|inoportun[ao]|improcedente|inconveniente|desproporcionad[ao]|prematur[ao]|inadecuad[ao]"
        r"|superflu[ao]|contraproducente)\b"
        r"|\bno (?:sería|resultaría|parece) (?:proporcionad|adecuad|oportun|convenient|necesari"
        r"|razonabl|viabl|posibl|factibl)\w+|\bno (?:presentará|propondrá|creará|modificará"
        r"|establecerá|ampliará|reducirá|eliminará|financiará|introducirá|elaborará|cambiará|aprobará"
        r"|tramitará|remitirá)n?\b|\bno (?:hay|existen?|concurren|vemos|se aprecian?|aprecia"
        r"|encuentra\w*) (?:\w+ ){0,2}?(?:motivos?|razones?|necesidad|causas?|fundamento"
        r"|justificación|base)\b"
        r"|\b(?:la|el) (?:normativa|ley|legislación|marco|sistema|regulación"
        r"|procedimiento)[^.]{0,20}(?:vigente|actual|existente)\b[^.]{0,20}\b(?:es (?:suficiente"
        r"|adecuad[ao])|resulta suficiente|basta|ya (?:lo )?(?:prevé|contempla|garantiza))",
        unless=r"\b(?:respuesta|responder|contestar)\b|competen",
        position=Position.REJECTED,
        weak=True,
    ),
    form(
        rf"\b(?:goza|cuenta|dispone)n? (?:plenamente )?(?:del?|con el|con nuestro) (?:pleno )?(?:apoyo"
        rf"|respaldo)|\bnos comprometemos a {_TAKE} (?:a |con )?{_ASKED}|\b(?:se compromete"
        rf"|se comprometen|procederá|procederemos|ha decidido|hemos decidido|acuerda|acordó|va|van"
        rf"|vamos|pretende)n? (?:a |en )?{_TAKE} (?:a |con |con )?{_ASKED}"
        rf"|\b(?:implementar|atender|cumplir|seguir|adoptar|aplicar|acoger|aceptar|incorporar|asumir"
        rf"|ejecutar)(?:emos|á|án) (?:\w+mente )?(?:a |con )?{_ASKED}|\b(?:se ha|se han"
        rf"|se) (?:resuelto|resuelve|informado|informa|valorado|valora) (?:muy )?(?:favorable"
        rf"|positiva)mente\b"
        rf"|\bse (?:ha dado|han dado|dará|da|está dando) (?:pleno |debido )?cumplimiento a"
        rf"|\b(?:está|estamos|están) a favor\b(?! de que se)|\bconforme a lo (?:recomendado|solicitado"
        rf"|propuesto)\b|\bse procederá a (?:dar cumplimiento|{_TAKE})\b|\b{_ASKED}(?: \w+ \d+"
        rf"| \d+)? (?:ya )?(?:se está|se están|está siendo|están siendo|está en (?:proceso|curso"
        rf"|vías) de|se ha|se han|ha sido|han sido|será|serán|es|queda) (?:ya "
        rf"|\w+mente )?(?:en )?(?:implementando|cumpliendo|ejecutando|aplicando|atendiendo"
        rf"|implementación|cumplimiento|{_DONE}|cumplido|llevad[ao] a cabo)\b"
        rf"|\b(?:coincid(?:e|en|imos)|concordamos|concuerda) (?:\w+mente )?con {_ASKED}"
        rf"|\bse toman? en consideración\b[^.]{{0,30}}\bincorpora|\bse incorporan? {_ASKED}"
        rf"|\b{_ASKED} se (?:acepta|asume|acoge|incorpora|atenderá|cumplirá|implementará|aplicará"
        rf"|estima|aprueba)n?\b"
        rf"|\b(?:acced(?:e|emos|erá)|accedió) a (?:{_ASKED})|\bse (?:atenderá|cumplirá|implementará"
        rf"|aplicará|asumirá|aceptará|seguirá)n? {_ASKED}|\b(?:ha|han|hemos) (?:aceptado|asumido"
        rf"|acogido|aprobado|adoptado|implementado|atendido|cumplido|seguido) (?:\w+mente )?{_ASKED}"
        rf"|\b(?:da|damos|dan|dará|daremos) (?:su|nuestra) conformidad\b|\baprobó {_ASKED}",
        unless=rf"{_UNSURE}(?:{_TAKE})|\bno (?:se |la |lo |ha |han |es |será |va |goza|cuenta|procede|acced)"
        rf"|\b(?:los|las) (?:participantes|vecin\w+|sindicatos|asociaciones)\b[^.,]{{0,40}}\b(?:acept"
        rf"|apoy|aprob)|\b(?:el comité|la asamblea|el defensor)\b[^.,]{{0,30}}\b(?:aprob|acept)",
        position=Position.ACCEPTED,
    ),
    form(
        r"\bhar(?:á|emos|án) lo que (?:pide|solicita|recomienda|propone|sugiere)\w*",
        position=Position.ACCEPTED,
        weak=True,
    ),
    form(
        rf"\b(?:tom(?:a|an|amos|ó|ado)) (?:debida |buena )?(?:nota|conocimiento|razón) (?:de "
        rf"|del )?(?:{_OBJECT})|\bse tendrán? en cuenta {_OBJECT}|\b{_OBJECT} se tendrán? en cuenta\b",
        unless=r"\bescrito\b|\bplazo\b",
        position=Position.NOTED,
    ),
)
