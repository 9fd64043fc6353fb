"""The Finnish personal identity code (henkilötunnus): read, checked and masked. Never shown whole, never in an address.

Source: Väestötietolaki 661/2009 § 11 and decree 690/2022, which gave each century more signs from 1.1.2023.
"""

import re
from dataclasses import dataclass
from datetime import date

from pathways.errors import Malformed

CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SMALLEST_NUMBER = 2
_SHAPE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y])([0-9]{3})([0-9A-Y])")


@dataclass(frozen=True, slots=True, repr=False)
class IdentityCode:
    """A valid code. Numbers from 900 on are given to nobody: tests and invented people use them."""

    text: str
    birth_date: date

    def __repr__(self) -> str:
        return f"IdentityCode({self.masked})"

    @property
    def masked(self) -> str:
        """The birth date and century sign with the end hidden."""
        return f"{self.text[:7]}****"


def parse_identity_code(text: str) -> IdentityCode:
    """Read a code as people write it; `Malformed` says what is wrong without repeating it."""
    code = re.sub(r"\s", "", text).upper().replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    found = _SHAPE.fullmatch(code)
    if not found:
        raise Malformed("identity_code", "identity_code_shape")
    day, month, year, sign, number, check = found.groups()
    if int(number) < SMALLEST_NUMBER or CHECK_SIGNS[int(day + month + year + number) % 31] != check:
        raise Malformed("identity_code", "identity_code_check_sign")
    try:
        born = date(CENTURIES[sign] + int(year), int(month), int(day))
    except ValueError:
        raise Malformed("identity_code", "identity_code_birth_date") from None
    return IdentityCode(code, born)
