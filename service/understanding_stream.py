"""`firstcall understand`: messages in, readings out, one JSON object a line, each answered before the next is read.

The shapes are those of the corpus contract. A line may hold the message itself, or hold it under `in` as labelled
corpora do. Nothing is stored and nothing is sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from attendance.calendar import CalendarFault, SchoolCalendar
from attendance.paths import read_data
from bot.understanding import Message, Understanding, understand
from bot.understanding.saying import in_plain_words
from service.faults import UserFault

USUAL_CALENDAR = "calendars/blue-coat.json"


class LineFault(ValueError):
    """A line that is no message of the contract; the text says what is wrong with it."""


def read_calendar(path: Path | None) -> SchoolCalendar:
    """The calendar to read dates by; without a file that of the demo school. Raises UserFault."""
    if path is None:
        return SchoolCalendar.from_json(read_data(USUAL_CALENDAR))
    try:
        return SchoolCalendar.from_json(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserFault(f"{path}: cannot be read ({error.strerror}); give the path of a calendar file") from error
    except UnicodeDecodeError as error:
        raise UserFault(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except CalendarFault as error:
        raise UserFault(f"{path}: {error}") from error


def run(source: Iterable[bytes], out: BinaryIO, problems: TextIO, calendar: SchoolCalendar, explain: bool) -> int:
    """Answer every line. Returns the exit status: 2 when a line could not be read, each of them named in `problems`."""
    bad = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            name, message = parse(line)
        except LineFault as fault:
            bad += 1
            print(f"line {number}: {fault}", file=problems, flush=True)
            continue
        understood = understand(message, calendar, explain=explain)
        answer: dict[str, Any] = {"id": name, **understood.to_json()}
        if explain:
            answer["trace"] = [
                {"layer": seen.layer, "span": list(seen.span), "what": seen.what, "certainty": seen.certainty}
                for seen in understood.trace
            ]
            print(explained(name, message, understood), file=problems, flush=True)
        out.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        out.flush()
    return 2 if bad else 0


def parse(line: bytes) -> tuple[Any, Message]:
    """The line's id and its message. Raises LineFault."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineFault("is not UTF-8 text; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        where = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise LineFault(f"is not JSON{where}; each line must hold one JSON object") from error
    if not isinstance(data, dict):
        raise LineFault("is not a JSON object; write {…} with sent_at, children and text")
    body = data["in"] if isinstance(data.get("in"), dict) else data
    try:
        return data.get("id"), Message.from_json(body)
    except KeyError as error:
        raise LineFault(f"has no {error}; a message needs sent_at, children and text") from error
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise LineFault(f"does not fit the contract ({type(error).__name__}: {error}); correct that field") from error


def explained(name: object, message: Message, understood: Understanding) -> str:
    """What was understood in a few sentences, then what each layer saw: the words, what for, how sure it is."""
    lines = [f"{name}: {understood.intent}{_flags(understood)}", f"  {in_plain_words(message, understood)}"]
    for seen in understood.trace:
        start, end = seen.span
        words = " ".join(message.text[start:end].split())
        lines.append(f"  {seen.layer:<10} {seen.certainty:4.2f}  {seen.what}" + (f"  “{words}”" if words else ""))
    return "\n".join(lines)


def _flags(understood: Understanding) -> str:
    said = [name for name in ("urgent", "safeguarding", "sender_doubt") if getattr(understood, name)]
    if understood.ask:
        said.append(f"asks: {', '.join(understood.ask)}")
    return f" ({'; '.join(said)})" if said else ""
