"""The product's own processes beside a benchmark: timers and workers on PostgreSQL and Redis, as a county runs them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
MIB = 1024 * 1024


class Role:
    """One command of the product with its child processes."""

    def __init__(self, name: str, *arguments: str, settings: dict[str, str], log: Path) -> None:
        self.name = name
        self._log = log
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PATHWAYS_")}
        with log.open("ab") as written:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cli", name, *arguments],
                cwd=CHECKOUT,
                env=kept | settings,
                stdout=written,
                stderr=written,
                start_new_session=True,
            )

    @property
    def pids(self) -> list[int]:
        """The process and its children."""
        own = self._process.pid
        children = Path(f"/proc/{own}/task/{own}/children")
        return [own, *map(int, children.read_text().split())] if children.exists() else [own]

    def memory(self) -> float:
        """Resident memory of all of them that is theirs alone or shared in part (Pss), in MiB."""
        return sum(map(_pss, self.pids)) / MIB

    def kill(self) -> None:
        """kill -9 of the whole group, as a machine that goes does it."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def said(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-2000:]


@contextmanager
def running(folder: Path, database_url: str, redis_url: str, secret: str, *, workers: int = 1) -> Iterator[list[Role]]:
    """Timers and so many workers of one process each; they have stopped at the end."""
    settings = {
        "PATHWAYS_DATABASE_URL": database_url,
        "PATHWAYS_REDIS_URL": redis_url,
        "PATHWAYS_SECRET_KEY": secret,
        "PATHWAYS_LOG_LEVEL": "warning",
    }
    named = [("timers", "timers.log"), *(("worker", f"worker_{number}.log") for number in range(workers))]
    roles = [
        Role(name, *(("--processes", "1") if name == "worker" else ()), settings=settings, log=folder / log)
        for name, log in named
    ]
    try:
        time.sleep(4)  # imports, first connections
        yield roles
    finally:
        for role in roles:
            role.stop()


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
