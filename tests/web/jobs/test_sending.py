"""Digests: what turned is told once, to nobody who was not named, and never into a private network."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.web.server import MAP as SHOP

from desirepath.check.report import CheckReport, Verdict, VerdictWord
from desirepath.errors import WebError
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import parse_map
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase
from desirepath.web.collab.log import EditLog
from desirepath.web.days import day_of, zone_of
from desirepath.web.jobs.digest import Digest, digest_of
from desirepath.web.jobs.runner import Runner
from desirepath.web.jobs.sending import (
    Hook,
    Mail,
    Sending,
    is_public,
    read_sending,
    refuse_private,
    send_hook,
    send_mail,
)
from desirepath.web.letters.reminding import Reminders, remind
from desirepath.web.letters.task_letters import TaskLetter
from desirepath.web.people import People
from desirepath.web.policy import Actor
from desirepath.web.talk.comments import Comments
from desirepath.web.talk.reminders import due_tasks
from desirepath.web.talk.tasks import Tasks

HOSTILE = "<script>alert(1)</script>\r\nBcc: all@example.org"


def report(**words: VerdictWord) -> CheckReport:
    verdicts = tuple(
        Verdict(f"statement:{name}", "pay", "", "share", "at least 5 %", f"Text {name} {HOSTILE}", is_implied=False, verdict=word, reason="It is 2 %.")
        for name, word in words.items()
    )  # fmt: skip
    return CheckReport("shop", f"Shop {HOSTILE}", verdicts, (), (), 9, 9, 9, "2025-04-01", "2025-09-01", 0.05)  # fmt: skip


def digest() -> Digest:
    old = report(a="confirmed", b="refuted", c="unknown", d="confirmed")
    found = digest_of(old, report(a="stale", b="refuted", c="refuted", d="unknown", e="refuted"), "https://maps.example.org/#/maps/shop")  # fmt: skip
    assert found is not None
    return found


def test_only_what_turned_refuted_or_stale_is_told() -> None:
    told = [(one.subject, one.before, one.now) for one in digest().turned]
    assert told == [
        ("statement:c", "unknown", "refuted"),
        ("statement:e", "", "refuted"),
        ("statement:a", "confirmed", "stale"),
    ]
    same = report(a="refuted")
    assert digest_of(same, same) is None
    assert digest_of(None, same) is None  # the first check turns nothing


def test_a_letter_speaks_the_language_of_its_map() -> None:
    old, new = report(a="confirmed", b="confirmed"), report(a="stale", b="refuted")
    few = Phrase("reason.few", count=Number(3.0, "cases_here"), least=10)
    verdicts = tuple(replace(one, reason=few) for one in new.verdicts)
    told = digest_of(old, replace(new, verdicts=verdicts), language="de-AT")
    assert told is not None
    assert told.subject.endswith("1 widerlegt, 1 veraltet")
    assert "geprüft mit Belegen bis 01.09.2025." in told.text
    assert "- WIDERLEGT (war bestätigt): Text b" in told.text
    assert "  hier sind nur 3 Fälle; weniger als 10 klären nichts\n" in told.text
    assert '<html lang="de">' in told.html


class Post(socketserver.StreamRequestHandler):
    """Takes letters as a server of mail does."""

    def handle(self) -> None:
        letters: list[bytes] = self.server.letters  # type: ignore[attr-defined]
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part
                letters.append(letter)
            self.wfile.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 fine\r\n")  # fmt: skip
            if line.upper().startswith(b"QUIT"):
                return


class Taker(BaseHTTPRequestHandler):
    """Takes what a webhook is told, and answers as it was told to."""

    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["content-length"]))
        server.heard.append((self.path, dict(self.headers.items()), body))
        self.send_response(server.answers[min(len(server.heard), len(server.answers)) - 1])  # fmt: skip
        self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})  # fmt: skip
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_letter_says_it_in_text_and_html_and_nothing_gets_into_its_head() -> None:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)
    server.letters = []  # type: ignore[attr-defined]
    with serving(server):
        mail = Mail("127.0.0.1", server.server_address[1], starttls=False, sender="maps@example.org", to=("ann@example.org", "ben@example.org"))  # fmt: skip
        send_mail(mail, digest())
    [sent] = server.letters  # type: ignore[attr-defined]
    letter = message_from_bytes(sent, policy=policy.default)
    assert letter["To"] == "ann@example.org, ben@example.org"
    assert letter["Bcc"] is None
    assert str(letter["Subject"]).endswith("2 refuted, 1 stale")
    plain, marked = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert marked is not None
    assert "REFUTED (was unknown): Text c" in plain.get_content()
    assert "<script" not in marked.get_content()
    assert "&lt;script&gt;" in marked.get_content()
    assert 'href="https://maps.example.org/#/maps/shop"' in marked.get_content()


def test_a_webhook_is_signed_tried_three_times_and_follows_nobody() -> None:
    found = digest()
    waits: list[float] = []
    server: Any = HTTPServer(("127.0.0.1", 0), Taker)
    server.heard, server.answers = [], [500, 503, 204]
    with serving(server):
        hook = Hook(f"http://127.0.0.1:{server.server_port}/hook?x=1", "secret", allow_private=True)  # fmt: skip
        send_hook(hook, found, 1_700_000_000, wait=waits.append)
        assert waits == [1.0, 10.0]
        path, headers, body = server.heard[-1]
        assert path == "/hook?x=1"
        signed = hmac.new(b"secret", b"1700000000." + body, hashlib.sha256).hexdigest()
        assert headers["X-Desirepath-Signature"] == f"sha256={signed}"
        assert json.loads(body)["turned"][0]["now"] == "refuted"
        server.heard, server.answers = [], [302]
        with pytest.raises(WebError, match="it answered 302"):
            send_hook(hook, found, 1, wait=waits.append)
        assert [path for path, _, _ in server.heard] == ["/hook?x=1"]
        # a name that moved into a private network after it was looked at is not reached
        server.heard = []
        moving = iter([["93.184.215.14"], ["127.0.0.1"]])
        public = Hook(f"https://hooks.example.org:{server.server_port}/", "secret")
        refuse_private(public.url, lambda _, __: next(moving), allow_private=False)
        with pytest.raises(WebError, match="private network"):
            send_hook(public, found, 1, look_up=lambda _, __: next(moving))
        assert server.heard == []


# Ways to write an address of one's own network, or of nothing that may be asked.
TRICKS = """
http://example.org https://127.0.0.1 https://localhost https://[::1] https://[::ffff:127.0.0.1]
https://[::ffff:7f00:1] https://2130706433 https://0x7f000001 https://0177.0.0.1 https://127.1
https://0 https://0.0.0.0 https://10.0.0.1 https://172.16.0.1 https://192.168.1.1 https://169.254.169.254
https://[fe80::1] https://[fc00::1] https://[fd00:ec2::254] https://[::] https://100.64.0.1
https://224.0.0.1 https://255.255.255.255 https://[64:ff9b::7f00:1] https://[2002:7f00:1::]
https://[2002:a00:1::] https://user@example.org https://a:b@127.0.0.1 https://example.org@127.0.0.1
https:///x https: file:///etc/passwd ftp://example.org gopher://example.org javascript:alert(1) //example.org
https://exa\tmple.org https://example.org:0x50 https://example.org:99999 https://192.0.2.1 https://198.18.0.1
https://[2001:db8::1] https://[ff02::1] https://[::127.0.0.1] https://[fec0::1] https://[64:ff9b:1::a00:1]
https://[::ffff:0:127.0.0.1] https://240.0.0.1 https://0300.0250.1.1 https://3232235777
""".split()  # noqa: SIM905


@pytest.mark.parametrize("url", TRICKS)
def test_no_address_of_a_private_network_is_told(url: str) -> None:
    def look_up(host: str, port: int) -> Sequence[str]:
        # as the systems of this world read numbers: any form of them is an address
        import socket  # noqa: PLC0415

        return [str(one[4][0]) for one in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]  # fmt: skip

    with pytest.raises((WebError, OSError)):
        refuse_private(url, look_up, allow_private=False)


def test_nobody_reads_the_secret_of_an_address_in_the_log() -> None:
    secret = "T0KEN"  # noqa: S105 - of nobody
    hook = Hook(f"https://u:{secret}@hooks.example.org/{secret}?key={secret}", "s")
    assert secret not in repr(hook)
    told = []
    for url in (hook.url, hook.url.replace("u:T0KEN@", ""), f"http://hooks.example.org/{secret}"):  # fmt: skip
        with pytest.raises(WebError) as failed:
            send_hook(replace(hook, url=url), digest(), 1, lambda _, __: ["10.0.0.1"], lambda _: None)  # fmt: skip
        told.append(str(failed.value))
    assert [one for one in told if secret in one or "hooks.example.org" not in one] == []  # fmt: skip


def test_a_name_with_any_private_address_is_refused() -> None:
    def look_up(_: str, __: int) -> Sequence[str]:
        return ["93.184.215.14", "10.0.0.1"]

    with pytest.raises(WebError, match="private network"):
        refuse_private("https://example.org", look_up, allow_private=False)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_nothing_is_sent_unless_the_project_says_where(tmp_path: Path) -> None:
    file = tmp_path / "desirepath.toml"
    found = read_sending(file, {})
    assert (found.mail, found.hook) == (None, None)
    file.write_text(
        '[web.mail]\nhost = "mail.example.org"\nfrom = "maps@example.org"\nto = "ann@example.org"\nuser = "maps"\n'
        'password_variable = "PW"\naddress = "https://maps.example.org/"\n'
        '[web.webhook]\nurl = "https://hooks.example.org"\nsecret_variable = "HOOK"\n'
    )
    found = read_sending(file, {"PW": "p", "HOOK": "h"}, lambda _, __: ["93.184.215.14"])  # fmt: skip
    assert found.mail == Mail("mail.example.org", 587, starttls=True, sender="maps@example.org", to=("ann@example.org",), user="maps", password="p", address="https://maps.example.org")  # noqa: S106  # fmt: skip
    assert found.hook == Hook("https://hooks.example.org", "h")
    assert "'p'" not in repr(found)
    with pytest.raises(WebError, match="names no variable"):
        read_sending(file, {"PW": "p"}, lambda _, __: [])
    with pytest.raises(WebError, match="private network"):
        read_sending(file, {"PW": "p", "HOOK": "h"}, lambda _, __: ["192.168.0.1"])
    for wrong in ('[web.mail]\nhost = "x"\n', "[web.mail]\nhots = 1\n", "web = {mail = 3}\n"):  # fmt: skip
        file.write_text(wrong)
        with pytest.raises(WebError, match="E769"):
            read_sending(file, {})


def test_a_long_title_stays_one_line() -> None:
    subject = replace(digest(), title="\u202eرحلة\n" * 100).subject
    assert "\n" not in subject
    assert len(subject) < 200


def test_a_review_that_is_due_is_told_once_and_again_where_nobody_took_it(
    tmp_path: Path,
) -> None:
    log = EditLog.in_file(tmp_path / "boards.db")
    due = "review_every: 30d\nreviewed: 2025-01-01\nowner: Ann\nlanguage: de\n"
    text = SHOP.format(map_id="shop").replace("title: I order a plant", f"title: {json.dumps(HOSTILE)}\n{due.strip()}")  # fmt: skip
    for one in (text, SHOP.format(map_id="never")):
        journey = parse_map(one, "map.yaml")
        log.create(board_of(journey), "epoch", "the project", 1)
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)
    server.letters = []  # type: ignore[attr-defined]
    taker: Any = HTTPServer(("127.0.0.1", 0), Taker)
    taker.heard, taker.answers = [], [200]
    address = "https://maps.example.org"
    mail = Mail("127.0.0.1", server.server_address[1], starttls=False, sender="m@example.org", to=("a@example.org",), address=address)  # fmt: skip
    hook = Hook(f"http://127.0.0.1:{taker.server_port}/", "s", allow_private=True)
    said: list[str] = []
    now = [1_750_000_000_000_000]

    def reminders(sending: Sending) -> Reminders:
        return Reminders(log.engine, sending, lambda: now[0], lambda what, **_: said.append(what), lambda _: "de")  # fmt: skip

    nobody = replace(mail, port=1)
    assert reminders(Sending(nobody)).tell_due() == 0
    with serving(server), serving(taker):
        both = Sending(mail, hook)
        assert [reminders(both).tell_due() for _ in range(2)] == [1, 0]  # two servers
        now[0] += 400 * 86_400_000_000
        assert reminders(both).tell_due() == 0  # still the same review
    assert said == ["reminder not sent", "reminder sent", "reminder sent"]
    (raw,) = server.letters  # type: ignore[attr-defined]
    letter = message_from_bytes(raw, policy=policy.default)
    assert letter["Bcc"] is None
    assert letter["Subject"].endswith("Überprüfung fällig")
    plain, rich = (part.get_content() for part in letter.iter_parts())
    assert "ist seit 31.01.2025 zur Überprüfung fällig." in plain
    assert "Ann kümmert sich um diese Karte." in plain
    assert f"{address}/#/maps/shop/discussion/review" in plain
    assert "<script" not in rich
    told = json.loads(taker.heard[0][2])
    assert (told["format"], told["map"], told["due"], told["unverified"]) == ("desirepath/reminder/1", "shop", "2025-01-31", 1)  # fmt: skip
    log.close()


def test_tasks_that_are_due_are_told_together_once_for_their_day(tmp_path: Path) -> None:  # fmt: skip
    log = EditLog.in_file(tmp_path / "boards.db")
    text = SHOP.format(map_id="shop").replace("title: I order a plant", f"title: {json.dumps(HOSTILE)}")  # fmt: skip
    log.create(board_of(parse_map(text, "map.yaml")), "epoch", "the project", 1)
    ben = People(log.engine).add(HOSTILE, "a sentence of words", "editor")
    actor = Actor("Ann", "editor", "s", "a", kind="session")
    for person, due in ((ben.id, "2025-06-15"), ("", "2025-01-31"), ("", "2025-06-16"), ("", "")):  # fmt: skip
        made = Comments(log.engine).begin(
            "shop", "step:pay", actor, f"words of {due}", 1
        )
        Tasks(log.engine).give("shop", made.thread, actor, person, due, 1)
    taker: Any = HTTPServer(("127.0.0.1", 0), Taker)
    taker.heard, taker.answers = [], [400, 200]
    hook = Hook(f"http://127.0.0.1:{taker.server_port}/", "s", allow_private=True, address="https://maps.example.org")  # fmt: skip
    now = [1_750_000_000_000_000]  # 2025-06-15

    def told(zone: tzinfo = UTC) -> int:
        return Reminders(log.engine, Sending(None, hook), lambda: now[0], lambda *_, **__: None, zone=zone).tell_due()  # fmt: skip

    with serving(taker):
        assert [told() for _ in range(3)] == [0, 1, 0]  # nobody took the first
        Tasks(log.engine).give("shop", made.thread, actor, "", "2025-06-14", 2)
        assert [told() for _ in range(2)] == [1, 0]
        now[0] = 1_750_024_800_000_000  # 22:00 of the same day in UTC
        assert [told(), told(ZoneInfo("Europe/Berlin"))] == [0, 1]  # midnight there
        now[0] += 86_400_000_000
    heard = [json.loads(one[2]) for one in taker.heard]
    told_of = [[(task["due"], task["is_overdue"]) for task in one["tasks"]] for one in heard]  # fmt: skip
    assert told_of == [
        [("2025-01-31", True), ("2025-06-15", False)],
        [("2025-01-31", True), ("2025-06-15", False)],
        [("2025-06-14", True)],
        [("2025-06-16", False)],
    ]
    assert heard[0]["address"] == "https://maps.example.org/#/maps/shop/discussion"
    letter = TaskLetter(tuple(due_tasks(log.engine, day_of(now[0]))), "", "de")
    assert letter.subject == f"{' '.join(HOSTILE.split())}: fällige Aufgaben (4)"
    lines = letter.text.splitlines()
    assert lines[2].endswith(": noch niemand, fällig am 31.01.2025")
    assert lines[4].endswith(f": {' '.join(HOSTILE.split())}, fällig am 15.06.2025")
    assert "<script" not in letter.html
    log.close()


def test_days_begin_at_midnight_in_the_zone_of_the_project(tmp_path: Path) -> None:
    def day(at: str, zone: str) -> str:
        (tmp_path / "desirepath.toml").write_text(f'[web]\nzone = "{zone}"\n')
        us = int(datetime.fromisoformat(at).timestamp()) * 1_000_000
        return day_of(us, zone_of(tmp_path)).isoformat()

    # the clocks went forward on March 30, and back on October 26
    for at, here in (
        ("2025-03-29T22:59:59+00:00", "2025-03-29"),
        ("2025-03-29T23:00:00+00:00", "2025-03-30"),
        ("2025-03-30T21:59:59+00:00", "2025-03-30"),
        ("2025-03-30T22:00:00+00:00", "2025-03-31"),
        ("2025-10-25T22:00:00+00:00", "2025-10-26"),
        ("2025-10-26T22:59:59+00:00", "2025-10-26"),
        ("2025-10-26T23:00:00+00:00", "2025-10-27"),
    ):
        assert day(at, "Europe/Berlin") == here
    assert day("2025-01-01T07:59:59+00:00", "America/Los_Angeles") == "2024-12-31"
    for wrong in ("Europe/Nowhere", "../etc", ""):
        with pytest.raises(WebError, match="E769"):
            day("2025-01-01T00:00:00+00:00", wrong)
    (tmp_path / "desirepath.toml").unlink()
    assert (zone_of(tmp_path), zone_of(None)) == (UTC, UTC)


def test_a_runner_looks_for_what_is_due_where_somebody_is_to_be_told(
    tmp_path: Path,
) -> None:
    log = EditLog.in_file(tmp_path / "boards.db")
    hook = '[web.webhook]\nurl = "https://hooks.example.org/x"\nsecret_variable = "S"\n'
    for text, count in (("", 0), (f'[web]\nzone = "Europe/Berlin"\n{hook}', 1)):
        (tmp_path / "desirepath.toml").write_text(text)
        runner = Runner(log, tmp_path, lambda: 1, environment={"S": "x"})
        kept = runner.each_look
        remind(runner)
        assert (runner.each_look is not kept) == bool(count)
    log.close()
