"""Every outgoing request passes one gate: nobody else even knows how to make one."""

import ast
from pathlib import Path

import pytest

from tests.whole.tree import CODE, files, imports, name, parsed

MEANS_OUT = frozenset(
    "httpx httpcore requests urllib3 aiohttp socket ssl asyncio http.client urllib.request ftplib telnetlib poplib "
    "imaplib nntplib smtplib xmlrpc.client webbrowser".split()
)
THE_GATE = "scrapers/walk/"
MAIL = {
    **{f"tracker/channels/{name}.py": {"smtplib", "ssl"} for name in ("smtp_line", "relay_steps")},
    "tracker/channels/smtp_answers.py": {"smtplib"},
}
"""Mail goes to the operator's own relay, which no visitor and no source can name."""
UNCHECKED = "_unchecking"
"""The one function that checks no certificate, for the one source of which the operator said so."""
WHERE_UNCHECKED = "self._ssl_context if vetted.check_certificate else _unchecking()"

ELSEWHERE = [path for path in files(*CODE, suffix=".py") if not name(path).startswith(THE_GATE)]
GATE = list(files("scrapers/walk", suffix=".py"))


def means_out(path: Path) -> set[str]:
    named = {module for _, module, taken in imports(path)} | {
        f"{module}.{taken}" for _, module, taken in imports(path) if taken
    }
    return {one for one in named if one in MEANS_OUT or one.partition(".")[0] in MEANS_OUT}


@pytest.mark.parametrize("path", ELSEWHERE, ids=name)
def test_only_the_gate_knows_how_to_reach_other_machines(path: Path) -> None:
    assert means_out(path) <= MAIL.get(name(path), set())


@pytest.mark.parametrize("path", GATE, ids=name)
def test_the_gate_never_asks_for_headers_only_and_verifies_certificates(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for one in parsed(path).body:
        if isinstance(one, ast.FunctionDef) and one.name == UNCHECKED:
            text = text.replace(ast.get_source_segment(text, one) or "", "")
    for never in ('"HEAD"', "verify=False", "CERT_NONE", "check_hostname = False", "trust_env=True"):
        assert never not in text


def test_a_certificate_is_unchecked_only_where_the_operator_said_so() -> None:
    texts = {name(path): path.read_text(encoding="utf-8") for path in GATE}
    naming = {path: text for path, text in texts.items() if UNCHECKED in text}
    assert list(naming) == ["scrapers/walk/lines.py"]
    [text] = naming.values()
    assert text.count(UNCHECKED) == 2  # where it is written and where it is taken
    assert WHERE_UNCHECKED in text
