"""French: how ministries, councils and public bodies say where they stand on a recommendation."""

from tracker.domain.marking.forms import form
from tracker.domain.words import Position

WHO = (
    r"(?:nous|je|on|il|elle|ils|elles|(?:le |la |l['’]|les |notre |nos |mon |ma |mes |ce |cette )(?:[\w’'-]+"
    r" ){0,6}?(?:gouvernement|ministère|ministre|ministères|État|etat|conseil|commission|commissaire"
    r"|"
    r"agence|autorité|régulateur|entreprise|société|office|service|services|ville|commune|mairie|maire"
    r"|région|département|préfet|préfecture|direction|secrétariat|"
    r"administration|collectivité|métropole|institut|université|hôpital|établissement|comité interministériel"
    r"|police|(?-i:[A-Z][A-Za-z]{1,9}))|(?-i:[A-Z]{2,9}\b|[A-Z][\w’'-]+(?: [\w’'-]+){0,6}?))"
)
_TAKE = (
    r"(?:accept(?:e|ent|ons|é|ée|és|ées|er)|souscri(?:t|vons|vent|re|s)|approuv(?:e|ons|ent|é|ée|ées)|adhèr(?:e"
    r"|ent)|adhérons|partage(?:nt|ons)?|soutien(?:t|nent)|soutenons|retien(?:t|nent|drons|dra)"
    r"|retenons|reten(?:u"
    r"|ue|us|ues|ir)|agré(?:e|ons|é|ée|ées))"
)
REC = (
    r"(?:recommandations?|propositions?|préconisations?|demandes?|mesures?|suggestions?|orientations?"
    r"|conclusions?|observations?|vœux?|requêtes?)"
)
_N = r"(?:n['’]|ne )"
_PAS = r"(?:pas|plus|guère|point|aucunement|nullement)"
_OTHERS = (
    r"\b(?:les (?:participants|répondants|acteurs|associations|citoyens|syndicats|usagers)|la cour|le"
    r" comité|la commission d['’]enquête|la convention|le précédent gouvernement|"
    r"le gouvernement précédent)\b[^.,;]{0,50}\b(?:accept|souscri|approuv|partag|soutien|rejet|refus)"
)
_MAYBE = (
    r"\b(?:si|s['’]il|pourrait|pourraient|serait|seraient|avant d['’]|afin de savoir si|décider si|examiner"
    r" si|sous réserve de décider)\b[^.]{0,60}\b" + _TAKE
)
_OBJECTS = (
    r"\bpartag\w* (?:pleinement |entièrement )?(?:la |vos |votre |les |cette |ces |sa "
    r"|leurs? )(?:\w+ )?(?:préoccupation|inquiétude|souci)s?\b|"
    r"\bret(?:ien|en)\w* (?:toute |particulièrement )?(?:mon|notre|son|l['’]) ?attention\b|\baccept\w* (?:la "
    r"|sa |toute |pleinement )*(?:responsabilité|les dossiers|les paiements|les candidatures"
    r"|les demandes d['’])|\bpartage\w* (?:les données|des données|le constat de difficult)"
)

_SPIRIT = (
    rf"\b(?:en|dans son|dans leur|sur le|de) principe\b|\b{_TAKE}\w* (?:à |pleinement )*(?:l['’]|le "
    rf"|les |cet |son )?(?:esprit|objectifs?|principes?|intention"
    rf"|ambition|finalité)\b"
)

