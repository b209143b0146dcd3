"""French: how ministries, councils and public bodies say what they do, why and when."""

import re

from tracker.domain.marking.forms import Code, Tongue, form
from tracker.domain.marking.french_positions import POSITIONS, REC, WHO
from tracker.domain.marking.french_reasons import REASONS
from tracker.domain.marking.french_stances import HEADS, STANCES
from tracker.domain.marking.french_turns import TURNS
from tracker.domain.marking.heads import in_order

_INF = (
    r"(?:publi|lanc|cré|mettr|mett|instaur|établi|adopt|présent|dépos|modifi|révis|actualis|consult|financ"
    r"|investi|impos|oblig|élabor|développ|déploy|recrut|form|"
    r"renforc|amélior|augment|rédui|étend|élargi|simplifi|clarifi|organis|engag|réalis|condui|mener|mène"
    r"|mèn|élargi|confi|désign|nomm|attribu|allou|consacr|vers|rempla|supprim|"
    r"abrog|interdi|contrôl|suivr|suivi|collect|partag|test|expériment|conçoi|concev|rédig|prépar|ouvr"
    r"|ouv|ferm|transfér|signer|sign|ratifi|diffus|transmett|adress|saisi|"
    r"demand|charg|évalu|audit|inspect|procéd|prend|pren|inscri|intégr|généralis|finalis|achev|termin"
    r"|commenc|début|poursui|accompagn|aid|soutien|soutenir|soutiendr|"
    r"élev|relev|doubl|port|rénov|constru|install|équip|sensibilis|inform|réform|propos|soumett|convoqu"
    r"|réuni|coordonn|pilot|mobilis|encadr|annonc|harmonis|numéris|rend|fix|défini|entr|apport|"
    r"travaill|veill|assur|garanti|favoris|incit|encourag|facilit|accélér|sanctionn|protég|complèt|complét"
    r"|précis|ajout|vot|promulgu|arrêt|planifi|programm)"
)
_PP = r"(?:\w+(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|it|ite|its|ites|ert|erte|erts|ertes))"
_ACTIONS = (
    form(
        r"\b(?:sera|seront) (?:\w+ment |donc |ainsi |également |aussi )?(?:prise?s?|signée?s?"
        r"|mise?s? (?:en (?:place|service|œuvre)|à jour)"
        r"|en (?:service|vigueur|place)|opérationnel(?:le)?s?|disponibles?)\b|\bfer(?:a|ont|ons) (?:appel"
        r"|réaliser|installer|construire"
        r"|vérifier|procéder|évaluer)\b",
        unless=r"\bpris\w* en (?:compte|considération)|\bréponse\b|\bposition\b",
    ),
    form(
        r"\b(?!répond|émett|oppos|soumett|examin|étudi|analys|permett|revien|parvien|tiend|apport|pren"
        r"|pourr|devr|aur|ser"
        r"|fer|appréci|reste|constitu|suffi|vien|demeur|sembl|prononc|impos|entraîn|créer)\w{3,}(?:era"
        r"|eront|erons|ira|iront|irons|dra|dront|drons|tra|trons|tront)\b",
        unless=r"\bréponse\b|\bposition\b|\bcontra$",
    ),
    form(
        r"\b(?:a|ont|avons|ai) (?:\w+ment |déjà |également |aussi |ainsi )*(?:été )?(?!recommand|demand"
        r"|reçu|pris|souhait|estim|considér|conclu|indiqu|rappel|relev|constat|soulign|exprim|accept"
        r"|approuv|rejet|refus|retenu|propos|sais|transmis|écart|préconis|sollicit|enregistr|suggér|étudi"
        r"|analys|examin|déclar|répond|précis|lu\b"
        r"|bien)\w{3,}(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|it|ite|ert|erte)\b"
    ),
    form(
        rf"\b{_INF}\w*?(?:era|eront|erons|erai|ira|iront|irons|ra|ront|rons)\b|\b(?:sera|seront) (?:\w+ment"
        rf" |donc |ainsi |également |aussi |d['’]abord )?{_INF}\w*(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues"
        r"|is|ise|ises|it|ite|ites|ert|erte|ertes|ert|ertes|fait|faite)?\b",
        unless=r"\b(?:réponse|observations)\b[^.]{0,40}\b(?:sera|seront|apport|transmi|adress|communiqu|publi)"
        r"|\b(?:apporter|transmettr|adresser|publier|rendr|communiquer|présenter)\w*[^.]{0,40}\bréponse"
        r"|\b(?:prendra|prendront|prendrons) (?:bonne )?(?:note|connaissance|position)",
    ),
    form(
        r"\b(?:va|vont|allons|vais|s['’]engage(?:nt)? à|nous engageons à|s['’]est engagée? à|prévoi(?:t"
        r"|ent|ons) (?:de |d['’])|entend(?:ent|ons)? |souhaite(?:nt)? |envisage(?:nt)? (?:de |d['’])"
        r"|a décidé (?:de |d['’])|avons décidé (?:de |d['’])|ont décidé (?:de |d['’])|compte(?:nt)? "
        r"|projette(?:nt)? (?:de |d['’])|veut |a demandé|ont demandé|avons demandé)\s*(?:\w+ment |également"
        rf" |aussi |donc )?(?:la |le |les |y |en |se |s['’])?(?:{_INF}\w*|à |que )",
        unless=r"\brépondre\b|\bpren(?:dre|d) (?:connaissance|position)"
        r"|\bn['’](?:entend|envisage|a) (?:\w+ )?pas\b|\bne (?:prévoit|souhaite|compte|va|veut) pas\b",
    ),
    form(
        r"\b(?:a|ont|avons|ai) (?:\w+ment |déjà |également |aussi |ainsi |donc |récemment |en outre "
        rf"|par ailleurs |depuis )*(?:été )?(?:(?:{_INF})\w*(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|t|te"
        r"|ts|tes)|mis|mise|pris|prise|ouvert|ouverte|fait|rédigé|conduit|conduite|introduit|introduite|établi"
        r"|instruit|construit|inscrit|promu)\b",
        unless=r"\b(?:vous (?:avez|m['’]avez|nous avez)|la cour a|le comité a|la commission d['’]enquête a|a"
        r" pris (?:bonne )?(?:note|connaissance|acte)|ont pris (?:bonne )?note|avons pris (?:bonne )?(?:note"
        r"|connaissance)|a (?:bien )?été (?:reçu|transmis|pris))|recommandé|n['’](?:a|ont|avons) (?:\w+"
        r" )?pas",
    ),
    form(
        r"\b(?:est|sont) (?:\w+ment |déjà |également |désormais |actuellement |ainsi )*(?:en cours(?:"
        r" (?:de|d['’]))?|en place|lancée?s?|engagée?s?|menée?s?|mise?s? (?:en (?:œuvre|place)|à)|prévue?s?"
        r" (?:pour|en|au|dès|d['’]ici)|programmée?s?|expérimentée?s?|déployée?s?|entrée?s? en vigueur"
        rf"|financée?s?)\b|\btravaill(?:e|ent|ons) (?:avec|à|sur|actuellement)\b|\b{WHO} (?:\w+ment "
        r"|déjà )?(?:travaille|conduit|mène|finance|met en (?:œuvre|place)|lance|publie|crée|élabore"
        r"|prépare|consacre|déploie|instaure|renforce|engage|poursuit|organise|confie)(?:nt|ons)?\b",
        unless=r"\b(?:examen|étude|instruction|analyse|réflexion|expertise)\b[^.]{0,30}\ben cours"
        r"|en cours d['’](?:examen"
        r"|étude|instruction|analyse|expertise)|en cours de réflexion|prépare (?:sa|la|une) réponse|demande\w*"
        r" un délai",
    ),
)
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_WHEN = (
    rf"(?:\d{{1,2}}(?:er)? {_MONTH}(?: 20\d\d)?|(?:fin |début |mi-|courant |en |d['’]ici |au mois de "
    rf"|au mois d['’]|de )?{_MONTH} (?:20\d\d|prochain|dernier)|(?:printemps|été|automne|hiver|rentrée)(?:"
    r" (?:20\d\d|prochaine?|de l['’]année))|(?:premier|deuxième|troisième|quatrième|second|dernier|1er"
    r"|2e|3e|4e) (?:trimestre|semestre|quadrimestre)(?: (?:de )?20\d\d)?"
    r"|(?:fin|début|mi|courant)[ -](?:de l['’]année|20\d\d|d['’]année|janvier|février|mars|avril|mai"
    r"|juin|juillet|août|septembre|octobre|novembre|décembre)|(?:la fin|le début) (?:de l['’]année|de"
    r" 20\d\d|du (?:mois|trimestre|semestre|mandat|quinquennat))|l['’](?:été|automne|hiver|année) (?:20\d\d"
    r"|prochaine?)|(?:l['’]année|le mois|la semaine|l['’]an) prochaine?|l['’]exercice 20\d\d|20\d\d-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}/20\d\d)"
)
_DATES = (
    form(
        rf"\b(?:depuis|dès|avant|en|d['’]ici|jusqu['’]en|à partir de|fin|courant) {_MONTH}\b|\b{_WHEN}|\b(?:en"
        rf"|d['’]ici(?: à)?|avant|dès|depuis|pour|à compter de|à partir de|jusqu['’]en"
        r"|à l['’]horizon|courant|fin|début|horizon|au cours de) (?:l['’]année )?20\d\d\b|\b(?:dans|sous"
        r"|d['’]ici|dans un délai (?:de|d['’])|au cours des?) (?:les )?(?:\w+ )?(?:un |une |deux |trois"
        r" |quatre |six |huit |dix |douze |quinze |dix-huit |trente |soixante |\d+ )(?:prochains )?(?:jours?"
        r"|semaines?|mois|ans?|années?)\b|\b(?:d['’]ici (?:à )?|pendant |durant |avant |au cours de "
        r"|à partir de |dès )(?:l['’]été|la fin|la rentrée|le printemps|l['’]hiver"
        r"|l['’]automne)",
        unless=r"\b(?:votre (?:lettre|courrier|courriel|rapport|demande)|par courrier|en date) (?:du|de|daté)",
    ),
)
_HOLDING = (
    form(
        r"\b(?:réponse|observations|position|suites?|avis)\b[^.]{0,70}\b(?:sera|seront|vous parviendra"
        r"|interviendra|suivra|parviendra|viendra)\b(?: \w+){0,3} ?(?:apport|transmi|adress|communiqu"
        r"|publi|donn|fourni|envoy|fait|rendu|présent|formul|dans|ultérieur|prochain|$|\.)?\w*"
        r"|\b(?:apporter|adresser|transmettr|publier|communiquer|fournir|rendr|donner|fer(?:a|ons|ai)"
        r"|présenter)\w*[^.]{0,40}\b(?:une |sa |notre |la |de )?(?:réponse|connaître (?:sa|notre|ma)"
        r" (?:position|réponse))\b|\b(?:répondr(?:a|ons|ai|ont)|reviendr(?:a|ons|ai|ont) vers vous"
        r"|revenir vers vous|manquer\w* pas de (?:vous )?(?:répondre|revenir|informer|tenir|faire)|se"
        r" prononcera|nous prononcerons|tiendra informé|tiendrons informé|tiendrai informé|fer(?:a|ons"
        r"|ai|ont) (?:connaître|part))\b",
        unless=r"\bréponse aux? (?:besoins|urgences|crises)|suites? (?:favorable|à donner)|\bplan de réponse"
        r"|temps de réponse|délais? de réponse aux",
    ),
    form(
        r"\b(?:pas encore|pas|toujours pas) (?:encore |en mesure |à même |possible |été possible )+(?:de"
        r" |d['’])(?:vous )?(?:répondre|se prononcer|nous prononcer|apporter|fournir|communiquer|donner"
        rf"|indiquer|transmettre|rendre|arrêter)|\b(?:délai|temps|prolongation|report)\b[^.]{{0,25}}\b(?:supplément"
        r"aires?|complémentaires?|additionnels?)|\bréponse (?:d['’]attente|provisoire)\b|\bprolongation"
        rf" du délai\b|\bdélai\b[^.]{0, 30}\bprolong|\bprolong\w+[^.]{0, 30}\bdélai"
    ),
    form(
        rf"\b(?:est|sont|font|fait|fera|feront|reste|demeure)\b[^.]{{0,30}}\b(?:en cours d['’](?:examen"
        r"|étude|instruction|analyse|expertise)|à l['’](?:étude|examen)|actuellement (?:examinée?s?|étudiée?s?)"
        r"|l['’]objet d['’](?:un examen|une (?:étude|analyse|instruction|expertise|attention))|examinée?s?"
        r"|étudiée?s?|en cours de réflexion|soumise?s? à (?:examen|l['’]examen))"
        rf"|\b(?:examin|étudi|analys|expertis)(?:e|ent|ons|era|eront|erons|erai)\b[^.]{{0,60}}\b(?:{REC}"
        r"|rapport|courrier|attention|soin|demande|pétition|avant)|\bprend(?:ra)? le temps (?:de|d['’])",
        unless=r"\b(?:expérimentation|essai)\b",
    ),
)
_ACK = (
    form(
        r"\b(?:accus(?:e|ons|é de)|accuser) (?:bonne )?réception|\baccusé de réception\b|\b(?:avons|ai"
        r"|a|ont) bien reçu\b|\bbien reçu\b|\b(?:remerci(?:e|ons|ent)|merci)\b[^.]{0,50}\b(?:pour|de"
        r"|d['’])|\bsaluer? (?:le|la|les|votre) (?:travail|qualité|rapport)|\bvotre (?:courrier|lettre"
        r"|rapport|courriel|correspondance) (?:du|en date|relatif|a retenu|est parvenu|nous est)|\b(?:a"
        r"|est) (?:bien )?(?:été (?:reçue?|enregistrée?)|parvenue?)\b|\ba retenu toute (?:mon|notre|son)"
        r" attention|\bpris connaissance (?:avec|de)\b"
    ),
)
_REFERRAL = (
    form(
        r"\bfai(?:t|s|sons) suivre\b|\bentre les mains d|\bsaisi\b[^.]{0,80}\b(?:mon|ma|mes) collègue"
        r"|\bà qui il (?:revient|appartient|incombe)|\b(?:transmis"
        r"|transmise|transmises|transmets|transmettons|transmet|transféré|transférée|réorientée?|renvoyée?"
        r"|adressée?|redirigée?|communiquée?|saisi)\b[^.]{0,60}\b(?:au|aux|à la|à l['’]|à mon|à ma|aux"
        r" services|vers) (?=[^.]{0,60}\b(?:ministère|ministre|service|direction|préfet|préfecture|commission"
        r"|conseil|région|département|collègue|autorité|agence|compétent|mairie|collectivité|secrétaire))"
        r"|\b(?:relève|relèvent|ressortit|incombe|incombent|appartient|appartiennent)\b[^.]{0,40}\b(?:de"
        r" la compétence|de la responsabilité|du ressort|des attributions|du (?:ministère|ministre|seul"
        r"|domaine)|de la (?:commission|région)|à (?:l['’]|la |un |une |d['’])?|au|aux|des|du|d['’])"
        r"|\bn['’](?:est|a|entre|relève) pas (?:compétente?|compétence|dans (?:les|ses|nos|mes) (?:attributions"
        r"|compétences)|de (?:sa|notre|ma) compétence|du ressort|responsable|l['’]autorité)|\bne (?:relève"
        r"|entre|ressortit|dépend)(?:nt)? pas (?:de |dans |du )|\b(?:compétence|responsabilité)s? (?:exclusive"
        r" )?(?:de la|du|des|de l['’])[^.]{0,20}(?:ministère|ministre|région|commission|État|commune"
        r"|collectivité)|\binvit\w+ à (?:vous )?(?:adresser|saisir|rapprocher)",
        unless=r"\b(?:rapport|projet|bilan|texte)s? (?:sera |a été |seront )?(?:transmi|adress)|au parlement\b",
    ),
)
_OWNERS = (
    form(
        r"\b(?:[Ll]e |[Ll]a |[Ll]['’]|[Ll]es |par (?:le |la |l['’]|les )?|au |à la |à l['’]|aux |du "
        r"|de la |avec (?:le |la |l['’]|les )?)(?:ministère (?:de|du|des|d['’]|chargé)|ministre (?:de"
        r"|du|des|d['’]|chargé|délégué)|direction (?:générale|de|des|du|d['’]|interministérielle|départementale)"
        r"|agence (?:nationale|de|du|des|régionale|française|[A-Z])|inspection|préfe(?:t|cture)|secrétariat"
        r"|secrétaire|haut-commissa|office (?:national|français)|service (?:de|des|du|national|public"
        r"|départemental)|conseil (?:régional|départemental|municipal|national|d['’]|supérieur)|autorité"
        r" de|autorité nationale|observatoire|délég(?:ué|ation)|commissa|institut|maire|rectorat|DG[A-Z]+"
        r"|DR[A-Z]+|AR[SC][A-Z]*|CN[A-Z]+|AN[A-Z]+|AD[A-Z]+|IG[A-Z]+|Premier ministre|Première ministre"
        r"|Commission)"
        r"|\b(?:piloté|confié|conduit|mené|coordonné|assuré|porté|présidé|réalisé)(?:e|s|es)? (?:par"
        r"|à)\b|\b(?:est|sera|sont|seront) (?:chargé|responsable)(?:e|s|es)?\b|\bsous (?:la responsabilité"
        r"|l['’]autorité|le pilotage|l['’]égide) d|\b[A-Z]{3,8}\b(?= (?:a|ont|est|sera|va|publie|conduit"
        r"|pilote|lance|prépare|mène))",
        unless=r"^\W*(?:le |la |l['’])?(?:ministère|ministre) (?:de|du|des|d['’]|chargé)?[\w ’'éèêà-]{0,40}?"
        r" (?:vous )?(?:remercie|accuse|accepte|partage|souscrit|prend (?:bonne )?note|rejette|refuse"
        r"|n['’]est|ne |examine|étudie|a bien|est (?:favorable|défavorable))",
        cased=True,
    ),
)

