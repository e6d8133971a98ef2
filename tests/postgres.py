"""A real PostgreSQL for the tests: one that the environment names, or Debian's, started for the run and thrown away."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

GIVEN = "NEUVOJA_TEST_POSTGRESQL"
"""Names a server, such as postgresql://user:password@host/postgres; its user makes and drops databases."""
NULL = "∅"
"""What `query` gives for NULL."""
NUMBERS = itertools.count(1)


class MissingError(Exception):
    """No server is given, and none is installed."""


class Postgres:
    """A server; `folder` is None when somebody else runs it."""

    def __init__(self, url: str, tools: Path, folder: Path | None = None) -> None:
        self.url = url
        self._tools = tools
        self._folder = folder
        self._owner = {"user": _account()} if folder and os.getuid() == 0 else {}

    def fresh(self) -> str:
        """The address of a new, empty database, as DATABASE_URL wants it."""
        name = f"neuvoja_{os.getpid()}_{next(NUMBERS)}"
        self._tool("psql", "-qc", f"CREATE DATABASE {name}", self.url)
        return urlunsplit(urlsplit(self.url)._replace(scheme="postgresql+asyncpg", path=f"/{name}"))

    def drop(self, url: str) -> None:
        """Removes a database, whoever is connected."""
        self._tool("psql", "-qc", f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)", self.url)

    def query(self, url: str, query: str) -> list[tuple[str, ...]]:
        """Rows as an operator's psql shows them: every value as text."""
        plain = url.replace("+asyncpg", "")
        out = self._tool("psql", "-XqAt", "-F", "\t", "-P", f"null={NULL}", "-c", query, plain)
        return [tuple(line.split("\t")) for line in out.splitlines()]

    @property
    def ours(self) -> bool:
        """True when it may be stopped and started."""
        return self._folder is not None

    def start(self, *, fsync: bool = False) -> None:
        """Starts the server of `folder`."""
        port = urlsplit(self.url).port
        options = (
            f"-p {port} -k '' -c listen_addresses=127.0.0.1 -c fsync={'on' if fsync else 'off'} -c max_connections=60"
        )
        self._control("start", "-o", options, "-l", str(Path(str(self._folder)) / "log"))

    def stop(self, mode: str = "fast") -> None:
        """Stops it: `fast` cuts every connection, `immediate` is a crash."""
        self._control("stop", "-m", mode)

    def _control(self, *arguments: str) -> None:
        command = [self._tools / "pg_ctl", "-s", "-w", "-D", str(Path(str(self._folder)) / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder, **self._owner)

    def _tool(self, name: str, *arguments: str) -> str:
        done = subprocess.run([self._tools / name, *arguments], check=True, capture_output=True, text=True)
        return done.stdout


@contextmanager
def server(*, fsync: bool = False) -> Iterator[Postgres]:
    """The given server, or a new one for as long as the block lasts; MissingError where neither is to be had."""
    tools = _tools()
    if given := os.environ.get(GIVEN):
        yield Postgres(given, tools)
        return
    folder = Path(tempfile.mkdtemp(prefix="neuvoja-postgres-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Postgres(f"postgresql://postgres@127.0.0.1:{port}/postgres", tools, folder)
    if made._owner:  # PostgreSQL does not run as root
        shutil.chown(folder, made._owner["user"])
    try:
        arguments = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N", "-D", folder / "data"]
        command = [tools / "initdb", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **made._owner)
        made.start(fsync=fsync)
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools() -> Path:
    """Debian keeps the server's programs off the PATH, in a folder a version; the newest."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [Path(where).resolve().parent for where in (shutil.which("initdb"), *map(str, reversed(debian))) if where]
    if not found:
        raise MissingError(
            f"PostgreSQL is left out: no {GIVEN} is given and Debian's package `postgresql` is not installed"
        )
    return found[0]


def _account() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
