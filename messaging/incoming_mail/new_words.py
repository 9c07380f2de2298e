"""What is new in a mail: without the mail that it answers, without signature and small print.

Line by line and in one pass, so that no text is slow. When in doubt a line stays: a signature that is read as words
costs a question, words that are cut as a signature may be the ones that mattered. `mail-parser-reply` was tried and
left out: it takes minutes for 50,000 empty lines, and drops lines that begin with a hyphen.
"""

from __future__ import annotations

import re
from typing import Final

from messaging.incoming_mail.body import CUT_HERE

LONGEST: Final = 20_000

_WROTE: Final = re.compile(
    r"""^(?:on|am|le|el|il|em|op|den|dnia|w\ dniu|dne|în|a)\b.{4,300}
    (?:wrote|schrieb|a\ [eé]crit|escribi[oó]|ha\ scritto|escreveu|schreef|skrev|napisa[lł]\(?a?\)?|napsal\(?a?\)?
    |a\ scris|pisze)
    \s?:?$
    | ^(?:am|el|il|dnia|w\ dniu|dne)\b.{4,200}
    (?:schrieb|escribi[oó]|ha\ scritto|napisa[lł]\(?a?\)?|pisze)\s.{1,100}:$""",
    re.IGNORECASE | re.VERBOSE,
)
_WROTE_LATER: Final = re.compile(
    r"^.{0,200}(?:@|\d{1,2}:\d\d).{0,200}(?:wrote|schrieb|napisa[lł]\(?a?\)?)\s?:$", re.IGNORECASE
)
_STARTS_WROTE: Final = re.compile(r"^(?:on|am|le|el|il|em|op|den|dnia|w dniu)\b.*\d.*", re.IGNORECASE)
_ORIGINAL: Final = re.compile(
    r"^[-_* ]{2,}\s*(?:original message|original appointment|forwarded message|urspr[uü]ngliche nachricht"
    r"|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht"
    r"|(?:oryginalna|pierwotna) wiadomo[sś][cć]|weitergeleitete nachricht)\b",
    re.IGNORECASE,
)
_BEGINS_FORWARDED: Final = re.compile(r"^begin forwarded message\s?:?$", re.IGNORECASE)
ATTRIBUTION: Final = re.compile(
    r"^(?:on|am|le|el|il|em|op|den|dnia|w\ dniu|dne|în|a)\b.{4,200}<[^<>\s]{1,250}@[^<>\s]{1,250}>\s?"
    r"(?:wrote|schrieb|a [eé]crit|escribi[oó]|ha scritto|escreveu|schreef|skrev|napisa[lł]\(?a?\)?|a scris|pisze)\s?:",
    re.IGNORECASE,
)
"""Its own line, or, in Yahoo's and AOL's programs, at the beginning of the line with the quoted words."""
RULER: Final = re.compile(r"^[_=*~-]{5,}$")
_FROM: Final = re.compile(r"^\*?(?:from|von|de|da|van|od|fra|från|von)\s?:\*?\s?\S", re.IGNORECASE)
_FIELD: Final = re.compile(
    r"^\*?(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|envoy[eé]|date|[aà]|objet|enviado|para|asunto|inviato"
    r"|oggetto|verzonden|aan|onderwerp|wys[lł]ano|data|do|temat|skickat|till|ämne)\s?:",
    re.IGNORECASE,
)
SENT_FROM: Final = re.compile(
    r"^(?:sent (?:from|via|using) (?:my |the |an? )?(?:iphone|ipad|android|samsung|galaxy|huawei|mobile|phone|outlook"
    r"|yahoo|aol|hotmail|windows|vodafone|gmail"
    r"|mail for|proton|blackberry|nokia|xiaomi|bt email|sky|tablet).{0,60}|get outlook for \w+.{0,40}"
    r"|yahoo mail: .{0,60}"
    r"|von meinem .{2,40} gesendet\.?|envoy[eé] de mon \w+.{0,30}|enviado desde mi \w+.{0,30}"
    r"|inviato da(?:l mio)? \w+.{0,30}|wys[lł]ane z .{2,40})$",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^(?:(?:with )?(?:kind|kindest|best|warm|warmest|many)?\s*(?:regards|wishes)|regards"
    r"|yours (?:sincerely|faithfully)|sincerely|cheers|(?:many |with )?thanks(?: (?:and|&) (?:kind )?regards)?"
    r"|thank you|thx|ta|kr|br"
    r"|mit freundlichen gr[uü](?:ss|ß)en|cordialement|pozdrawiam|saludos|cordiali saluti)\s*[,.!]*$",
    re.IGNORECASE,
)
_SMALL_PRINT: Final = re.compile(
    r"^[*\s]*(?:disclaimer|confidentiality notice|this (?:e-?mail|message|communication)"
    r"[^.]{0,120}(?:confidential|privileged|intended (?:only|solely))|if you are not the intended recipient"
    r"|please consider the environment before printing)",
    re.IGNORECASE,
)
_LINES_OF_A_SIGNATURE: Final = 8
_WORDS_OF_A_SIGNATURE: Final = 6


def split_new(text: str) -> tuple[str, str]:
    """(what the writer wrote now, everything that was left out)."""
    lines = [line.rstrip() for line in text.split("\n")]
    kept, below = _without_quotes(lines)
    kept = [line for line in kept if not RULER.match(line.strip())]
    signed = _signature_begins(kept)
    return _tidy(kept[:signed]), _tidy([*kept[signed:], *below])


def _without_quotes(lines: list[str]) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    left_out: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        if line.startswith((">", "|>")):
            left_out.append(line)
        elif attribution := _attribution(lines, number):
            quoted = _is_quoted_below(lines, number + attribution)
            if not quoted and any(one.strip() for one in kept):
                return kept, [*left_out, *lines[number:]]
            if not quoted:  # nothing is quoted and nothing stands above: these are the writer's own words
                kept += lines[number : number + attribution]
                number += attribution
                continue
            left_out += lines[number : number + attribution]
            number += attribution - 1
        elif _ends_here(lines, number):
            return kept, [*left_out, *lines[number:]]
        else:
            kept.append(lines[number])
        number += 1
    return kept, left_out


def _attribution(lines: list[str], number: int) -> int:
    """How many lines "On … wrote:" takes here: 1, 2 or 3 where a program broke it, 0 for none."""
    line = lines[number].strip()
    if _WROTE.match(line) or _WROTE_LATER.match(line):
        return 1 if re.search(r"\d", line) else 0
    if not _STARTS_WROTE.match(line) or len(line) > 300:
        return 0
    for more in (2, 3):
        joined = " ".join(part.strip() for part in lines[number : number + more])
        if len(joined) <= 400 and joined.endswith(":") and _WROTE.match(joined):
            return more
    return 0


def _is_quoted_below(lines: list[str], start: int) -> bool:
    """Whether the next line with words is marked as quoted: then what stands unmarked further down is new."""
    return next((line.strip().startswith(">") for line in lines[start : start + 5] if line.strip()), False)


def _ends_here(lines: list[str], number: int) -> bool:
    line = lines[number].strip()
    if line == CUT_HERE or _ORIGINAL.match(line) or _BEGINS_FORWARDED.match(line) or ATTRIBUTION.match(line):
        return True
    if not _FROM.match(line):
        return False
    following = [one.strip() for one in lines[number + 1 : number + 7] if one.strip()][:4]
    return sum(bool(_FIELD.match(one)) for one in following) >= 2


def _signature_begins(lines: list[str]) -> int:
    """The line with which the signature or the small print begins; beyond the end where there is none."""
    words = [line.strip() for line in lines]
    begins = next((n for n, line in enumerate(words) if n and _SMALL_PRINT.match(line)), len(lines))
    written = [n for n in range(begins) if words[n]]
    for n in written[-2 * _LINES_OF_A_SIGNATURE - 1 :]:
        rest = [words[later] for later in written if later > n]
        if words[n] == "--" or (SENT_FROM.match(words[n]) and not rest):
            return n
        if n and _CLOSING.match(words[n]) and _is_signature(rest):
            return n
    return begins


def _is_signature(rest: list[str]) -> bool:
    """A name, a post, numbers: few short lines, and no sentence in them."""
    lines = [one for one in rest if not SENT_FROM.match(one)]
    return len(lines) <= _LINES_OF_A_SIGNATURE and not any(
        len(one.split()) > _WORDS_OF_A_SIGNATURE or re.match(r"p\.?\s?s\b", one, re.IGNORECASE) for one in lines
    )


def _tidy(lines: list[str]) -> str:
    text = "\n".join(" ".join(line.split()) for line in lines if line.strip() != CUT_HERE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:LONGEST]
