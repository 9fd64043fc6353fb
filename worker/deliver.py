"""How letters leave: by SMTP. A letter says that there is something to do and where to sign in, and nothing else."""

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from engine.letters import Letter

PATIENCE = 10.0  # seconds the mail server has for each answer
PORTS = {"smtp": 587, "smtps": 465}

SUBJECTS = {
    "fi": "Sinulle on uutta tehtävää",
    "sv": "Du har något nytt att göra",
    "en": "You have something new to do",
}
BODIES = {
    "fi": "Hei!\n\nSinulle on uutta tehtävää. Näet sen, kun kirjaudut sisään{where}.\n\n"
    "Tässä viestissä ei ole asiakkaiden tietoja. Viestiin ei voi vastata.\n",
    "sv": "Hej!\n\nDu har något nytt att göra. Du ser det när du loggar in{where}.\n\n"
    "Det här meddelandet innehåller inga klientuppgifter. Det går inte att svara på det.\n",
    "en": "Hello!\n\nYou have something new to do. You see it when you sign in{where}.\n\n"
    "There is no client data in this message. It can't be answered.\n",
}


class NoMailServer(ValueError):
    """The address of the mail server can't be one."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. `smtp` begins in the clear and must go on encrypted, unless it is this machine."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, url: str) -> "MailServer":
        """Read `smtp://user:password@host:587` or `smtps://…`; raises NoMailServer for anything else."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise NoMailServer("write smtp://user:password@host:587 or smtps://user:password@host:465")
        port = parts.port or PORTS[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, parts.scheme == "smtps", user, password)

    @property
    def is_here(self) -> bool:
        return self.host in ("localhost", "127.0.0.1", "::1")


class SmtpDeliverer:
    """One connection per batch. What the server refuses is reported letter by letter, and nothing is raised."""

    def __init__(self, server: MailServer, sender: str, sign_in_at: str | None) -> None:
        self._server = server
        self._sender = sender
        self._sign_in_at = sign_in_at

    def deliver(self, letters: Sequence[Letter]) -> Mapping[str, str]:
        """Hand every letter in; return those that failed, with the kind of failure."""
        failures: dict[str, str] = {}
        left = {letter.letter_id for letter in letters}
        try:
            with self._connected() as smtp:
                for letter in letters:
                    if why := self._send(smtp, letter):
                        failures[letter.letter_id] = why
                    left.discard(letter.letter_id)
        except (OSError, smtplib.SMTPException) as error:
            failures |= dict.fromkeys(left, type(error).__name__)
        return failures

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        context = ssl.create_default_context()
        if server.encrypted:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        try:
            if not server.encrypted and not server.is_here:
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _send(self, smtp: smtplib.SMTP, letter: Letter) -> str | None:
        """What went wrong with this one letter; an error that ends the connection is raised."""
        try:
            smtp.send_message(message_of(letter, self._sender, self._sign_in_at))
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPResponseException as error:
            return f"{type(error).__name__} {error.smtp_code}"
        except (smtplib.SMTPException, ValueError) as error:  # a ValueError is an address that can't be one
            return type(error).__name__
        return None


class NullDeliverer:
    """Keeps the letters instead of sending them: for tests, and for trying out on one's own machine."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def deliver(self, letters: Sequence[Letter]) -> Mapping[str, str]:
        self.letters += letters
        return {}


def message_of(letter: Letter, sender: str, sign_in_at: str | None) -> EmailMessage:
    """The whole letter. The same letter sent twice has the same Message-ID, so that mailboxes show it once."""
    message = EmailMessage()
    message["Subject"] = SUBJECTS.get(letter.language, SUBJECTS["fi"])
    message["From"] = sender
    message["To"] = letter.address
    message["Message-ID"] = f"<{letter.letter_id}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    where = f": {sign_in_at}" if sign_in_at else ""
    message.set_content(BODIES.get(letter.language, BODIES["fi"]).format(where=where))
    return message
