"""French: positions by verb, turn of phrase and object, as ministries, councils, companies and reviews put them."""

from tracker.domain.marking.forms import Form, form
from tracker.domain.marking.heads import heads
from tracker.domain.words import Position

_THING = (
    r"(?:recommandations?|propositions?|préconisations?|demandes?|suggestions?|conclusions?|vœux?"
    r"|requêtes?|motions?"
    r"|postulat|initiatives?|avis|décisions?|mesures?|orientations?|points?|idées?|amendements?"
    r"|pétition|invitation)"
)
_THE = (
    r"(?:l['’]|la |le |les |cette |cet |ce |ces |votre |vos |sa |son |ses |leurs? |toutes? (?:les |ces )"
    r"|une telle |la plupart des |celle-ci)"
)
_OBJECT = rf"(?:{_THE}(?:[\w’'-]+ ){{0,3}}?{_THING})"
_ASKED = (
    rf"(?:{_THE}(?:[\w’'-]+ ){{0,3}}?(?:recommandations?|propositions?|préconisations?|demandes?"
    rf"|suggestions?|vœux?|requêtes?"
    r"|motions?|postulat|initiative|idée|pétition))"
)
_TAKE = (
    r"(?:accept\w*|souscri\w*|approuv\w*|adh[èé]r\w*|retien\w*|reten\w+|retiendr\w+|agré(?:er|e|ent"
    r"|ons|é|ée|ées)|rallier|rallions|rallie(?:nt|ra)?"
    r"|appu(?:ie|ient|yons|yer|yé)\w*|souti(?:ent|ennent)|soutenons|soutenir|suit|suiv(?:re|ra|rons"
    r"|ent|ons|ie|ies|i)|adopt(?:er|e|ent|ons|é|ée|ées|era)"
    r"|appliqu(?:er|e|ent|ons|é|ée|ées|era|erons)|(?:donn\w+|réserv\w+|apport\w+) (?:une |de "
    r"|aucune )?(?:\w+ )?suite|(?:mettr|met|mise?s?|mettons)\w* en (?:œuvre|oeuvre|place|application)"
    r"|fai(?:re|t|sons) droit|fera droit|accueill\w+|valid(?:er|e|ons|ent|é|ée|ées)|satisf\w+"
    r"|concrétis\w+|conform(?:er|e|ent|era|ons)|exécut\w+)"
)
_PLAIN = (
    r"(?:acceptée?s?|approuvée?s?|retenue?s?|adoptée?s?|suivie?s?|validée?s?|favorables?|d['’]accord"
    r"|accord|mise?s? en (?:œuvre|oeuvre|application|place)"
    r"|satisfaite?s?|réalisée?s?|appliquée?s?|accueillie?s?(?: favorablement)?|soutenue?s?|appuyée?s?"
    r"|exécutée?s?|prise?s? en (?:compte|considération))"
)
_AIM = r"(?:objectifs?|principes?|esprit|intention|ambition|finalité|philosophie|but|fond|visée)"
_UNSURE = (
    r"\b(?:si|s['’]il|pourrait|pourraient|serait|seraient|faudrait|devrait|devraient|doit|doivent"
    r"|recommand\w+ (?:que|de|à)|demand\w+ (?:que|de|à)|invit\w+"
    r"|examin\w+|avant de|afin de|s['’]interrog\w+|lorsque|quand)\b[^.]{0,80}"
)
_PAS = r"(?:pas|plus|guère|point|aucunement|nullement|jamais)"
_LABELS = (
    r"(?:[\w’'/-]+ ){0,3}(?:réponse|position|statut|avis|décision|commentaires?|suite(?: donnée)?"
    r"|état|prise de position)s?(?: (?:à|de|du|sur|des) [^:.]{1,60})?"
    r"|(?:recommandation|proposition)s? (?:n[°o]\s*)?\d[\w.]*|recommandation|proposition|mesure|\d+(?:\.\d+)*"
)
HEADS: tuple[Form, ...] = heads(
    _LABELS,
    {
        Position.IN_PART: rf"(?:\w+ )?(?:partiellement|en partie|pour partie) (?:{_PLAIN})|(?:recommandation "
        rf"|proposition |réponse |avis )?(?:{_PLAIN})(?:,? \(?)(?:partiellement|en partie|pour partie"
        r"|avec (?:des )?(?:modifications?|réserves?|amendements?|nuances))|(?:acceptation|accord"
        r"|adhésion|mise en œuvre) partielle?|partiel(?:le)?(?:ment)?",
        Position.IN_PRINCIPLE: rf"(?:recommandation |proposition )?(?:{_PLAIN}),? \(?(?:en"
        r"|dans son|sur le|de|au) principe"
        rf"|accord de principe|en principe,? (?:{_PLAIN})",
        Position.REJECTED: rf"(?:recommandation |proposition |demande |idée |projet )?(?:(?:non|pas) (?:{_PLAIN}"
        rf"|recevable|réalisable)|rejetée?s?|refusée?s?|écartée?s?|déclinée?s?|abandonnée?s?"
        rf"|sans suite|classée? sans suite"
        r"|désaccord|(?:avis )?défavorable|rejet|refus)|non(?=\s*\.\s*$)|aucune (?:suite|mesure)(?: donnée)?",
        Position.ACCEPTED: rf"(?:recommandation |proposition |demande |avis |entièrement |pleinement |totalement "
        rf"|tout à fait )*(?:{_PLAIN}|acceptation)(?: (?:intégralement|pleinement|dans son intégralité"
        rf"|sans réserve))?|oui(?=\s*\.\s*$)|oui(?=, (?:nous|le|la|il|elle) )|souscrit|nous (?:le|la"
        rf"|les) (?:ferons|mettrons en œuvre)",
        Position.NOTED: r"(?:bien )?notée?s?|pren(?:d|ons|nent) (?:bonne )?(?:note|acte)|pris (?:bonne )?(?:note"
        r"|acte)|dont acte",
    },
)

