"""French: how a reply says why, with or without "because"."""

from tracker.domain.marking.forms import form

REASONS = (
    form(
        r"\bcar\b|\bparce qu|\ben raison d|\bdu fait (?:d|qu)|\bcompte tenu|\bdans la mesure où|\bpuisqu"
        r"|\bafin (?:de|d['’]|que)|\bétant donné|\bdès lors qu|\bà la lumière|\beu égard|\bau regard"
        r" (?:de|du|des)|\bpour (?:cette|ces|les) raisons?|\bau motif|\bmotifs?\b|\bc['’]est pourquoi"
        r"|\ben effet\b|\bgrâce à|\bpour (?:que|éviter|garantir|permettre|assurer|protéger|réduire|améliorer"
        r"|répondre|tenir compte|renforcer|favoriser)|\bpermett(?:ra|ront|re|ant)\b"
        r"|\b(?:estim|considèr|jug)(?:e|ent|ons)? (?:qu|en effet|toutefois)|\b(?:risqu(?:e|erait|ent)"
        r"|entraîner(?:ait|ont)|conduirait|créerait|alourdirait|ferait|porterait|serait (?:trop |contraire"
        r"|disproportionné|redondant|inutile|coûteu)\w*|reviendrait|nuirait|compromettrait)\b|\bcoûts?"
        r" (?:trop|excessif|disproportionné)|\bcontraire (?:à|au|aux)|\bdéjà (?:prévue?|couverte?|satisfaite?"
        r"|possible|en vigueur|garantie?|obligatoire)|\b(?:faute|à défaut) d|\bce qui (?:évit|permet"
        r"|garanti)\w+|\ben vertu d|\bpar conséquent\b|\bainsi,|\bdont l['’]objectif|\bvisant à|\bvise"
        r" à"
    ),
    form(
        r"\btant qu|\bd'autant (?:plus |moins )?qu|\bvu (?:que|l)|, attendu qu|\ben l'absence d|\bde (?:crainte|peur)"
        r"|\b(?:loi|traités?|constitution|directive|règlements?|droit|code|article|textes?|statuts?)\b[^.;]{0,60}"
        r"(?:\bdéjà\b|\bne (?:lui |nous |leur )?(?:permet|confèr|donne|prévoi|autoris)\w*|\b(?:interdi"
        r"|imposent?\b|limit"
        r"|s'oppos|réserv)\w*)"
        r"|\bne (?:lui |nous |leur |le |la )?(?:permet\w*|confèr\w+) (?:pas|aucun)|\bn'existe(?:nt)? plus\b"
        r"|\b(?:se heurt|méconnaît|priver|coûter|supposer|imposer|exposer|ajouter|affaiblir|laisser|dénaturer"
        r"|excéder)\w*(?:rait|raient)\b|\baurai(?:t|ent) (?:\w+ )?(?:privé|coûté|conduit|entraîné|laissé"
        r"|imposé|supposé)"
        r"|\b(?:trop|insuffisamment) \w+ pour\b|\b(?:n'a|n'ont|n'avons) (?:pas"
        r"|aucune?) (?:\w+ )?(?:compétence|pouvoir"
        r"|base)|\brelèv(?:e|ent) (?:de|du|des)\b|\bs'adresse (?:aux?|à)\b|\b(?:hors|en dehors) de (?:s|n"
        r"|l)\w+ (?:champ"
        r"|compétence)|\b(?:dépass|excèd|préserv)\w* (?:déjà |d)|\bn'est lié",
    ),
)