POSITIONS = (
    form(
        r"\b(?:partiellement|en partie|pour partie|à l['’]exception de|hormis|uniquement (?:pour|sur)"
        rf"|dans une certaine mesure)\b[^.;]{{0,60}}\b(?:{_TAKE}|favorable|accord|suivie?s?)"
        rf"|\b(?:{_TAKE}|favorable|d['’]accord|suivie?s?)\b[^.;]{{0,80}}?\b(?:partiellement|en partie"
        r"|pour partie|à l['’]exception|sauf|hormis|seulement|sous réserve)"
        rf"|\b{_N}(?:\w+ )?{_TAKE} (?:que partiellement|qu['’]en partie|{_PAS} (?:entièrement|totalement"
        r"|pleinement))|\bpas (?:entièrement|totalement|pleinement) (?:favorable|d['’]accord)"
        rf"|\b(?:{_TAKE}|favorable)\b[^.;]{{0,90}}\b(?:mais|en revanche|toutefois"
        rf"|cependant)\b[^.]{{0,60}}\b(?:{_N}"
        r"|refus|rejet|écart|défavorable)"
        rf"|\b(?:{_TAKE}|met\w* en œuvre)\b[^.;]{{0,90}}(?:, | et )(?:en )?(?:rejet\w+|refus\w+|écart\w+"
        rf"|non (?:pour|pas|dans|aux?|à|les?|celles?|ceux))\b",
        unless=_OTHERS + "|" + _MAYBE + "|" + _SPIRIT,
        position=Position.IN_PART,
    ),
    form(
        rf"\b(?:{_TAKE}|favorable|accord|suivie?s?)\b(?:(?!\b{_PAS}\b)[^.;])*?\b(?:sur le|dans (?:son"
        rf"|leur)|en son|au) principe\b|\bprincipe\b[^.;]{{0,40}}\b(?:est|sont) (?:accepté|retenu|approuvé"
        r"|partagé)"
        rf"|\b(?:{_TAKE}|partage\w*) (?:à |au |pleinement |entièrement )*(?:l['’]|le |les |la |cet |cette"
        r" |ces )?(?:objectifs?|principes?|esprit|intention|ambition|finalité|philosophie)\b"
        r"|\baccord de principe\b|\bfavorable (?:au|à) (?:l['’])?(?:principe|objectif|esprit)\b",
        unless=_OTHERS + "|" + _MAYBE,
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b{_N}(?:\w+ ){{0,3}}?(?:{_TAKE}|est|sont|a|ont|sera|seront|peut|peuvent|pouvons|souhaite|entend"
        rf"|envisage)?[^.,;]{{0,12}}\b{_PAS}\b[^.,;]{{0,40}}\b(?:{_TAKE}|favorables?|en mesure (?:d['’]accepter"
        r"|de (?:retenir|suivre|souscrire|donner (?:une )?suite|mettre en œuvre|satisfaire))|donner (?:une"
        r" )?suite|suivre (?:cette|la|votre)|suivies?|mettre en œuvre)"
        rf"|\b{_N}(?:{_TAKE}|suit|suivra) {_PAS}\b|\bne donn\w+ (?:donc )?pas (?:de )?suite|\bne (?:saurait"
        rf"|peut|peuvent|pouvons|pourra|saurions)(?: (?:donc|ainsi|dès lors))?(?: pas)? (?:être )?(?:{_TAKE}"
        rf"|prise?s? en compte|satisfaite?s?|accueillie?s?"
        r"|suivre|suivie|donner|y donner|souscrire)"
        r"|\b(?:rejet(?:te|ons|tent|é|ée|ées)|refus(?:e|ons|ent|é|ée|ées)|écart(?:e|ons|ent|é|ée|ées)"
        r"|déclin(?:e|ons|ent|é|ée)|s['’]oppos(?:e|ent|era|eront|erait)|nous opposons|est opposé|sommes opposés"
        r"|défavorable(?:ment)?|irrecevable|inéligible|infaisable|irréalisable"
        r"|non (?:recevable|éligible|retenue?s?|réalisable|acceptée?s?|suivie?s?)"
        r"|en désaccord|désapprouv\w+)\b|\bn['’]est pas (?:acceptée?|retenue?|approuvée?|suivie?)",
        unless=_OTHERS
        + "|"
        + _MAYBE
        + r"|n['’]est pas (?:encore )?en mesure de (?:répondre|se prononcer|apporter|fournir|communiquer)"
        r"|sans être (?:écarté|rejeté)",
        position=Position.REJECTED,
    ),
    form(
        rf"\b{_N}(?:\w+ ){{0,2}}?(?:estim|juge|considèr|paraît|semble|apparaît|envisag|prévo|souhait|entend"
        rf"|est|a|sera)\w*(?: donc| ainsi| dès lors| actuellement"
        rf"| à ce stade)? {_PAS}\b[^.]{{0,70}}\b(?:nécessaire"
        r"|opportun|souhaitable|utile|justifié|pertinent|adapté|proportionné|possible|envisagé|prévu"
        r"|réalisable|faisable|de modifier|de créer|d['’]instaurer|de (?:changer|revenir|légiférer|rendre"
        r"|mettre|prendre)|convaincu|recevable|éligible|modifier|créer|instaurer)\w*"
        rf"|\baucune (?:mesure|action|modification|évolution|suite)\b[^.]{{0,40}}\b(?:envisagée?|prévue?"
        rf"|proposée?|programmée?|donnée)|\b{_N}(?:est|a|prévoit|entend|envisage) {_PAS} (?:prévu|envisagé"
        r"|l['’]intention)|\bn['’](?:a|avons|ont) (?:pas|aucune) (?:l['’])?intention\b|\bni nécessaire"
        r" ni\b|\brenon(?:ce|ce(?:nt|ra)|çons|ceront) à\b|\b(?:propos|demand|suggèr|sollicit"
        r"|invit)\w*\b[^.;]{0,50}"
        r"\b(?:de (?:le |la |les )?retirer|(?:le|son|leur) retrait|à (?:le |la |les )?retirer)\b",
        unless=_OTHERS
        + r"|n['’]est pas (?:encore )?(?:en mesure|possible|à même) (?:de |d['’])(?:vous )?(?:répondre"
        r"|se prononcer|apporter|fournir|communiquer|indiquer|donner une réponse)|compéten|n['’]est pas"
        r" (?:responsable|chargé|du ressort)|\bpas d['’](?:opposition|objection)",
        position=Position.REJECTED,
        weak=True,
    ),
    form(
        r"\ben lieu et place\b|\bplutôt (?:que|qu['’])|\bpréfère(?:nt)?\b|\bprivilégi(?:e|er|ons|ent"
        r"|era)\b|\b(?:solution|mesure|approche|voie|dispositif|moyen)s? alternati(?:f|ve|fs|ves)\b|\bpar"
        r" d['’]autres (?:moyens|voies)\b|\bune autre (?:voie|approche|solution|forme)\b"
        r"|\b(?:atteindre|poursuivre|répondre à|atteint|atteindra|poursuit) (?:cet|ce|le même|les mêmes"
        r"|l['’])\s?(?:objectif|but|finalité)s? (?:par|au moyen|grâce|autrement|d['’]une autre)|\bautrement\b"
        r"|\bsous une autre forme\b",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b{WHO} (?:\w+ment |a |ont |avons |en |y |bien |donc "
        rf"|également ){{0,3}}(?<!été )(?:{_TAKE})\b(?! (?:les?"
        r" (?:données|informations)|le constat|ce constat|l['’]analyse|cette analyse))"
        r"|^\W*(?:position|réponse|statut|avis|décision)?\s*(?:du gouvernement"
        r"|du ministère)?\s*[:–-]?\s*(?:recomm"
        r"andation )?(?:acceptée?s?|approuvée?s?|retenue?s?|favorable|d['’]accord|accord)\b\s*(?:[.,;:–-]"
        r"|$)"
        rf"|\b{REC}\b[^.;]{{0,40}}\b(?:est|sont|a été|ont été|sera|seront) (?:\w+ment |donc |ainsi |également"
        r" |déjà )?(?:acceptée?s?|retenue?s?|approuvée?s?|suivie?s?|adoptée?s?|mises? en œuvre|satisfaite?s?"
        r"|prises? en compte)"
        r"|\b(?:est|sommes|suis|sont|émet un avis|avis) (?:\w+ment |très |tout à fait |donc |aussi |plutôt "
        r"|également |bien ){0,2}favorables?\b"
        r"|\bf(?:ait|aisons|ont) (?:siennes?|siens?|nôtres?|leurs?) (?:la|les|cette|ces|le|l['’]|votre|vos)\b"
        r"|\badh(?:èr(?:e|ent)|érons) à\b"
        r"|\b(?:fait|faisons|font|fera|ferons|faire) droit à\b"
        r"|\b(?:est|sommes|sont|suis) (?:\w+ment |tout à fait )?(?:d['’]accord|en accord)\b|\b(?:mettra"
        r"|mettrons|mettre|donnera|donnerons|suivra|suivrons|donne) (?:donc )?(?:en œuvre|suite à|une"
        rf" suite favorable à)? ?(?:cette|la|ces|les|votre|vos) {REC}|\bsuite favorable\b",
        unless=_OTHERS
        + "|"
        + _OBJECTS
        + "|"
        + _MAYBE
        + r"|\bsoutien\w* (?:les|aux|des) |\b(?:si|pas) favorable",
        position=Position.ACCEPTED,
    ),
    form(
        r"^\W*(?:pris bonne note|pris note|noté|dont acte)\b|\b(?:pren(?:d|ons|nent)|a pris|avons pris"
        r"|ont pris|prend|est pris|a été pris) (?:bonne |bien |dûment )?(?:note|acte)\b|\bnot(?:e|ons"
        rf"|ent) (?:bien |avec (?:intérêt|attention) )?(?:la|cette|ces|les|votre|vos) {REC}",
        unless=r"\b(?:relance|courrier|lettre|délai|date)\b",
        position=Position.NOTED,
    ),
)
