"""Passwords: argon2 behind a semaphore of two, so that sign-ins never take both cores from the rest."""

import secrets
import threading
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
PATIENCE = 5.0
SHORTEST = 12


class Passwords:
    """Hashes and verifies. One for the whole process."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(password)

    def verify(self, stored: str, password: str) -> bool | None:
        """Whether it is the right one; None when too many ask at once. No account takes as long as a wrong password."""
        if not self._turn.acquire(timeout=PATIENCE):
            return None
        try:
            self._hasher.verify(stored or self._nobodys, password)
            return bool(stored)
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turn.release()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe())


def new_password() -> str:
    """A password for somebody's first sign-in: 90 bits, easily typed."""
    return "-".join(secrets.token_hex(4)[:6] for _ in range(4))
