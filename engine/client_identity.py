"""A client's identity as it is stored: the code encrypted and found by digest, the name folded for searching."""

import os
import re
import unicodedata
import uuid
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.ids import ALPHABET
from engine.keys import Keys
from pathways.identity_code import IdentityCode, parse_identity_code

NONCE_BYTES = 12
_NOT_COMBINING = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "þ": "th", "ŋ": "n"})


def cipher_of(keys: Keys, tenant_id: str, client_id: str, code: IdentityCode) -> bytes:
    """Encrypt the code for this client alone: moved to another client's row it can't be read."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(keys.identity_cipher).encrypt(nonce, code.text.encode(), _bound(tenant_id, client_id))


def code_of(keys: Keys, tenant_id: str, client_id: str, cipher: bytes | None) -> IdentityCode | None:
    """Read the code again; None when there is none, or when it was written with another secret."""
    if not cipher:
        return None
    cipher = bytes(cipher)
    try:
        text = AESGCM(keys.identity_cipher).decrypt(
            cipher[:NONCE_BYTES], cipher[NONCE_BYTES:], _bound(tenant_id, client_id)
        )
    except InvalidTag:
        return None
    return parse_identity_code(text.decode())


def masked_code(keys: Keys, row: Any) -> str | None:
    """What people see of the code of a client's row."""
    code = code_of(keys, row["tenant_id"], row["client_id"], row["identity_cipher"])
    return code.masked if code else None


def _bound(tenant_id: str, client_id: str) -> bytes:
    return f"{tenant_id}:{client_id}".encode()


def folded(name: str) -> str:
    """The name as searches compare it: "Mäkinen, Åke" and "ake makinen" are the same."""
    return " ".join(sorted(name_parts(name)))


def name_parts(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_NOT_COMBINING))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return set(re.findall(r"\w+", letters))


def temporary_id_of(client_id: str) -> str:
    """What a client without identity is called on paper and in searches, such as `T-7KQ4MT2B`."""
    bits = uuid.UUID(client_id).int & ((1 << 40) - 1)
    return "T-" + "".join(ALPHABET[(bits >> shift) & 31] for shift in range(35, -5, -5))


def age_on(born: date | None, today: date, died: date | None = None) -> int | None:
    """Age in whole years on a local date, or on the day of death."""
    if born is None:
        return None
    day = min(today, died) if died else today
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
