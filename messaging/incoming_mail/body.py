"""The words of a mail: the plain part, else the HTML one as text, in whatever charset it claims."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from messaging.incoming_mail.headers import Mime, decoded

MOST: Final = 100_000
"""Characters that are read; nobody writes so much to a school, and a program must not cost us minutes."""
CUT_HERE: Final = "\x02quoted\x02"
"""Stands in the text of an HTML mail where its program says that the quoted mail begins."""

_UNCLOSED: Final = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""What opens a tag that nothing closes: the parser would look for its end again and again."""
_BLOCKS: Final = frozenset(
    "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 hr blockquote section article pre address dt dd".split()
)
_UNSEEN: Final = frozenset("script style head title template noscript object".split())
_EMPTY: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_QUOTES: Final = re.compile(r"yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra")
_QUOTED, _UNQUOTED = "\x02>\x02", "\x02<\x02"
_QUOTE_IDS: Final = frozenset(("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container", "olk_src"))
_UNSEEN_STYLE: Final = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?:^|;)(?:font-size|max-height|opacity):0(?:px|pt|em|%)?(?:;|!|$)"
)
_SIGNATURES: Final = re.compile(r"gmail_signature|moz-signature|protonmail_signature_block")


def body_of(message: Mime) -> str:
    """The text, with `CUT_HERE` where HTML says that a quote begins; "" where there is none. Never raises."""
    plain = html = None
    for part in _shown(message):
        if part.get_content_subtype() == "plain" and plain is None:
            plain = _text(part)
        elif part.get_content_subtype() == "html" and html is None:
            html = _text(part)
    if plain is not None and plain.strip() and not _is_no_text(plain):
        return plain
    return as_text(html) if html is not None else (plain or "")


def _is_no_text(plain: str) -> bool:
    """Some programs write HTML into the plain part, or say there that one should look at the HTML."""
    start = plain.lstrip()[:200].casefold()
    return start.startswith(("<html", "<!doctype", "<div", "<p>")) or "does not support html" in start


def _shown(message: Mime) -> list[Mime]:
    """The text parts that a program shows, in order; not what is attached, nor what a mail inside the mail says."""
    found, waiting = [], [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "message" and part is not message:
            continue
        if part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, type(message))]
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            found.append(part)
    return found


def _text(part: Mime) -> str:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset()
    text = decoded(data[: 4 * MOST], charset)[:MOST] if isinstance(data, bytes) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    flowed = part.get_param("format", "")
    return _unflowed(text) if isinstance(flowed, str) and flowed.casefold() == "flowed" else text


def _unflowed(text: str) -> str:
    """Lines that a program broke (RFC 3676: a space at the end) as the writer wrote them."""
    lines: list[str] = []
    joins = False
    for line in text.split("\n"):
        if joins and not line.startswith(">") and line != "-- ":
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line.removeprefix(" "))
        joins = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


class _Text(HTMLParser):
    """What a reader of the page sees, without what it quotes and without its signature."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: (value or "").casefold() for name, value in attrs}
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if of.get("id", "") in _QUOTE_IDS and not self._hidden:
            self.pieces.append(f"\n{CUT_HERE}\n")
        if tag not in _EMPTY:
            hides, quotes = tag in _UNSEEN or _hides(of), _is_quote(tag, of)
            self._open.append((tag, hides, quotes))
            self._hidden += hides
            if quotes:
                self.pieces.append(f"\n{_QUOTED}\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if any(name == tag for name, _, _ in self._open[-200:]):
            while self._open:
                name, hides, quotes = self._open.pop()
                self._hidden -= hides
                if quotes:
                    self.pieces.append(f"\n{_UNQUOTED}\n")
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(re.sub(r"[ \t\r\n\xa0]+", " ", data))


def _is_quote(tag: str, of: dict[str, str]) -> bool:
    """Quoted lines are marked as in plain text, because answers stand between them too."""
    return tag == "blockquote" and (of.get("type") == "cite" or "gmail_quote" in of.get("class", ""))


def _hides(of: dict[str, str]) -> bool:
    named = of.get("class", "")
    unseen = "hidden" in of or _UNSEEN_STYLE.search(of.get("style", "").replace(" ", "")) is not None
    return unseen or bool(_SIGNATURES.search(named) or _QUOTES.search(named))


def _without_comments(html: str) -> str:
    kept, rest = [], html
    while True:
        before, opened, rest = rest.partition("<!--")
        kept.append(before)
        if not opened:
            return "".join(kept)
        _, closed, after = rest.partition("-->")
        if not closed:  # nothing closes it or any later one
            return "".join(kept) + rest.replace("<!--", "")
        rest = after


def as_text(html: str) -> str:
    """HTML as a reader sees it, quoted lines with > before them. Broken HTML gives what can be made of it."""
    reader = _Text()
    reader.feed(_UNCLOSED.sub("&lt;", _without_comments(html[:MOST])))
    reader.close()
    lines: list[str] = []
    depth = 0
    for line in "".join(reader.pieces).split("\n"):
        bare = " ".join(line.split())
        if bare in (_QUOTED, _UNQUOTED):
            depth = max(0, depth + (1 if bare == _QUOTED else -1))
        elif bare or (lines and lines[-1]):
            lines.append(f"> {bare}" if depth and bare else bare)
    return "\n".join(lines).strip()
