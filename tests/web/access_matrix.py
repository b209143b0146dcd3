"""What every address says of itself: one line each in access.tsv. Prints the lines as they are now:

python -m tests.web.access_matrix > tests/web/access.tsv
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask import Flask

from tests.services.entered import NOW
from tracker.config import Config
from tracker.storage.engine import Database
from tracker.web.access import declared, declared_act, needs_fresh_login
from tracker.web.app import create_app
from tracker.web.site import Site

FILE = Path(__file__).parent / "access.tsv"


def lines(app: Flask) -> Iterator[str]:
    """Methods, address, who may open it, what it does to the objects named, whether a fresh login is needed."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        kind, act = declared(app, rule.endpoint), declared_act(app, rule.endpoint)
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        fresh = "fresh" if needs_fresh_login(app, rule.endpoint) else "-"
        yield "\t".join(
            [methods, rule.rule, kind.value if kind else "UNDECLARED", act.value if act else "-", fresh]
        )


def main() -> None:
    """Print the matrix."""
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="x" * 40))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/a.db")
        sys.stdout.writelines(f"{line}\n" for line in lines(create_app(Site(config, database, lambda: NOW))))
        database.close()


if __name__ == "__main__":
    main()
