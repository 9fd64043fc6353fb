"""Keys: one secret of the installation, one derived key per purpose, so that no use can be turned into another."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """256-bit keys. They live in memory only; the secret lives outside the database."""

    identity_digest: bytes
    identity_cipher: bytes
    seal: bytes
    sign_in: bytes

    @classmethod
    def of(cls, secret: str) -> "Keys":
        """Derive every key from the secret; raises ValueError for one that is too short to guess at."""
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"SECRET_KEY needs at least {SHORTEST_SECRET} characters")
        return cls(**{purpose: _derived(secret, purpose) for purpose in cls.__dataclass_fields__})

    def __repr__(self) -> str:
        return f"Keys({self.seal_key_id})"

    @property
    def seal_key_id(self) -> str:
        """Tells which secret sealed a journal, without telling the secret."""
        return sha256(b"pathways seal" + self.seal).hexdigest()[:16]

    def digest_of_identity(self, tenant_id: str, identity_code: str) -> str:
        """What a client is found by: the same code gives the same digest, and no code can be read from it."""
        return hmac.new(self.identity_digest, f"{tenant_id}:{identity_code}".encode(), sha256).hexdigest()

    def digest_of_subject(self, subject: str) -> str:
        """What failed sign-ins are counted by, instead of a name or an address."""
        return hmac.new(self.sign_in, subject.encode(), sha256).hexdigest()


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=b"pathways", info=purpose.encode()).derive(secret.encode())
