"""A throw-away PostgreSQL for the tests: own folder, own socket, no port, gone afterwards."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

START_SECONDS = 90
UNPRIVILEGED = ("postgres", "nobody")
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=60",
)

HOW_TO_INSTALL = (
    "The tests need a PostgreSQL server and found none. With Python 3.11 or 3.12 `make test` brings one along "
    "(the package pgserver); with another Python install the system's: `apt-get install postgresql` "
    "or `brew install postgresql`."
)


@dataclass(frozen=True)
class Server:
    """A running server, reached through the socket in its folder."""

    sockets: Path

    def url(self, database: str) -> str:
        """The address of one of its databases, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.sockets}"

    def create(self, database: str, template: str = "template0") -> str:
        """Makes a database as a copy of another and returns its address."""
        self._run("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Removes a database, also while somebody is still connected."""
        self._run("DROP DATABASE {} WITH (FORCE)", database)

    def leave(self, database: str) -> None:
        """Ends every connection to a database, so that it can be copied."""
        with self.connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
            )

    def _run(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def connect(self) -> psycopg.Connection:
        """A connection to the server itself, to make and drop databases."""
        return psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True)


def programs() -> Path:
    """The folder with initdb and postgres: the one brought along, else the machine's; fails with what to install."""
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError(HOW_TO_INSTALL)


def _candidates() -> Iterator[Path]:
    brought = importlib.util.find_spec("pgserver")
    if brought and brought.origin:
        yield Path(brought.origin).parent / "pginstall" / "bin"
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@contextmanager
def running_server() -> Iterator[Server]:
    """Starts a server in a fresh folder and stops and removes it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="answerby-pg-"))
    try:
        user = _unprivileged_user(folder)
        binaries = _reachable(programs(), folder, user)
        _initialise(binaries, folder, user)
        yield from _served(_start(binaries, folder, user), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(process: "subprocess.Popen[bytes]", folder: Path) -> Iterator[Server]:
    try:
        yield _ready(Server(folder), process, folder)
    finally:
        process.send_signal(signal.SIGINT)  # the quick, clean stop: does not wait for clients
        process.wait(timeout=START_SECONDS)


def _unprivileged_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then the folder is handed to somebody with fewer rights."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = next((user for user in UNPRIVILEGED if user in known), None)
    if name is None:
        raise RuntimeError(
            "PostgreSQL does not run as root, and this machine has no user postgres or nobody."
        )
    os.chown(folder, pwd.getpwnam(name).pw_uid, pwd.getpwnam(name).pw_gid)
    return name


def _reachable(binaries: Path, folder: Path, user: str | None) -> Path:
    """The programs, copied beside the data where they lie in a home that the other user may not enter."""
    closed = any(not parent.stat().st_mode & 0o001 for parent in binaries.parents)
    if user is None or not closed:
        return binaries
    # The programs find their libraries by a relative path, so that the layout is kept.
    package = binaries.parents[1]
    target = folder / "programs" / package.name
    shutil.copytree(binaries.parent, target / binaries.parent.name, symlinks=True)
    if (libraries := package.with_name(f"{package.name}.libs")).is_dir():
        shutil.copytree(libraries, target.with_name(libraries.name), symlinks=True)
    return target / binaries.parent.name / binaries.name


def _initialise(binaries: Path, folder: Path, user: str | None) -> None:
    command = [str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", "postgres"]
    options = ["--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    done = subprocess.run([*command, *options], user=user, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"initdb could not make a database for the tests: {done.stderr.strip()}")


def _start(binaries: Path, folder: Path, user: str | None) -> "subprocess.Popen[bytes]":
    settings = [part for setting in FAST for part in ("-c", setting)]
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log)


def _ready(server: Server, process: "subprocess.Popen[bytes]", folder: Path) -> Server:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            server.connect().close()
            return server
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(
        f"PostgreSQL for the tests did not start: {(folder / 'log').read_text(errors='replace')[-2000:]}"
    )
