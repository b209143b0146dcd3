"""A person's name that stands directly before an organisation's ("Jane Doe NHS England") does not travel with it."""

import re

from scrapers.pfd.vocabulary import KINDS

_HEADS = r"""
    NHS\s(?:England|Improvement|Digital|Resolution|Blood|Wales|Scotland|Lothian|\w+\sICB)|NHSE\b|Department\s(?:of|for)\b
    |Ministry\s(?:of|for)\b|(?:HM|His\sMajesty.s|Her\sMajesty.s)\s[A-Z]|HMPPS\b|HMP\s|Care\sQuality\sCommission|CQC\b
    |National\s(?:Highways|Institute|Police|Fire|Grid|Crime|Probation)|Network\sRail|Health\sand\sSafety\sExecutive|HSE\b
    |Royal\s(?:College|Mail|Society|Borough|National)|College\sof\b|Association\sof\b
    |British\s[A-Z]|General\s(?:Medical|Dental|Pharmaceutical)\sCouncil|Nursing\sand\sMidwifery\sCouncil|Transport\sfor\b
    |Office\s(?:of|for)\b|Driver\sand\sVehicle|Medicines\sand\sHealthcare|Public\sHealth\s|Crown\sProsecution|Home\sOffice
    |Cabinet\sOffice|Local\sGovernment\sAssociation|London\sBorough
"""
_HEAD = re.compile(rf"(?:{_HEADS})", re.VERBOSE)
"""With these an organisation's name begins, whatever stands before."""
_GIVEN = """
    Aaron Abdul Abigail Adam Adrian Ahmed Aidan Alan Alastair Albert Alex Alexander Alexandra Alfred Ali Alice
    Alison Alistair Amanda Amelia Amir Amy Andrea Andrew Andy Angela Anita Ann Anna Anne Annette Anthony Antonia
    Arthur Ashley Barbara Barry Beatrice Ben Benjamin Bernadette Bernard Beth Bethany Beverley Bill Bob Brenda
    Brian Bridget Bruce Callum Cameron Carl Carol Caroline Catherine Cathy Cecilia Charles Charlotte Chloe Chris
    Christian Christina Christine Christopher Claire Clare Clive Colin Connor Craig Daisy Dan Daniel Danielle
    Darren Dave David Dawn Debbie Deborah Denise Dennis Derek Diana Diane Dominic Donald Donna Doris Dorothy
    Douglas Duncan Edward Eileen Elaine Eleanor Elizabeth Ella Ellen Ellie Emily Emma Eric Erin Ethan Eva Evelyn
    Faith Fatima Fiona Frances Francis Frank Fred Frederick Freya Gareth Gary Gavin Gemma Geoff Geoffrey George
    Georgia Georgina Gerald Gerard Gillian Gina Gladys Glenn Gordon Grace Graham Grant Greg Gregory Guy Hannah
    Harriet Harry Hassan Hayley Heather Heidi Helen Henry Hilary Holly Howard Hugh Hussein Ian Ibrahim Imran
    Irene Iris Isaac Isabel Isabella Ivan Jack Jackie Jacob Jacqueline Jade Jake James Jamie Jan Jane Janet
    Janice Jasmine Jason Jean Jeff Jeffrey Jennifer Jenny Jeremy Jerry Jessica Jill Jim Joan Joanna Joanne Jodie
    Joe Joel John Johnny Jon Jonathan Jordan Joseph Josephine Joshua Joy Joyce Judith Julia Julian Julie June
    Justin Karen Karl Kate Katherine Kathleen Kathryn Katie Kay Keith Kelly Kelvin Ken Kenneth Kerry Kevin
    Khalid Kieran Kim Kirsty Kyle Laura Lauren Lawrence Leah Leanne Lee Leo Leon Leonard Lesley Leslie Lewis
    Liam Lillian Lily Linda Lindsay Lisa Lorraine Louis Louise Lucy Luke Lynn Lynne Maggie Malcolm Marc Marcus
    Margaret Maria Marie Marilyn Marion Mark Martha Martin Martyn Mary Matt Matthew Maureen Maurice Max Megan
    Melanie Melissa Mia Michael Michelle Miguel Mike Miranda Mohamed Mohammad Mohammed Molly Monica Morgan
    Muhammad Nancy Naomi Natalie Natasha Nathan Neil Nicholas Nick Nicola Nigel Nina Noah Noel Norma Norman
    Oliver Olivia Omar Oscar Owen Pamela Pat Patricia Patrick Paul Paula Pauline Penelope Penny Peter Phil
    Philip Philippa Phillip Phoebe Phyllis Priya Rachael Rachel Rajesh Ralph Raymond Rebecca Reginald Rhys
    Richard Rita Rob Robert Robin Roger Roland Ron Ronald Rosa Rosemary Ross Roy Russell Ruth Ryan Sally Sam
    Samantha Samuel Sandra Sara Sarah Scott Sean Shane Sharon Shaun Sheila Shirley Silvia Simon Sonia Sophia
    Sophie Stacey Stanley Stella Stephanie Stephen Steve Steven Stewart Stuart Sue Susan Suzanne Sylvia Tania
    Tanya Terence Teresa Terry Theresa Thomas Tim Timothy Tina Toby Tom Tony Tracey Tracy Trevor Tyler Usman
    Valerie Vanessa Vera Veronica Victor Victoria Vincent Virginia Vivienne Walter Wayne Wendy Wes William
    Yasmin Yvonne Zoe
"""
_GIVEN_NAMES = frozenset(_GIVEN.lower().split())
_BEARERS = """
    alan turing|diana princess of wales|elizabeth garrett anderson|george eliot|john lewis|john radcliffe|james cook
    |james paget|leonard cheshire|marie curie|marie stopes|martin house|mary seacole|robert jones and agnes hunt
    |thomas cook|victoria infirmary|william harvey|grant thornton|victoria hospital|francis crick|lewis manning
    |george elliot|scott arms|lee valley|j sainsbury|w h smith|j d wetherspoon
"""
_NAMED_AFTER = re.compile(
    rf"(?:the )?(?:{'|'.join(one.strip() for one in _BEARERS.split('|'))})\b", re.IGNORECASE
)
"""Organisations that bear a person's name."""
_INITIALS = re.compile(r"(?:[A-Z]\.?\s){1,3}(?=[A-Z][a-z])")
_PLACES = frozenset(
    "avenue court farm gardens grange hall house lodge manor park place road street view".split()
)
"""After a given name it is a house of that name, not a person."""
_IN_BRACKETS = re.compile(r"(?P<before>[^()]+)\((?P<inside>(?!formerly|previously|now|t/a)[^()]+)\)")
_OF = re.compile(r"\s(?:of|at|for|from)\s(?:the\s)?")
_WORDS = re.compile(r"[A-Za-z&’']+")
MOST_NAMES = 4
"""Words that a person's name has before the organisation's begins."""


