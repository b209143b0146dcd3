"""In which language a body is written to where nobody of it has chosen one."""

_SPANISH = "ES MX AR CL CO PE UY PY BO EC VE CR PA GT HN SV NI DO CU PR GQ"
_FRENCH = "FR MC SN CI ML BF NE TG BJ GA CG GN MG HT"
_ENGLISH = "GB IE US AU NZ"
_SPOKEN = {
    **dict.fromkeys(_SPANISH.split(), "es"),
    **dict.fromkeys(_FRENCH.split(), "fr"),
    **dict.fromkeys(_ENGLISH.split(), "en"),
    "CA-QC": "fr",
}


def spoken_at(jurisdiction: str) -> str:
    """The language of a jurisdiction where there is one; empty where there are several, or none of ours: the site's."""
    code = jurisdiction.strip().upper()
    return _SPOKEN.get(code) or _SPOKEN.get(code.partition("-")[0], "")
