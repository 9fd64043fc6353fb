"""Ids: UUIDv7, made at the edge from the injected clock, and drawn from a command's seed below it."""

import os
import uuid
from datetime import datetime
from hashlib import sha1


def new_id(now: datetime) -> str:
    """A fresh UUIDv7 (RFC 9562): sorts by the moment it was made."""
    milliseconds = int(now.timestamp() * 1000)
    return _uuid7(milliseconds, int.from_bytes(os.urandom(10)))


def is_id(text: str) -> bool:
    """Whether a text from outside can name anything at all."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def drawn_id(seed: str, nth: int, what: str = "") -> str:
    """The nth id that follows from a command's seed: the same command draws the same ids again.

    The seed's own time stays in front so that rows of one command lie together in every index.
    """
    parent = bytes.fromhex(seed.replace("-", ""))
    drawn = int.from_bytes(sha1(parent + f"{what}:{nth}".encode(), usedforsecurity=False).digest()[6:16])
    as_uuid5_has_it = drawn & ~(0b11 << 62) | 0b10 << 62
    return _uuid7(int.from_bytes(parent[:6]), as_uuid5_has_it)


def _uuid7(milliseconds: int, random: int) -> str:
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random & ((1 << 62) - 1)
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def case_number(case_id: str, opened_at: datetime) -> str:
    """The short number people read aloud, such as `26-7KQ4MT`: the year and 30 bits of the id.

    Drawn, not counted: a counter would make every contact of a county wait for the one before.
    """
    bits = uuid.UUID(case_id).int & ((1 << 30) - 1)
    letters = "".join(ALPHABET[(bits >> shift) & 31] for shift in range(25, -5, -5))
    return f"{opened_at.year % 100:02d}-{letters}"