def without_person(name: str) -> str:
    """The organisation without whoever stands before it; empty where the two cannot be told apart."""
    if _NAMED_AFTER.match(name):
        return name
    bracketed = _IN_BRACKETS.fullmatch(name)
    if bracketed and not _of_organisation(bracketed["before"]) and _of_organisation(bracketed["inside"]):
        return bracketed["inside"].strip()
    head = next((found for found in _HEAD.finditer(name) if found.start()), None)
    if head and _may_be_person(name[: head.start()]):
        return name[head.start() :]
    return _after_given(name) if _begins_with_person(name) else name


def _of_organisation(text: str) -> bool:
    return any(word.lower() in KINDS for word in _WORDS.findall(text))


def _may_be_person(text: str) -> bool:
    """A few words without one of an organisation; of places and directions nothing is lost that matters."""
    words = text.split()
    return (
        2 <= len(words) <= MOST_NAMES
        and not _of_organisation(text)
        and all(word[0].isupper() for word in words)
    )


def _begins_with_person(name: str) -> bool:
    words = name.split()
    initials = _INITIALS.match(name)
    if initials:
        return name[initials.end() :].split()[0].lower() not in KINDS
    # "Scott Partnership" is a firm; "Jane Doe Partnership" may be one, and may not.
    return bool(words) and words[0].lower().strip(".") in _GIVEN_NAMES and _second_may_be_surname(words)


def _second_may_be_surname(words: list[str]) -> bool:
    return len(words) > 2 and words[1][0].isupper() and words[1].lower() not in KINDS | _PLACES


def _after_given(name: str) -> str:
    """ "Jane Doe of Anytown Council" says itself where the organisation begins; else a person has to look."""
    apart = _OF.search(name)
    rest = name[apart.end() :] if apart and not _of_organisation(name[: apart.start()]) else ""
    return rest if _of_organisation(rest) else ""
