"""Throughput and slowest answers beside a bare Flask view and a file sent by nginx: same bytes, one run, one machine.

Served by the product's own server: a bare Flask view that returns a page of the same size, our page repeated, our
page after the database changed (a writer moves it before each request). Needs wrk and nginx: apt-get install wrk nginx

Run: python bench/pages_speed.py [SECONDS]
"""

import logging
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from statistics import quantiles

from flask import Flask
from sqlalchemy import text
from waitress.server import create_server as waitress

sys.path.insert(0, str(Path(__file__).parents[1]))

from tracker.config import Config
from tracker.demo import load_demo
from tracker.domain.habits import Habits
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.web.app import create_app
from tracker.web.site import Site

PAGES = ("/", "/overdue", "/bodies/uk-dsit", "/items/uk-sitc-legis")
CONNECTIONS = 8
NGINX = """daemon off; pid {folder}/pid; error_log {folder}/error crit; worker_processes 1;
events {{ worker_connections 64; }}
http {{ access_log off; gzip_static on; types {{ text/html html; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}
"""


@dataclass(frozen=True)
class Figures:
    """Answers in a second, in how many milliseconds 99 of 100 came, and what one costs."""

    throughput: float
    slowest: float
    cost: float | None = None
    """Milliseconds of processor; None where another process answered. Others on the machine do not change it."""


@contextmanager
def served(app: object, threads: int) -> Iterator[int]:
    """An application behind the product's server; its port."""
    server = waitress(app, host="127.0.0.1", port=0, threads=threads)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[int]:
    """The page as a file that nginx sends."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    files = folder / "files"
    files.mkdir()
    (files / "page.html").write_bytes(b"")
    (files / "page.html.gz").write_bytes(body)
    (folder / "conf").write_text(NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)
    process = subprocess.Popen([_program("nginx"), "-c", str(folder / "conf"), "-e", str(folder / "error")])
    _until_it_answers(port)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def _until_it_answers(port: int) -> None:
    for _ in range(100):
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("nginx does not answer")


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is None:
        raise SystemExit(f"{name} is not installed: apt-get install {name}")
    return found


def loaded(port: int, path: str, seconds: int) -> Figures:
    """What wrk measures with a few connections."""
    command = [_program("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += ["-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{path}"]
    spent = time.process_time()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = time.process_time() - spent
    if "Non-2xx" in said:
        raise SystemExit(said)
    rate, slowest = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    if rate is None or slowest is None:
        raise SystemExit(said)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}[slowest[2]]
    return Figures(float(rate[1]), float(slowest[1]) * unit, 1000 * spent / (float(rate[1]) * seconds))


def changing(port: int, path: str, database: Database, seconds: int) -> Figures:
    """One request after the other, each after a change; the time of the change itself is not counted."""
    connection = HTTPConnection("127.0.0.1", port)
    taken: list[float] = []
    spent = 0.0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with database.writing() as session:
            session.execute(text("UPDATE process SET recorded_by = :n"), {"n": f"import:{len(taken)}"})
        began, worked = time.perf_counter(), time.process_time()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
        taken.append(time.perf_counter() - began)
        spent += time.process_time() - worked
    return Figures(len(taken) / sum(taken), 1000 * quantiles(taken, n=100)[98], 1000 * spent / len(taken))


def bare(body: bytes) -> Flask:
    """A view that does nothing but return a page of the same size."""
    app = Flask("bare")

    @app.get("/page.html")
    def page() -> tuple[bytes, dict[str, str]]:
        return body, {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"}

    return app


def opened(folder: Path) -> tuple[Flask, Database, int]:
    """The demonstration's site, its database, and how many threads it is served by."""
    url = f"sqlite:///{folder / 'answerby.db'}"
    migrate(url)
    database = Database(url, Habits(recheck_days=3650))
    with database.writing() as session:
        load_demo(session, datetime.now(UTC))
    config = Config()
    config = replace(config, site=replace(config.site, recheck_days=3650))
    return create_app(Site(config, database, lambda: datetime.now(UTC))), database, config.web.threads


def _of(standard: Figures, one: Figures) -> float:
    """What the standard costs, as a share of what this one costs."""
    return (standard.cost or 0) / one.cost if one.cost else 0


def main() -> None:
    """Print a table and the ratios."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        Path(folder).chmod(0o755)  # nginx reads as somebody else
        app, database, threads = opened(Path(folder))
        port = stack.enter_context(served(app, threads))
        print(f"{'':24}{'answers/s':>12}{'p99 ms':>10}{'of bare Flask':>15}{'CPU ms':>9}{'of bare':>9}")
        for number, path in enumerate(PAGES):
            body = app.test_client().get(path, headers={"Accept-Encoding": "gzip"}).data
            with ExitStack() as each:
                place = Path(folder) / str(number)
                place.mkdir()
                standard = each.enter_context(served(bare(body), threads))
                file = each.enter_context(nginx(place, body))
                flask = loaded(standard, "/page.html", seconds)
                figures = {
                    "bare Flask view": flask,
                    "repeated": loaded(port, path, seconds),
                    "changed each time": changing(port, path, database, seconds),
                    "file from nginx": replace(loaded(file, "/page.html", seconds), cost=None),
                }
            print(f"{path} ({len(body)} bytes sent)")
            for name, one in figures.items():
                share = one.throughput / flask.throughput
                cost = f"{one.cost:10.2f}{_of(flask, one):9.0%}" if one.cost else ""
                print(f"  {name:22}{one.throughput:12.0f}{one.slowest:10.1f}{share:14.0%}{cost}", flush=True)
        database.close()


if __name__ == "__main__":
    main()
