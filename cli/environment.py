"""Makes `.venv` or brings it up to date; `./run` and `./test` run this before anything else is installed.

Standard library only. A stamp in `.venv` says which requirement files it was last filled from, and it is written
last, so that an interrupted installation is done again.
"""

import fcntl
import hashlib
import platform
import re
import shutil
import subprocess
import sys
import venv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
PROGRESS = re.compile(
    r"^(?:Collecting |Requirement already satisfied: |Processing (?:\S*/)?)([A-Za-z0-9._-]+?)(?=-\d|[^\w.-])"
)


def main(arguments: list[str]) -> int:
    """Fill the environment from the requirement file that is named, unless it already is."""
    requirements = CHECKOUT / arguments[0]
    if is_filled_from(requirements):
        return 0
    try:
        with alone():
            if not is_filled_from(requirements):
                fill(requirements)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"pathways: can't make {VENV}: {problem}", file=sys.stderr)
        return 1
    return 0


def is_filled_from(requirements: Path) -> bool:
    stamp = stamp_of(requirements)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(requirements)


def stamp_of(requirements: Path) -> Path:
    return VENV / f"filled-from-{requirements.name}"


def fingerprint(requirements: Path) -> str:
    """Say what an environment filled from this file depends on: the file, the Python and where it stands."""
    python = (VENV / "pyvenv.cfg").read_text() if (VENV / "pyvenv.cfg").exists() else ""
    parts = (requirements.read_bytes(), python.encode(), str(VENV).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time make the environment; the others wait and then find it made."""
    with (CHECKOUT / ".venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ./run or ./test is making .venv; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fill(requirements: Path) -> None:
    if not works():
        say(f"making .venv with Python {platform.python_version()}")
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True, symlinks=True)
    for stamp in VENV.glob("filled-from-*"):
        stamp.unlink()
    install(requirements)
    # The test requirements hold every pin of the others, so that ./run after ./test has nothing left to do.
    for file in {requirements, CHECKOUT / "requirements.txt"}:
        stamp_of(file).write_text(fingerprint(file))


def works() -> bool:
    """Say whether the environment that is there has a living Python and stands where it was made."""
    if not PYTHON.exists() or str(VENV) not in (VENV / "bin" / "activate").read_text():
        return False
    return subprocess.run([PYTHON, "-I", "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def install(requirements: Path) -> None:
    """Install exactly the pinned packages, each checked against its hash, and show how far it is."""
    total = sum("==" in line for line in requirements.read_text().splitlines())
    say(f"installing {total} packages from {requirements.name}")
    command: list[str | Path] = [
        PYTHON,
        "-I",
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary=:all:",
        "--no-compile",
    ]
    command += ["--disable-pip-version-check", "--progress-bar=off", "--no-input", "--requirement", requirements]
    last_lines: deque[str] = deque(maxlen=25)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None  # noqa: S101 - a pipe was asked for
        show_progress(pip.stdout, total, last_lines)
    if pip.returncode:
        print(*last_lines, sep="", file=sys.stderr)
        message = f"pip could not install {requirements.name} (its last words are above); is a package index reachable?"
        raise OSError(message)


def show_progress(lines: Iterator[str], total: int, last_lines: deque[str]) -> None:
    """Count the packages as pip names them: on one line of a terminal, else every tenth."""
    seen: set[str] = set()
    for line in lines:
        last_lines.append(line)
        if (found := PROGRESS.match(line)) and found[1] not in seen:
            seen.add(found[1])
            if sys.stdout.isatty():
                print(f"\rpathways: {len(seen):3}/{total} {found[1]:<40.40}", end="", flush=True)
            elif len(seen) % 10 == 0:
                say(f"{len(seen):3}/{total} {found[1]}")
        elif line.startswith("Installing collected packages"):
            if sys.stdout.isatty():
                print()
            say("unpacking")


def say(sentence: str) -> None:
    print(f"pathways: {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
