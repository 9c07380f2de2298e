"""Files that came with the messages of a child's story, and who may open them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from office.board.snapshot import said
from office.child.moments import Moment, Reads
from storage.journal import Line


def may_open(lines: Sequence[Line], pupil: str, message: str, number: int, reads: Reads) -> bool:
    """Whether the file belongs to a message of this child's story that whoever asks may read."""
    fetched = any(line.data.get("message") == message and line.data.get("number") == number for line in _fetched(lines))
    return any(
        words.id == message
        and words.is_about(pupil)
        and reads(words)
        and (fetched or number in [one[0] for one in words.files])
        for line in lines
        if line.kind == "received"
        for words in [said(line)]
    )


def _fetched(lines: Sequence[Line]) -> list[Line]:
    """What was said of files of texts and chats, which come after their message."""
    return [line for line in lines if line.kind == "file"]


def files_of(lines: Sequence[Line], first: datetime, pupil: str, reads: Reads) -> list[Moment]:
    """Photographs that came with a text or a chat message, as they were fetched, or why one is not kept."""
    heard = {words.id: words for line in lines if line.kind == "received" for words in [said(line)]}
    found = []
    for line in _fetched(lines):
        data, words = line.data, heard.get(str(line.data.get("message")))
        if line.at < first or words is None or not words.is_about(pupil) or not reads(words):
            continue
        if why := data.get("why"):
            found.append(Moment(line.at, "in", "A photo or file that came with a message was not kept", note=f"{why}."))
            continue
        file = (int(data["number"]), str(data["name"]), int(data["size"]))
        found.append(Moment(line.at, "in", "A file that came with a message", message=words.id, files=(file,)))
    return found
