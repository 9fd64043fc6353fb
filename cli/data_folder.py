"""The data folder of `pathways up`: one folder, one running `up`."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from cli.complaints import Refused

LOCK_FILE = "up.lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder, made if need be and closed to others; refuse, naming the process that holds it already.

    The kernel lets go of the lock when its process ends, however it ends.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_taken(folder, lock.name)) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _taken(folder: Path, lock: str) -> str:
    pid = Path(lock).read_text().strip() or "of an unknown number"
    return (
        f"Another pathways up, process {pid}, uses {folder.absolute()}."
        f" End it (kill {pid}), or choose another folder: pathways up --data FOLDER --port PORT"
    )
