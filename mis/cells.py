"""One cell to one value: yes and no, dates, half days, year groups, order of contact, e-mail. Raises CellFault."""

from __future__ import annotations

import re
from datetime import date, datetime

from attendance.calendar import Half
from mis.columns import meaning, plain
from mis.faults import CellFault

_YES = frozenset({"t", "true", "y", "yes", "1", "x", "on", "✓", "✔"})
_NO = frozenset({"f", "false", "n", "no", "0", "off", "none", "✗"})
_NURSERY = frozenset({"nursery", "n", "n1", "n2", "f1", "foundation 1", "preschool", "pre school"})
_RECEPTION = frozenset({"reception", "r", "rec", "f2", "fs2", "foundation 2", "eyfs", "foundation"})
_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")
_HALVES: dict[str, Half] = {
    "am": "am", "a": "am", "a m": "am", "morning": "am", "am session": "am", "session am": "am", "session 1": "am",
    "pm": "pm", "p": "pm", "p m": "pm", "afternoon": "pm", "pm session": "pm", "session pm": "pm", "session 2": "pm",
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s,;<>()\[\]]+@[^@\s,;<>()\[\]]+\.[^@\s,;<>()\[\].]{2,}")
LAST_YEAR = 14


def truth(cell: str) -> bool:
    """T/F, Y/N, yes/no, true/false, 1/0, x."""
    word = cell.casefold().strip(" .")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellFault(f"`{shown(cell)}` is neither yes nor no", "write Y or N")


def order(cell: str) -> int:
    """A contact's place as the MIS counts it: a whole number from 0, also `1.0`, `1st` or `Priority 1`."""
    found = re.fullmatch(r"(?:priority|contact|no\.?|#)?\s*(\d{1,3})(?:\.0+)?(?:st|nd|rd|th)?", cell.casefold().strip())
    if found is None:
        raise CellFault(
            f"`{shown(cell)}` is no place in an order", "write 1 for who is rung first, then 2, 3 …, or leave it empty"
        )
    return int(found[1])


def year(cell: str) -> int:
    """A year group: -1 nursery, 0 Reception, 1 to 14; from `Year 4`, `Y4`, `Yr 10`, `4`, `R`, `Nursery`."""
    word = plain(cell)
    bare = word.removeprefix("year ").removeprefix("yr ")
    if bare in _NURSERY:
        return -1
    if bare in _RECEPTION:
        return 0
    found = re.fullmatch(r"(?:curriculum |nc )?(?:year|yr|y)? ?0*(\d{1,2})(?: 0)?", word)
    if found is None or int(found[1]) > LAST_YEAR:
        raise CellFault(
            f"`{shown(cell)}` is no year group", f"write Nursery, Reception, or a number from 1 to {LAST_YEAR}"
        )
    return int(found[1])


def year_of_group(group: str) -> int | None:
    """The year that a registration group's name begins with (`4K`, `10-Maple`, `Year 3 Oak`, `RK`), or None."""
    name = group.strip()
    if found := re.match(r"(?:year|yr|y)?\s*(\d{1,2})(?!\d)", name, re.IGNORECASE):
        return int(found[1]) if int(found[1]) <= LAST_YEAR else None
    if re.match(r"(reception|nursery)\b", name, re.IGNORECASE):
        return 0 if name.casefold().startswith("r") else -1
    return 0 if re.fullmatch(r"R[A-Z]{1,2}|R", name) else None


def day(cell: str) -> date:
    """A date, day before month: dd/mm/yyyy, or ISO yyyy-mm-dd; a time of day behind it is left out."""
    words = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AaPp][Mm])?$", "", cell.strip())
    try:
        return date.fromisoformat(words) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words) else _british(words)
    except ValueError:
        if re.fullmatch(r"[34]\d{4}(\.\d+)?", words):
            raise CellFault(
                f"`{words}` is Excel's number for a date", "format the column as a date (dd/mm/yyyy) and export again"
            ) from None
        raise CellFault(f"`{shown(cell)}` is no date", "write it as dd/mm/yyyy or yyyy-mm-dd") from None


def _british(words: str) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 -- a school date has no zone
        except ValueError:
            continue
    raise ValueError(words)


def half(cell: str) -> Half:
    """AM or PM, also morning and afternoon."""
    found = _HALVES.get(plain(cell))
    if found is None:
        raise CellFault(f"`{shown(cell)}` is neither AM nor PM", "write AM or PM")
    return found


def minutes(cell: str) -> int:
    """Minutes late, 0 to 600, also `12 mins`."""
    found = re.fullmatch(r"(\d{1,3})(?:\.0+)?\s*(?:m|min|mins|minutes?)?", cell.casefold().strip())
    if found is None or int(found[1]) > 600:
        raise CellFault(f"`{shown(cell)}` is no number of minutes", "write a whole number, or leave it empty")
    return int(found[1])


def email(cell: str) -> str:
    """One e-mail address; the first where a cell holds several. Not lower-cased: the part before @ may matter."""
    first = re.split(r"[;,\s]+", cell.strip(" <>;,").removeprefix("mailto:"))[0]
    if not _EMAIL.fullmatch(first):
        raise CellFault(f"`{shown(cell)}` is no e-mail address", "correct it, or empty the cell")
    return first


def relation(cell: str) -> str:
    """What a contact is, in our word (mother, father, …); an unknown word stays as it is, in small letters."""
    word = plain(cell)
    return meaning("relations").get(word, word.replace(" ", "_"))


def language(cell: str) -> str:
    """A language's ISO 639-1 code, from the code or its English name."""
    word = plain(cell)
    found = meaning("languages").get(word)
    if found is None:
        raise CellFault(
            f"the language `{shown(cell)}` is not known", "write its two-letter code, such as pl, or empty the cell"
        )
    return found


def shown(cell: str) -> str:
    """The cell as a message shows it: not longer than a line can bear."""
    return cell if len(cell) <= 40 else f"{cell[:40]}…"