STANCES: tuple[Form, ...] = (
    form(
        rf"\bne\b[^.;]{{0,60}}\b{_PAS}\b[^.]{{0,100}}\b(?:mais|et) (?:\w+ ){{0,4}}plutôt\b"
        rf"|\b{_AIM}\b[^.]{{0,80}}\bmais\b[^.]{{0,80}}\b(?:autre (?:voie|approche|solution|moyen)"
        rf"|autrement|plutôt)\b",
        position=Position.ALTERNATIVE,
    ),
    form(
        r"^\W*(?:au lieu|à la place|en lieu et place) d|\b\w+(?:ons|era|eront|ent|a) (?:donc |ainsi "
        r"|désormais )?plutôt (?!favorable|que|sensible|satisf)|\bpropos\w+ (?:plutôt|en revanche"
        r"|à la place)\b"
        r"|\b(?:mesure|action|solution) (?:alternative|de remplacement)\b|\bpar une autre voie\b",
        position=Position.ALTERNATIVE,
        weak=True,
    ),
    form(
        rf"\b(?:{_TAKE}|favorable|d['’]accord)\b[^.;]{{0,80}}?\b(?:pour une part"
        rf"|à quelques (?:réserves|exceptions)|avec (?:des |quelques )?(?:réserves|modifications"
        rf"|nuances)|en ce qui concerne|dans la mesure où|excepté|partiellement|en partie"
        rf"|pour partie)\b"
        rf"|\b(?:{_TAKE}|favorable)\b[^.]{{0,120}}(?:,|;| et"
        rf"| mais) (?:[\w'’]+ ){{0,3}}?(?:{_PAS} (?:le|la|les|l['’]|au|aux|pour|celui|celle|sur)"
        rf"|défavorable|rejet\w+|refus\w+|écart\w+)"
        rf"|\bdonn\w+ partiellement suite|\b(?:partiellement|en partie|pour partie) (?:d['’]accord"
        rf"|donné|fait|mise?|{_TAKE})\b|\b(?:suite|accord|réponse|adhésion"
        rf"|acceptation)s? (?:\w+ )?partiell?e?s?\b"
        rf"|\b(?:une partie|certains? (?:éléments|points)|le (?:premier|second|deuxième) (?:volet"
        rf"|point)) (?:de |des )?(?:{_OBJECT})? ?(?:est|sont|sera|seront) (?:\w+ )?{_PLAIN}",
        unless=rf"{_UNSURE}{_TAKE}|\b{_AIM}\b|en ce qui concerne[^.]*{_PAS}",
        position=Position.IN_PART,
    ),
    form(
        rf"\bfavorables? (?:\w+ )?(?:au|à l['’]|aux|à son|à cet?) ?{_AIM}\b|\b(?:{_TAKE}|partag\w+"
        rf"|d['’]accord|accord)\b[^.;]{{0,40}}?\b(?:sur|dans|en|au|à|le|la|l['’]|avec|son"
        rf"|leur) ?(?:le |la |l['’]|son |leur |cet |cette )?{_AIM}\b"
        rf"|\b{_PLAIN} (?:\w+ )?(?:en|sur le|dans son) principe\b|\bprincipe (?:de"
        rf"|d['’])[^.;]{{0,60}}\b(?:est|sont) (?:{_PLAIN})",
        unless=rf"{_UNSURE}{_TAKE}|\bne\b|\bn['’](?:est|a|ont|avons)\b|\b{_AIM} (?:chiffrés?|nationaux"
        rf"|fixés?)\b|pas d['’]opposition|\bconforme|\bl['’]accepte\b|\b(?:met|mettre|mise?|mettra) en",
        position=Position.IN_PRINCIPLE,
    ),
    form(
        rf"\b(?:ne|n['’])\s?(?:[\w’'-]+ ){{0,3}}?(?:{_PAS}"
        rf"|aucune) (?:\w+ ){{0,3}}?(?:être )?(?:{_TAKE}|favorables?|d['’]accord|satisfaite?"
        rf"|partag\w+ (?:l['’]avis|la recommandation|cette recommandation|la position|l['’]analyse"
        rf"|cette position|cet avis|les conclusions))(?! (?:en compte )?(?:les dossiers"
        rf"|les candidatures))"
        rf"|\b(?:ne|n['’])\s?(?:l['’]|les? |la |y )?(?:{_TAKE}|partag\w+) (?:donc )?{_PAS}\b|\b(?:ne"
        rf"|n['’])\s?(?:nous |se |s['’])?(?:peut|peux|peuvent|pouvons|pourr\w+|saurait|saurions"
        rf"|sauraient|sera|seront)\b[^.,;]{{0,25}}?\b(?:être )?(?:{_TAKE}|favorable)"
        rf"|\b(?:ne|n['’]) ?(?:sera|a été|est|seront|ont été|sont)(?: donc)? {_PAS} (?:\w+ )?(?:donné"
        rf"|fait|{_PLAIN})|\baucune suite\b|\bsans suite\b"
        r"|\bpropos\w+ (?:le rejet|de (?:la |le |les )?rejeter)|\b(?:prononc\w+|vot\w+"
        r"|positionn\w+) (?:contre|en défaveur|défavorablement)\b|\bdésaccord\b"
        r"|\b(?:ne bénéficie|ne recueille|ne jouit|ne rencontre) pas\b|\b(?:s['’]y oppose"
        r"|y est opposé|sommes opposés)|\b(?:dit|disons|répond\w*|oppose) (?:non|un refus"
        r"|par la négative|négativement)\b",
        unless=rf"{_UNSURE}(?:{_TAKE}|partag)|{_PAS} encore|(?:répondre|réponse|se prononcer) (?:à ce stade"
        rf"|avant)|\bles? (?:cour|comité|convention|précédent gouvernement)\b[^.,]{{0,40}}\bpas",
        position=Position.REJECTED,
    ),
    form(
        r"\b(?:jug|estim|consid|trouv|sembl|para[îi])\w*(?: comme)?[^.;]{0,50}\b(?:inutile"
        r"|inopportune?|superflue?|disproportionnée?|prématurée?|injustifiée?|inadaptée?|irréaliste"
        r"|contre-productive?)\b"
        r"|\b(?:ne présentera|ne proposera|ne créera|n['’]instaurera|ne modifiera|ne soumettra"
        r"|ne déposera|ne changera|ne financera|n['’]élaborera|n['’]étendra|n['’]augmentera"
        r"|ne supprimera|ne prévoit|n['’]envisage|n['’]entend|ne souhaite"
        r"|ne compte)\w* (?:donc )?(?:pas|aucune?)\b"
        r"|\baucune? (?:[\w’'-]+ ){1,4}n['’](?:est|a été|y a) (?:\w+ )?(?:prévue?|envisagée?"
        r"|nécessaire|requise?|proposée?|opportune?)|\bne (?:voi[ts]|voyons"
        r"|voient)\b[^.]{0,12}\b(?:pas|aucune?|guère)?[^.]{0,10}\b(?:nécessité|besoin|raison|utilité"
        r"|intérêt|motif)|\bil n['’]y a (?:donc )?pas (?:lieu|besoin|de raison|matière)\b"
        r"|\bn['’]y a (?:donc )?pas lieu\b"
        r"|\b(?:droit|dispositif|cadre|texte|règlement)s? (?:actuel|existant"
        r"|en vigueur)s?\b[^.]{0,20}\b(?:suffi(?:t|sent)|est (?:suffisant|adéquat)|répond)"
        r"|\bn['’]est (?:donc )?pas (?:envisagée?|prévue?|à l['’]ordre du jour|d['’]actualité"
        r"|nécessaire|opportune?|justifiée?|souhaitable)\b",
        unless=r"\b(?:répondre|réponse|se prononcer)\b|compéten",
        position=Position.REJECTED,
        weak=True,
    ),
    form(
        rf"\b(?:il )?(?:sera|est|a été|a bien été|va être) (?:bien |donc |pleinement "
        rf"|ainsi )?(?:donné (?:une )?(?:\w+ )?suite|fait droit)\b"
        rf"|\b(?:s['’]engage(?:nt|ra)?|nous engageons|m['’]engage|pren(?:d|ons|nent) l['’]engagement"
        rf"|entend(?:ent|ons)?|a décidé|avons décidé|ont décidé|décid(?:e|ons|ent)|accept\w+|compt(?:e"
        rf"|ons|ent)|souhait(?:e|ons|ent)|v(?:a|ont)|allons|propos(?:e|ons|ent))(?: donc)? (?:à |de "
        rf"|d['’])?(?:pleinement |bien |y )?{_TAKE} (?:à |aux? |pleinement )?(?:{_ASKED}|cela)"
        rf"|\b(?:appuie|appuient|appuyons|adopte|adoptent|adoptons|appliquera|appliquerons|applique"
        rf"|soutient|soutenons|valide|validons|suit|suivra|suivons|accueille(?: favorablement)?"
        rf"|satisfait à|exécutera) (?:\w+ment )?(?:{_ASKED})\b"
        rf"|\b(?:bénéficie|jouit|recueille|reçoit)(?:nt)? (?:\w+ment )?(?:du|de l['’]|le|l['’]"
        rf"|de notre|notre) ?(?:plein |entier )?(?:soutien|appui|assentiment|accord|agrément"
        rf"|approbation)\b"
        r"|\b(?:marqu|donn|exprim|confirm)\w+ (?:\w+ment )?(?:son|leur|notre|mon) (?:plein "
        r"|entier )?(?:accord|assentiment|adhésion|approbation)\b|\brépond\w* favorablement\b"
        r"|\baccueill\w+ favorablement\b"
        rf"|\b(?:y (?:donner\w+|donn\w+) suite|repren\w+ à (?:son|leur|notre) compte)\b"
        rf"|\b(?:se |s['’]y |nous )(?:conform|rallie|associe|rang)\w* (?:\w+ment )?(?:à )?(?:{_ASKED})"
        rf"|\b(?:se rallie|s['’]y conform|s['’]y rallie)\w*"
        rf"|\b{_ASKED}(?: n[°o]\s?\d+| \d+)? (?:est|sont|sera|seront|a été|ont été|va être)(?: donc"
        rf"| ainsi| bien| déjà| pleinement| intégralement| désormais)* (?:en cours de (?:mise en œuvre"
        rf"|réalisation|concrétisation)|{_PLAIN})\b"
        rf"|\b(?:fera|feront) l['’]objet d['’]une (?:mise en œuvre|suite favorable)|\b(?:avons|ont"
        rf"|a) (?:\w+ment |donc |déjà |bien )?(?:mis en œuvre|accepté|adopté|retenu|suivi|appliqué"
        rf"|validé) (?:{_ASKED})",
        unless=rf"{_UNSURE}{_TAKE}|\bne\b[^.]*\b{_PAS}\b|\bn['’]\w+ pas\b|\bles? (?:cour|comité|convention"
        rf"|participants|citoyens|répondants|syndicats|précédent \w+)\b[^.,]{{0,40}}\b(?:accept|adopt"
        rf"|soutien|soutenu|approuv)|\bon (?:accepte|suit)\b|partiellement",
        position=Position.ACCEPTED,
    ),
    form(
        r"\b(?:fera|ferons|feront) (?:donc )?ce que (?:[\w’'-]+ ){0,3}?(?:demande|recommande|propose"
        r"|préconise|suggère)\w*",
        position=Position.ACCEPTED,
        weak=True,
    ),
    form(
        rf"\b(?:pren(?:d|ons|nent)|(?:a|avons|ont|est|sera) (?:bien )?pris) (?:bonne |bien "
        rf"|dûment )?(?:note|acte) (?:de |du |d['’]|des )?(?:{_OBJECT})?"
        rf"|\bnotée?s?\b[^.;]{{0,20}}\b{_OBJECT}|\b{_OBJECT}[^.;]{{0,30}}\b(?:est|sont|a été"
        rf"|ont été) (?:bien |dûment )?notée?s?\b",
        unless=r"\brelance\b|\bcourrier\b|\bdélai\b|\blettre\b|\bnotez\b|\bde votre (?:message|départ)\b",
        position=Position.NOTED,
    ),
)
