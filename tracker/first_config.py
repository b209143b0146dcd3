"""The first configuration of a site: the example with the answers of `answerby init` filled in."""

import json
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tracker.assets import example_config
from tracker.config import parse

SECRET_BYTES = 32
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def first_config(answers: Mapping[str, str | int]) -> str:
    """The text of a configuration file; `answers` by "section.key". Raises ConfigError."""
    text = example_config().read_text(encoding="utf-8")
    filled: dict[str, str | int] = {"web.secret_key": secrets.token_hex(SECRET_BYTES), **answers}
    for key, value in filled.items():
        text = _filled(text, key, value)
    parse(text, "config.toml", public=True)
    return text


def _filled(text: str, key: str, value: str | int) -> str:
    section, _, name = key.partition(".")
    head, found, rest = text.partition(f"[{section}]\n")
    written = json.dumps(value, ensure_ascii=False)
    changed = re.sub(rf"^{name} = .*$", lambda _: f"{name} = {written}", rest, count=1, flags=re.MULTILINE)
    return head + found + changed


def write_first_config(path: Path, answers: Mapping[str, str | int]) -> None:
    """Write the file, readable by its owner only; FileExistsError where there is one already."""
    text = first_config(answers)
    if path.exists():
        raise FileExistsError(f"{path} is there already: move it away first, or change it by hand.")
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")


def port_of_this_machine(base_url: str) -> int | None:
    """The port to listen on where the site's address is this machine itself; None where something stands before it."""
    parts = urlsplit(base_url)
    try:
        return parts.port if parts.hostname in _THIS_MACHINE and parts.scheme == "http" else None
    except ValueError:
        return None
