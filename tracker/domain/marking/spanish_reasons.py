"""Spanish: how a reply says why, with or without "because"."""

from tracker.domain.marking.forms import form

REASONS = (
    form(
        r"\bporque\b|\bdebido a\b|\bya que\b|\bpuesto que\b|\bdado que\b|\bdad[oa]s? (?:el|la|los|las)\b"
        r"|\ba fin de\b|\bcon (?:el fin|objeto|la finalidad|el objetivo|el propósito) de\b|\bcon el objeto"
        r" de\b|\bpor (?:cuanto|ello|este motivo|esta razón|tanto|consiguiente|razones|motivos)\b|\ben"
        r" (?:razón|virtud|atención|consideración|vista) (?:de|a)\b|\ba la vista de\b|\bhabida cuenta\b"
        r"|\btoda vez que\b|\bal (?:considerar|entender|estimar)\b|\bmotivos?\b|\brazones\b|\bpara (?:que"
        r"|garantizar|evitar|asegurar|permitir|reducir|mejorar|proteger|facilitar|reforzar|favorecer"
        r"|lograr|impedir|atender|cumplir)\b|\bpermitirá\b"
        r"|\b(?:consider|estim|entend|entiend|cre)(?:a|amos|an|emos|e|en) (?:que|necesari|conveniente"
        r"|oportun)|\b(?:supondría|implicaría|generaría|duplicaría|vulneraría|conllevaría|podría (?:generar"
        r"|suponer|vulnerar|dar lugar|perjudicar|afectar)|resultaría|sería contrario|obligaría)\b|\bcoste"
        r" (?:excesivo|desproporcionado)|\bcontrari[ao] a\b|\bya (?:está|existe|se encuentra|prevé|contempla"
        r"|regula|dispone|cubre|garantiza)\w*\b|\bgracias a\b|\ba causa de\b|\bal objeto de\b|\bcomo"
        r" consecuencia\b|\bfalta de\b|\bpor (?:entender|considerar|estimar)\b|(?:, |; )pues\b"
    ),
    form(
        r"\bmientras (?:no |el |la |los |las |que )|\bante la (?:falta|ausencia)\b|\ben ausencia de\b"
        r"|, como (?:el|la|los"
        r"|las) |\bpor (?:temor|falta|carecer|ir|ser|estar|tratarse)\b|\bal (?:ser|estar|no|tratarse"
        r"|existir|carecer)\b"
        r"|\b(?:ley|leyes|tratados?|constitución|directiva|reglamento|normativa|derecho|código|artículo|estatutos?)\b"
        r"[^.;]{0,60}\b(?:ya (?!\w+ado)|no (?:le |nos |les )?(?:permit|atribuy|confier|autoriz|prev)\w*"
        r"|prohíbe\w*|impid\w*"
        r"|limit\w*|reserv\w*)"
        r"|\bno (?:le |nos |les |lo |la )?(?:permite|atribuye|confiere|autoriza)n?\b|\b(?:ya no existe"
        r"|ha sido derogad)"
        r"|\b(?:exig|chocar|privar|dejar|costar|vulnerar|añadir|expon|debilitar|exceder|requer|encarecer|invadir)"
        r"(?:ía|ían|dría|dría)\b|\bhabría(?:n)? (?:privado|dejado|costado|supuesto|exigido|obligado)\b"
        r"|\bdemasiado \w+ para\b|\b(?:carec\w+ de|no (?:tiene|tenemos|tienen|dispone|posee)) (?:\w+ )?(?:competencia"
        r"|facultad|potestad|base|atribuci)\w*|\b(?:corresponde|compete)n? a\b|\bfuera de (?:su|nuestr"
        r"|l)\w* (?:ámbito"
        r"|competencia)|\bno (?:super|alcanz|reún|result|cuent)\w+ (?!convenient|oportun)\w+|\bse deb(?:e"
        r"|ió|en) a\b|\bsupera(?:n|ron)? ",
    ),
)
