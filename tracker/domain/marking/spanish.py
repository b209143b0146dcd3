"""Spanish: how ministries, councils and public bodies say what they do, why and when."""

import re

from tracker.domain.marking.forms import Code, Tongue, form
from tracker.domain.marking.heads import in_order
from tracker.domain.marking.spanish_positions import POSITIONS, REC
from tracker.domain.marking.spanish_reasons import REASONS
from tracker.domain.marking.spanish_stances import HEADS, STANCES
from tracker.domain.marking.spanish_turns import TURNS

_V = (
    r"(?:public|lanz|conced|autoriz|cre|pon|pond|establec|aprob|apr(?:ueb|ob)|present|modific|revis|actualiz|consult"
    r"|financi|invert|invier|exig|elabor|desarroll|implement|implant|contrat|form|"
    r"reforz|refuerz|mejor|aument|reduc|redu|ampli|simplific|aclar|organiz|realiz|llev|encarg|design"
    r"|nombr|asign|destin|dedic|sustitu|suprim|derog|prohib|control|"
    r"recog|recopil|prob|pilot|diseñ|redact|prepar|abr|abier|cerr|trasla|transfer|firm|ratific|difund"
    r"|remit|envi|solicit|pid|ped|evalu|audit|inspeccion|proced|"
    r"adopt|incorpor|inclu|integr|generaliz|finaliz|termin|inici|comenz|comienz|continu|acompañ|ayud"
    r"|elev|duplic|constru|instal|equip|sensibiliz|inform|reform|propon|"
    r"propus|convoc|reun|coordin|lider|anunci|digitaliz|tramit|ejecut|dict|impuls|promov|promuev|activ"
    r"|regul|instru|garantiz|asegur|facilit|aceler|sancion|proteg|complet|ha(?:ce|rá|rán|remos)|hech"
    r"|puest|inscrib|dot|adjudic|licit|rehabilit|celebr|habilit|constitu|articul|fij|defin|planific|program"
    r"|trabaj|impart|emit|suscrib|entr)"
)
_ACTIONS = (
    form(
        r"\bestar(?:á|án) (?:en (?:servicio|marcha|funcionamiento|vigor)|operativ[oa]s?|disponibles?|list[oa]s?)\b"
        r"|\btrabaj(?:a|an|amos) (?:actualmente |ya )?(?:junto|con|en|para)\b|\bse (?:corrige|modifica"
        r"|incorpora|incluye|recoge|amplía"
        r"|añade|suprime|elimina|crea|establece)n? (?:en )?(?:el|la|los|las|una?)\b",
        unless=r"\b(?:respuesta|contestación)\b|\bno se \w+",
    ),
    form(
        r"\b(?!depend|segui|respond|contest|estudi|analiz|valor|examin|permit|supon|supondr|ser|est|tendr|podr|deber"
        r"|habr|dar|remit|mantendr|pronunci|comunic|inform|traslad|envi|facilit|recib|lleg|consider|ofrec"
        r"|pondr)\w{3,}(?:ará|erá|irá|arán|erán|irán|aremos|eremos|iremos)\b",
        unless=r"\b(?:respuesta|contestación)\b",
    ),
    form(
        r"\b(?!recib|solicit|recomend|pidi|consider|señal|indic|manifest|conclu|plante|expres|afirm|sugiri"
        r"|propus|remiti|declar|procedi|traslad|envi|acept|rechaz|desestim|asumi|tuv|hub|fu|exist|agradec|acus|resolv"
        r"|detect|constat|ocurr|falleci)\w{3,}(?:ó|aron|ieron)\b",
        unless=r"\b(?:la defensoría|el defensor(?: del pueblo)?|el comité|la asamblea|el jurado|usted|su (?:informe"
        r"|escrito)) [^.,]{0,30}(?:ó|aron|ieron)\b",
    ),
    form(
        rf"\b(?:será|serán) (?:\w+mente )?{_V}\w*(?:ado|ada|ados|adas|ido|ida|idos|idas)\b|\b{_V}\w*?(?:ará"
        r"|arán|aremos|aré|erá|erán|eremos|irá|irán|iremos|drá|drán|dremos|rá|rán|remos)\b",
        unless=r"\b(?:respuesta|contestación|posición)\b[^.]{0,50}\b(?:remitirá|enviará|dará|facilitará|trasladará"
        r"|comunicará|emitirá|publicará)|\b(?:remitirá|enviará|dará|facilitará|trasladará|comunicará"
        r"|emitirá|publicará|ofrecerá)\w*[^.]{0,40}\b(?:respuesta|contestación)|en contacto con|\bno"
        r" se? ?\w+(?:rá|rán)\b",
    ),
    form(
        r"\b(?:va a|van a|vamos a|se compromete a|nos comprometemos a|se comprometen a|se ha comprometido"
        r" a|prevé|prevén|prevemos|tiene previsto|tenemos previsto|está previsto|está prevista|se tiene"
        r" previsto|tiene la intención de|pretende|pretenden|ha decidido|se ha decidido|hemos decidido"
        r"|se propone|ha solicitado|ha pedido|ha encargado|ha instado) (?:\w+mente )?(?:que |al |a |la"
        rf" |el |su |una? )*(?:{_V}\w*|\w+ción)",
        unless=r"\b(?:responder|contestar|pronunciarse)\b|\bno (?:se )?(?:va|prevé|tiene|está|pretende|propone)\b",
    ),
    form(
        rf"\b(?:ha|han|hemos|he) (?:\w+mente |ya |también |asimismo )*(?:sido )?(?:{_V}\w*(?:ado|ada|ados"
        r"|adas|ido|ida|idos|idas)|puesto|puesta|abierto|hecho|escrito|inscrito|adscrito|suscrito|dispuesto"
        r"|propuesto|impuesto)\b",
        unless=r"\b(?:ha|han) (?:sido )?(?:recibido|recibida)|\b(?:usted|ustedes|la defensoría|el defensor del"
        r" pueblo|el comité|la comisión de investigación) (?:nos )?(?:ha|han)\b|\b(?:ha|han|hemos|he)"
        r" (?:remitido|trasladado|enviado|derivado) su\b|\bha (?:sido )?(?:trasladad|remitid|transferid)\w*[^.]"
        r"{0,50}\b(?:al|a la) (?:ministerio|consejería|ayuntamiento|dirección|departamento|órgano|servicio"
        r"|comunidad)|\bno (?:se )?(?:ha|han)\b",
    ),
    form(
        rf"\b(?:está|están|estamos|se está|se están|viene|vienen) (?:\w+mente |ya |actualmente )*(?:{_V}\w*(?:ando"
        r"|iendo|yendo)|en marcha|en funcionamiento|en ejecución|en vigor|operativ[oa]s?|en fase de (?:licitación"
        rf"|ejecución|implantación|redacción))\b|\b(?:se )?(?:{_V}\w*(?:ó|aron|ieron|imos)|puso|pusieron"
        rf"|hizo|dispuso)\b|\b(?:fue|fueron) (?:{_V}\w*(?:ado|ada|ados|adas|ido|ida|idos|idas)|puest[oa]s?"
        r"|abiert[oa]s?)\b",
        unless=r"\b(?:la defensoría|el defensor(?: del pueblo)?|el comité|la asamblea|usted|su (?:informe|escrito))"
        r" [^.,]{0,30}(?:ó|aron|ieron)\b|\bse recibió\b|\b(?:fue|ha sido) recibid[oa]\b|\best(?:á|án"
        r"|amos) (?:siendo )?(?:estudia|analiza|valora|examina|prepara(?:ndo)? (?:la|una|su) (?:respuesta"
        r"|contestación))|\b(?:remitió|trasladó|envió|solicitó)[^.]{0,60}\b(?:su (?:escrito|recomendación)"
        r"|ampliación del plazo|prórroga)",
    ),
)
_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
)
_WHEN = (
    rf"(?:\d{{1,2}} de {_MONTH}(?: (?:de|del) 20\d\d)?|(?:finales de |principios de |mediados de |mes"
    rf" de )?{_MONTH} (?:(?:de|del) 20\d\d|próximo|pasado|de este año|del próximo año)|(?:primavera|verano"
    r"|otoño|invierno)(?: (?:de|del) (?:20\d\d|próximo año|año que viene|presente año))|(?:primer|segundo"
    r"|tercer|cuarto|último) (?:trimestre|semestre|cuatrimestre)(?: (?:de|del) (?:20\d\d|año|próximo"
    r" año|presente año))?"
    r"|(?:finales|fines|principios|mediados|final|inicio|comienzo)s? de(?:l)? (?:20\d\d|año|presente"
    r" año|próximo año|mes|ejercicio|trimestre|semestre|curso|mandato|"
    + _MONTH
    + r")|(?:próximo|presente) (?:año|mes|trimestre|semestre|curso|ejercicio|verano|otoño)|ejercicio (?:de"
    r" )?20\d\d|año 20\d\d|20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}/20\d\d)"
)
_NUM = (
    r"(?:un|una|dos|tres|cuatro|cinco|seis|ocho|nueve|diez|doce|quince|dieciocho|veinte|treinta|sesenta|noventa"
    r"|\d+)"
)
_DATES = (
    form(
        rf"\b(?:desde|hasta|en|antes de|a partir de|para|durante) {_MONTH}\b|\b{_WHEN}|\b(?:en|antes de|desde"
        rf"|para|hasta|a partir de|durante|a lo largo de|hacia|en torno"
        r" a) (?:el )?(?:año )?20\d\d\b|\b(?:en|dentro de|en el plazo de|en un plazo (?:máximo )?de|plazo"
        rf" de|en los próximos|en las próximas) (?:{_NUM} )?(?:días|semanas|mes|meses|años?)\b",
        unless=r"\b(?:su (?:escrito|carta|informe|oficio|solicitud)|escrito|oficio) (?:de|del|de fecha|con fecha"
        r"|fechado)",
    ),
)
_HOLDING = (
    form(
        r"\b(?:respuesta|contestación|posición|posicionamiento)\b[^.]{0,60}\b(?:se (?:remitirá|enviará"
        r"|dará|facilitará|trasladará|comunicará|emitirá|publicará|hará|ofrecerá)|será (?:remitid|enviad"
        r"|facilitad|trasladad|comunicad|publicad|emitid)\w*|llegará|recibirá)"
        r"|\b(?:remitir(?:á|emos|se)|enviar(?:á|emos)|dar(?:á|emos)|facilitar(?:á|emos)|trasladar(?:á"
        r"|emos)|comunicar(?:á|emos)|emitir(?:á|emos)|publicar(?:á|emos)|ofrecer(?:á|emos)|hará llegar)\b[^.]"
        r"{0,40}\b(?:respuesta|contestación|posición|posicionamiento)\b|\b(?:respond(?:erá|eremos|eré)"
        r"|contestar(?:á|emos|é)|se pronunciará|nos pronunciaremos|le informaremos|se le informará|les"
        r" mantendremos informad)\w*\b",
        unless=r"\brespuesta a (?:emergencias|la emergencia|las necesidades)|tiempo de respuesta",
    ),
    form(
        r"\b(?:traslad|remit|envi|comunic|facilit|ofrec|d)(?:ar|ir|er)(?:le|les|se)?\b[^.]{0,25}\b(?:respuesta"
        r"|contestación)\b|\ben contacto con (?:usted|ustedes)\b"
    ),
    form(
        r"\bno (?:\w+ ){0,4}(?:posible|en condiciones|en disposición) (?:de )?(?:responder|contestar"
        r"|dar|ofrecer|facilitar|remitir|pronunciar|emitir)\w*|\b(?:ampliación|prórroga|prorrog\w+|más"
        r"|mayor|tiempo adicional|plazo adicional)\b[^.]{0,25}\b(?:plazo|tiempo)\b|\b(?:plazo|tiempo)"
        r" (?:adicional|suplementario)\b|\brespuesta (?:provisional|interina|de espera)\b"
    ),
    form(
        r"\b(?:está|están|se encuentra|se encuentran|sigue|siguen|permanece|estamos|se está|se están"
        rf"|será|serán)\b[^.]{{0,30}}\b(?:en (?:fase de )?(?:estudio|análisis|valoración|consideración)"
        r"|siendo (?:estudiad|analizad|valorad|examinad|objeto)\w*|bajo (?:análisis|estudio|consideración)"
        r"|estudiando|analizando|valorando|examinando|pendiente de (?:valoración|estudio|informe|respuesta)"
        r"|objeto de (?:estudio|análisis|valoración)|estudiad\w+|analizad\w+|valorad\w+|examinad\w+)\b"
        rf"|\b(?:estudiar|analizar|valorar|examinar)(?:á|án|emos|é)\b[^.]{{0,60}}\b(?:{REC}|informe|escrito"
        r"|detenid|deten|atención|contenido|antes)",
    ),
)
_ACK = (
    form(
        r"\bacus(?:a|amos|ar|o|e de|an) (?:el )?recibo\b|\bacuse de recibo\b|\b(?:hemos|ha|se ha|he)"
        r" (?:sido )?recibid[oa]\b|\b(?:ha|han) tenido entrada\b|\btuvo entrada\b|\b(?:agradec(?:e|emos"
        r"|en|erle|er|iendo)|gracias)\b[^.]{0,60}\b(?:por|su|sus|el|la|interés)|\bse recibió\b|\b(?:fue"
        r"|ha sido) recibid[oa]\b|\b(?:en relación con|en respuesta a|con relación a) su (?:escrito|carta"
        r"|informe|oficio|solicitud)\b|\bsu (?:escrito|carta|informe|oficio) (?:de fecha|de \d|relativo"
        r"|ha sido registrad)"
    ),
)
_REFERRAL = (
    form(
        r"\bcompetencia no (?:es|son) (?:municipal|nuestra|propia|de est\w+)\b|\b(?:traslad(?:a|amos|ado|ada|o"
        r"|ó|ará|arán|aremos)|remit(?:e|imos|ido|ida|ió|o)|deriv(?:a|amos|ado|ada|ó)|transfer(?:ido"
        r"|ida|imos)|transfiere|reenvi\w+|enviad[oa]|da traslado|dado traslado|damos traslado)\b[^.]{0,70}\b(?:al"
        r"|a la|a las|a los|ante) (?=[^.]{0,50}\b(?:ministerio|consejería|ayuntamiento|dirección|departamento"
        r"|órgano|servicio|comunidad|autoridad|diputación|unidad|secretaría|agencia|competente|concejalía"
        r"|organismo|junta|gobierno|empresa))"
        r"|\b(?:no (?:es|son|tiene|ostenta|resulta)|carece)\b[^.]{0,30}\bcompeten\w+|\b(?:es|son|resulta"
        r"|corresponde a una|excede de la|ajen[ao] a (?:la|las)?) ?(?:la |de |una )?(?:competencia|competencias"
        r"|responsabilidad)\b(?! compartida)|\b(?:corresponde|compete|incumbe)n? (?:\w+mente |dar respuesta"
        r" |responder |contestar )*(?:al|a la|a las|a los|su)\b|\bno (?:entra|está|se encuentra|recae"
        r"|forma parte) (?:dentro |de )*(?:en |de |del )?(?:el |su|sus|nuestr\w+|las|ámbito)|\b(?:deberá"
        r"|debe|puede|procede) (?:dirigirse|ser dirigid|remitirse)|\bno (?:corresponde|compete) a\b",
        unless=r"\b(?:proyecto|informe anual|borrador|texto|anteproyecto) (?:se |ha sido |será )?(?:remit|traslad)"
        r"|a las cortes|al parlamento\b",
    ),
)
_OWNERS = (
    form(
        r"\b(?:[Ee]l |[Ll]a |[Ll]os |[Ll]as |[Pp]or (?:el |la |parte (?:de la |del ))?|al |a la |del"
        r" |de la |con (?:el |la )?)(?:Ministeri[oa]|[Mm]inistr[oa] de|Consejería|consejer[oa] de|Dirección"
        r" General|Dirección|Secretarí[oa]|Agencia|Subsecretaría|Subdirección|Viceconsejería|Instituto"
        r"|Oficina|Inspección|Servicio (?:de|Público|Andaluz|Nacional|Municipal|[A-Z])|Delegación|Concejalía"
        r"|concejal|Comisión [A-Z]|Consejo (?:de|General|Nacional|[A-Z])|Unidad|Área|Departamento|Gerencia"
        r"|Junta|Autoridad|Fiscalía|Diputación|Presidencia|Alcaldía|Comité|Comisaría|Tesorería|Universidad"
        r"|INE|AE[A-Z]+|SEP[A-Z]+|INSS)"
        r"|\b(?:liderad|coordinad|dirigid|encomendad|encargad|impulsad|gestionad|realizad|ejecutad|presidid)[oa]s?"
        r" (?:por|a|de)\b|\b(?:será|es|son|serán) responsables?\b|\bbajo la (?:responsabilidad|dirección"
        r"|coordinación)\b|\b(?:órgano|persona|unidad) responsable\b",
        unless=r"^\W*(?:el |la |este |esta )?(?:Ministerio|Consejería|Dirección General"
        r"|Secretaría)[\w ,áéíóúñ]{0,60}?"
        r" (?:le |les )?(?:agradece|acusa|acepta|comparte|suscribe|toma|rechaza|no |está (?:estudiando"
        r"|analizando|valorando|de acuerdo)|ha recibido|considera|discrepa)",
        cased=True,
    ),
)

