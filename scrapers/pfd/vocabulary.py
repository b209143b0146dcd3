"""The words by which offices and organisations are told from persons in a list of addressees."""

import re

_KINDS = """
    academies academy agency airport alliance ambulance associates association authorities authority board borough
    brigade brigades bureau cabinet care ccg centre centres charity clinic clinics club college colleges
    commission commissioner commissioners committee community company confederation consortium constabulary
    cooperative corporation council councils council’s cqc department departments dept directorate division
    doctors enterprise enterprises estates executive faculty federation fire force foundation government group
    groups health healthcare highways hmcts hmp hmpps hmyoi holdings homes hospice hospital hospitals housing icb
    inc infirmary inspectorate institute institution international lawn limited llp ltd maritime medical medicines
    ministry mps museum national network networks nhs nursing ofcom office ofgem ofsted operator organisation
    organization panel parliament partners partnership partnerships pharmacies pharmacy physicians plc police
    practice practices prison prisons probation programme public railway railways registry regulation regulator
    residential retail royal safety scheme school schools secretariat service services societies society solutions
    standards station supermarkets support surgeons surgeries surgery systems team therapists transport
    transportation treasury tribunal trust trusts uk underground union unit universities university water
    wellbeing works
"""
KINDS = frozenset(_KINDS.split())
"""Words one of which the name of an organisation nearly always holds."""
_POLICIES = """
    Affairs Agriculture Armed Building Business Care Children Civil Commonwealth Communities Community
    Constitution Courts Crime Culture Defence Department Development Digital Disabled Economy Education Employment
    Energy England Environment Equalities Exchequer Families Fire Food Foreign Forces Government Health Home
    Housing Immigration Industrial Industry Infrastructure Innovation International Ireland Justice Labour
    Learning Levelling Local Media Medicines Men Mental Migration Net Northern Office Patient Pensions People
    Planning Policing Prevention Primary Prisons Probation Public Rail Reform Roads Rural Safeguarding Safety
    Schools Science Scotland Security Services Skills Social Sport State Strategy Technology Trade Transport
    Treasury Up Veterans Victims Wales Wellbeing Women Work Young Zero
"""
_POLICY = rf"(?:{'|'.join(_POLICIES.split())})"
_JOINED = r"(?:,? and the |,? and |,? & |, | of the | of | )"
_PORTFOLIO = rf"{_POLICY}\b(?:{_JOINED}(?={_POLICY}\b){_POLICY}\b)*"
_MINISTER = (
    r"(?:Parliamentary )?(?:Under[- ])?Secretary(?: of State)?|SoS|Minister(?: of State)?|Ministry|Department"
)
OFFICE = re.compile(
    r"Foreign,? Commonwealth (?:and|&) Development Office|(?:HM |His Majesty’s )?Chief Inspector of \w+"
    rf"|(?:{_MINISTER}) (?:for|of)(?: the)? {_PORTFOLIO}"
    r"|Secretary of State for [A-Z]\w+|(?:Prime|First|Deputy First|Health) Minister|(?:Home|Foreign|Health) Secretary"
    r"|Lord Chancellor|Chancellor of the Exchequer|Attorney General|Chief Coroner"
)
"""A minister, or the house a minister works in, by its portfolio: what follows it may be a name."""
_KINDS_OF_ROLE = r"""
    acting|interim|joint|deputy|group|executive|managing|medical|regional|national|clinical|senior|strategic|corporate
    |operations?|nursing|practice|registered|general|legal|company|house
"""
_ROLES = r"""
    chief\s(?:executive|constable|operating\sofficer|nurse|medical\sofficer|fire\sofficer|officer|inspector)(?:\sofficer)?
    |CEO|chair(?:man|woman|person)?|directors?|president|managers?|secretary|head|registrar|partners?|nurse|lead
    |proprietor|owner|principal|governor|officer
"""
_SUBJECTS = r"""
    \sof\s(?:legal|nursing|operations|governance|adult|children|public|social|highways|human|patient|quality)[\w\s&’]*?
    (?=\s(?:of|at|,)|$)
"""
ROLE = re.compile(
    rf"\b(?:(?:{_KINDS_OF_ROLE})\s)*(?:{_ROLES})(?:{_SUBJECTS})?"
    r"(?:,|\s+(?:of|at|for|to)(?:\sthe)?\b|\s*[-–:]|\s|$)",
    re.IGNORECASE | re.VERBOSE,
)
"""What a person is in an organisation."""
_TITLES = r"""
    Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Baron|Rev|Revd|Rt\.?\sHon|Right\sHonourable|Councillor
    |Cllr|Judge|HHJ|Captain|Major|Colonel|Sergeant|Supt|Superintendent
"""
PERSON = re.compile(
    rf"\b(?:{_TITLES})\b\.?(?!\s+(?:Chancellor|Advocate|Chief\sJustice))|\b(?:MP|QC|KC|OBE|CBE|MBE|QPM)\b",
    re.VERBOSE,
)
"""Titles that only persons bear."""
