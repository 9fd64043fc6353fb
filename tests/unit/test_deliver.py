"""A letter says that there is something to do, in the reader's language, and never what or about whom."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from engine.letters import Letter
from worker.deliver import BODIES, SUBJECTS, MailServer, NoMailServer, NullDeliverer, SmtpDeliverer, message_of


class FakeMailServer(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP, keeps what it is given, and refuses addresses that begin with `gone`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[str] = []
        self.hangs_up_after = 100


class _Conversation(socketserver.StreamRequestHandler):
    server: FakeMailServer

    def handle(self) -> None:
        self._say("220 fake")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("QUIT"):
                self._say("221 bye")
                return
            if verb.startswith("RCPT") and "<gone" in line:
                self._say("550 no such mailbox")
            elif verb == "DATA":
                self._take()
            else:
                self._say("250 ok")

    def _take(self) -> None:
        if len(self.server.received) >= self.server.hangs_up_after:
            self.connection.close()
            return
        self._say("354 go on")
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        self.server.received.append("".join(lines))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server() -> Iterator[FakeMailServer]:
    with FakeMailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def deliverer(server: FakeMailServer) -> SmtpDeliverer:
    mail_server = MailServer.of(f"smtp://127.0.0.1:{server.server_address[1]}")
    return SmtpDeliverer(mail_server, "pathways@county.invalid", "https://polut.county.invalid")


def a_letter(number: int = 1, address: str = "noora@example.invalid", language: str = "fi") -> Letter:
    return Letter(f"0190-{number}", address, language)


def test_a_letter_reaches_the_mail_server(mail_server: FakeMailServer) -> None:
    failures = deliverer(mail_server).deliver([a_letter(1), a_letter(2)])

    assert failures == {}
    assert len(mail_server.received) == 2
    assert "To: noora@example.invalid" in mail_server.received[0]


def test_an_address_that_is_gone_fails_alone(mail_server: FakeMailServer) -> None:
    failures = deliverer(mail_server).deliver([a_letter(1, "gone@example.invalid"), a_letter(2)])

    assert list(failures) == ["0190-1"]
    assert len(mail_server.received) == 1


def test_an_address_that_would_smuggle_a_header_fails_alone(mail_server: FakeMailServer) -> None:
    failures = deliverer(mail_server).deliver([a_letter(1, "a@b.invalid\nBcc: all@b.invalid"), a_letter(2)])

    assert failures == {"0190-1": "ValueError"}
    assert "Bcc" not in "".join(mail_server.received)


def test_a_server_that_hangs_up_fails_the_rest_and_raises_nothing(mail_server: FakeMailServer) -> None:
    mail_server.hangs_up_after = 1

    failures = deliverer(mail_server).deliver([a_letter(1), a_letter(2), a_letter(3)])

    assert set(failures) == {"0190-2", "0190-3"}


def test_a_server_that_is_not_there_fails_everything_and_raises_nothing(mail_server: FakeMailServer) -> None:
    nobody = SmtpDeliverer(MailServer.of("smtp://127.0.0.1:1"), "pathways@county.invalid", None)

    assert nobody.deliver([a_letter(1)]) == {"0190-1": "ConnectionRefusedError"}


def test_the_null_deliverer_keeps_what_it_is_given() -> None:
    nowhere = NullDeliverer()

    assert nowhere.deliver([a_letter(1)]) == {}
    assert nowhere.letters == [a_letter(1)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_letter_is_in_the_readers_language_and_says_where_to_sign_in(language: str) -> None:
    message = message_of(a_letter(language=language), "pathways@county.invalid", "https://polut.county.invalid")

    assert message["Subject"] == SUBJECTS[language]
    assert "https://polut.county.invalid" in message.get_content()


def test_an_unknown_language_is_answered_in_finnish() -> None:
    assert message_of(a_letter(language="se"), "p@county.invalid", None)["Subject"] == SUBJECTS["fi"]


def test_a_letter_sent_twice_is_recognisable_as_one() -> None:
    first, second = (message_of(a_letter(7), "p@county.invalid", None) for _ in range(2))

    assert first["Message-ID"] == second["Message-ID"] == "<0190-7@county.invalid>"


def test_no_letter_names_anything_but_the_place_to_sign_in() -> None:
    assert {"fi", "sv", "en"} == set(SUBJECTS) == set(BODIES)
    assert all(body.count("{") == 1 and "{where}" in body for body in BODIES.values())


@pytest.mark.parametrize("url", ["mail.county.invalid", "http://mail.county.invalid", "smtp://"])
def test_an_address_that_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(NoMailServer, match="smtp://user:password@host:587"):
        MailServer.of(url)


def test_user_and_password_are_read_as_they_were_meant() -> None:
    server = MailServer.of("smtps://robot%40county:p%2Fss@mail.county.invalid")

    assert (server.user, server.password, server.port, server.encrypted) == ("robot@county", "p/ss", 465, True)