SPANISH = Tongue(
    "es",
    frozenset(
        "el la los las de del y en que se por para con una un es ha su al no como esta este lo han más".split()
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
        r"^\W*(?!se (?:ha |han )?(?:acept|asum|acog|estim|rechaz|desestim|compart|tom|atend|descart))"
        r"(?:(?:recomendación|propuesta|sugerencia)\s+(?:n\.?º\s*|núm\.?\s*|número\s*)?(?:\d+|primera"
        r"|segunda|tercera)\s*[:.–-]|(?:el |la |los |las |su |esa |dicha |esta )?(?:[\w-]+ ){0,4}(?:defensor\w*"
        r"|comité|comisión de investigación|asamblea|tribunal de cuentas|informe|petición|ciudadan\w+"
        r"|jurado|defensoría|institución|recomendación)(?: [\w-]+){0,4}? (?:nos |le )?(?:ha |han )?(?:recomend"
        r"|recomiend|solicit|pid|propon|inst|suger|sugier|formul|conclu|plante)\w*|(?:usted|ustedes)"
        r" (?:nos )?(?:recomiend|solicit|pid|propon)\w*)",
        re.I,
    ),
    re.compile(
        r"\b(?:recomendaci(?:ón|ones)|propuestas?|sugerencias?)\s+(?:n\.?º\s*|núms?\.?\s*|números?\s*)?(?P<number>"
        r"\d{1,3}(?:\.\d+)*\w?(?:(?:\s*(?:,|y|a|-|–)\s*)\d{1,3}\w?)*)",
        re.I,
    ),
)