FRENCH = Tongue(
    "fr",
    frozenset(
        "le la les des de du et à est en un une pour que qui dans nous sur par ce cette au aux pas sera votre".split()
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
        r"^\W*(?:(?:recommandation|proposition|préconisation)\s+(?:n[°o]\s*)?\d[\w.]*\s*[:.–-]|(?:la"
        r" |le |l['’]|les |votre |cette |cet )?(?:[\w’'-]+ ){0,4}(?:cour|comité|commission d['’]enquête"
        r"|convention|assemblée|défenseur\w*|médiat\w+|rapport\w*|mission|citoyens|pétition\w*|jury|recommandation"
        r"|commission d['’]\w+)(?: [\w’'-]+){0,4}? (?:vous |nous )?(?:a |ont |avait )?(?:recommand|demand"
        r"|préconis|propos|invit|suggér|estim|conclu|appel)\w*|vous (?:nous |m['’]|me )?(?:avez |recommand"
        r"|demand|propos|préconis|suggér)\w*)",
        re.I,
    ),
    re.compile(
        r"\b(?:recommandations?|propositions?|préconisations?)\s+(?:n[°os]{1,2}\.?\s*)?(?P<number>\d{1,3}(?:\.\d+)"
        r"*\w?(?:(?:\s*(?:,|et|à|-|–)\s*)\d{1,3}\w?)*)",
        re.I,
    ),
)
