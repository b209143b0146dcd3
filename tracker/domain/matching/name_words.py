"""Words of names of bodies: which tell nothing apart, and which mean the same in another language."""

SMALL = frozenset(
    "of for and the to in on at a an de la le les l du des d et der die das des fur und zum zur von "
    "el los las y del e i di della dei delle van voor het een en da do dos das o os".split()
)
"""Left out, except in acronyms."""
DRESS = frozenset(
    "ltd limited plc inc incorporated llc llp gmbh ag sa sas bv nv spa co company corporation corp "
    "nhs trust foundation hm group public".split()
)
"""Legal forms and styles: a name is the same with and without them."""
SAME: dict[str, str] = {
    word: english
    for english, words in {
        "department": "dept departement departamento afdeling",
        "ministry": "min ministere ministerio ministerium bundesministerium ministero ministerie ministeries "
        "ministries ministerios ministeres staatsministerium",
        "government": "gouvernement gobierno regierung bundesregierung governo regering govt hmg",
        "commission": "comision kommission commissione commissie comissao",
        "council": "conseil consejo rat consiglio raad",
        "parliament": "parlement parlamento parlament parlement",
        "agency": "agence agencia agentur agenzia agentschap",
        "authority": "autorite autoridad behorde autorita",
        "office": "bureau oficina buro ufficio",
        "city": "ville ayuntamiento ciudad stadt comune gemeente municipio mairie",
        "european": "europeen europeenne europea europeo europaische europaischer europees europese",
        "national": "nationale nacional nationaler nazionale nationaal",
        "federal": "bundes federale federaal",
        "health": "sante salud gesundheit salute gezondheid volksgezondheid",
        "transport": "transports transporte verkehr trasporti vervoer transportation",
        "education": "educacion bildung istruzione onderwijs",
        "justice": "justicia justiz giustizia justitie",
        "interior": "interieur inneren innern inner interno binnenlandse home",
        "finance": "finances hacienda finanzen finanze financien treasury",
        "environment": "environnement ambiente umwelt milieu environmental ecologie",
        "agriculture": "agricultura landwirtschaft agricoltura landbouw",
        "labour": "travail trabajo arbeit lavoro labor",
        "defence": "defense defensa verteidigung difesa defensie",
        "economy": "economie economia wirtschaft economics economic",
        "culture": "cultura kultur cultuur",
        "housing": "logement vivienda wohnen",
        "science": "sciences ciencia wissenschaft scienza",
        "digital": "numerique digitale digitales",
        "affairs": "affaires asuntos angelegenheiten affari",
        "foreign": "etrangeres exteriores auswartiges esteri buitenlandse",
        "saint": "st",
        "university": "universite universidad universitat",
        "hospital": "hopital krankenhaus klinikum",
        "borough": "lb rb",
        "programme": "program",
    }.items()
    for word in words.split()
}
"""What a word of a name means, as one word: other languages, other spellings, short forms."""
KIND = frozenset(
    "department ministry office agency authority commission directorate service secretariat".split()
)
"""Says what a body is, not which."""
