"""An IMAP server for tests, in the test's own loop: one mailbox that is filled by hand, and that misbehaves on demand.

    async with FakeImap() as imap:      # imap.url; imap.put(raw) as if a mail had arrived

It knows what a polled mailbox needs (RFC 3501): LOGIN, SELECT, EXAMINE, STATUS, UID SEARCH by UID and SINCE, UID FETCH,
UID STORE. As real servers do, a search for `UID 8:*` answers with the last mail even when that is number 3. Faults:

    refuse_login, silent (seconds before each answer), cut_at ("fetch", "store": hang up in the middle),
    unreadable (UIDs that it says NO to), garbled (UIDs of which a fetch fails with BAD)
"""

from __future__ import annotations

import asyncio
import base64
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


@dataclass
class Kept:
    """One mail of the mailbox."""

    uid: int
    raw: bytes
    arrived: datetime
    flags: set[str] = field(default_factory=set)

    @property
    def stamp(self) -> str:
        """As INTERNALDATE has it."""
        at = self.arrived.astimezone(UTC)
        return f"{at.day:>2}-{MONTHS[at.month - 1]}-{at.year} {at:%H:%M:%S} +0000"


class FakeImap:
    """One server with one user and one folder."""

    def __init__(self, user: str = "absence@school.example", password: str = "secret word") -> None:
        self.user, self.password, self.folder = user, password, "INBOX"
        self.mails: list[Kept] = []
        self.uidvalidity, self.next_uid = 1700000000, 1
        self.refuse_login = False
        self.bearer = ""
        """The access token that XOAUTH2 takes; without one this server knows passwords only."""
        self.silent = 0.0
        self.cut_at: str | None = None
        self.unreadable: set[int] = set()
        self.garbled: set[int] = set()
        self.commands: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        """IMAP_URL for it."""
        return f"imap://{quote(self.user, safe='')}:{quote(self.password, safe='')}@127.0.0.1:{self.port}/INBOX"

    def put(self, raw: bytes | str, arrived: datetime = NOON) -> int:
        """A mail arrives. Returns its UID."""
        data = raw.encode() if isinstance(raw, str) else raw
        self.mails.append(Kept(self.next_uid, re.sub(rb"\r?\n", b"\r\n", data), arrived))
        self.next_uid += 1
        return self.next_uid - 1

    def made_anew(self) -> None:
        """The mailbox is restored from a backup: every mail has another number."""
        self.uidvalidity += 1
        self.next_uid += 100
        for mail in self.mails:
            mail.uid, self.next_uid = self.next_uid, self.next_uid + 1

    def seen(self) -> list[int]:
        """UIDs that are marked as read."""
        return [mail.uid for mail in self.mails if "\\Seen" in mail.flags]

    async def __aenter__(self) -> FakeImap:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            writer.write(b"* OK ready\r\n")
            while line := await reader.readline():
                tag, _, command = line.decode("utf-8", "replace").strip().partition(" ")
                if "AUTHENTICATE XOAUTH2" in command:
                    writer.write(b"+ \r\n")
                    said = base64.b64decode((await reader.readline()).strip()).decode()
                    self.commands.append("AUTHENTICATE")
                    good = bool(self.bearer) and said == f"user={self.user}\1auth=Bearer {self.bearer}\1\1"
                    writer.write(f"{tag} {'OK in' if good else 'NO [AUTHENTICATIONFAILED] wrong'}\r\n".encode())
                    continue
                self.commands.append(command.split(" ")[0].upper() if "LOGIN" in command.upper() else command)
                await asyncio.sleep(self.silent)
                if not await self._answer(writer, tag, command):
                    break
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _answer(self, writer: asyncio.StreamWriter, tag: str, command: str) -> bool:
        word = command.upper()
        if self.cut_at and f"UID {self.cut_at.upper()}" in word and "INTERNALDATE" not in word:
            writer.write(b"* 1 FETCH (UID 1 BODY[] {1000}\r\nFrom: half a mail")
            await writer.drain()
            writer.transport.abort()
            return False
        if word.startswith("LOGOUT"):
            writer.write(f"* BYE\r\n{tag} OK bye\r\n".encode())
            return False
        writer.write(self._said(tag, command))
        return True

    def _said(self, tag: str, command: str) -> bytes:
        word = command.upper()
        if word.startswith("CAPABILITY"):
            return f"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n".encode()
        if word.startswith("LOGIN"):
            good = not self.refuse_login and self.user in command and self.password in command
            return f"{tag} {'OK in' if good else 'NO [AUTHENTICATIONFAILED] wrong'}\r\n".encode()
        if word.startswith(("SELECT", "EXAMINE")):
            if f"{self.folder}" not in command:
                return f"{tag} NO no such folder\r\n".encode()
            return f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}]\r\n{tag} OK in\r\n".encode()
        if word.startswith("STATUS"):
            status = f"UIDVALIDITY {self.uidvalidity} UIDNEXT {self.next_uid}"
            return f'* STATUS "{self.folder}" ({status})\r\n{tag} OK done\r\n'.encode()
        if word.startswith("UID SEARCH"):
            found = " ".join(str(uid) for uid in self._search(command))
            return f"* SEARCH{' ' + found if found else ''}\r\n{tag} OK done\r\n".encode()
        if word.startswith("UID FETCH"):
            return self._fetched(tag, command)
        if word.startswith("UID STORE"):
            for uid in re.findall(r"\d+", command.split("+", maxsplit=1)[0]):
                for mail in self.mails:
                    if mail.uid == int(uid):
                        mail.flags.add("\\Seen")
            return f"{tag} OK done\r\n".encode()
        if word.startswith("EXPUNGE"):
            self.mails = [mail for mail in self.mails if "\\Deleted" not in mail.flags]
        return f"{tag} OK done\r\n".encode()

    def _search(self, command: str) -> list[int]:
        if found := re.search(r"UID (\d+):\*", command.split("SEARCH")[1]):
            after = [mail.uid for mail in self.mails if mail.uid >= int(found.group(1))]
            return after or [mail.uid for mail in self.mails[-1:]]
        since = re.search(r"SINCE (\d+)-(\w+)-(\d+)", command)
        assert since is not None, command
        day = datetime(int(since.group(3)), MONTHS.index(since.group(2)) + 1, int(since.group(1)), tzinfo=UTC)
        return [mail.uid for mail in self.mails if mail.arrived >= day]

    def _fetched(self, tag: str, command: str) -> bytes:
        uid = int(command.split()[2])
        mail = next((one for one in self.mails if one.uid == uid), None)
        if mail is None:
            return f"{tag} OK nothing\r\n".encode()
        if "INTERNALDATE" in command:
            about = f'UID {uid} INTERNALDATE "{mail.stamp}" RFC822.SIZE {len(mail.raw)}'
            return f"* {self.mails.index(mail) + 1} FETCH ({about})\r\n{tag} OK done\r\n".encode()
        if uid in self.unreadable or uid in self.garbled:
            return f"{tag} {'NO cannot' if uid in self.unreadable else 'BAD internal error'}\r\n".encode()
        part = re.search(r"<(\d+)\.(\d+)>", command)
        raw = mail.raw[int(part.group(1)) :][: int(part.group(2))] if part else mail.raw
        place = f"BODY[]<{part.group(1)}>" if part else "BODY[]"
        head = f"* {self.mails.index(mail) + 1} FETCH (UID {uid} {place} {{{len(raw)}}}\r\n".encode()
        return head + raw + f")\r\n{tag} OK done\r\n".encode()
