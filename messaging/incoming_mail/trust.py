"""Whether the address in From is the writer's own, as far as the receiving mail server has checked (RFC 8601).

Anybody can write any From. The server that took the mail in says what SPF, DKIM and DMARC showed, in a header that
anybody can write too. So only the topmost such header of the server whose name is configured is believed: servers
put their own on top, and a sound one removes those that pretend to be its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from messaging.incoming_mail.headers import Mime, every

MICROSOFT_365: Final = "microsoft-365"
"""What stands for the server's name where the mailbox is at Microsoft 365."""
UNCHECKED: Final = "The mail server did not say whether the address is the sender's own; it may be forged."
FAILED: Final = "The address failed the mail server's check, so somebody else may have written this."
NO_SENDER: Final = "The mail names no sender, or several."

_METHOD: Final = re.compile(r"\s*([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"([a-z]+)\s*\.\s*([a-z0-9-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)

Result = tuple[str, str, Mapping[str, str]]
"""Method, result and properties ("header.from": …), all in small letters."""


def doubt(message: Mime, sender: str, authserv_id: str) -> str:
    """Why the sender is not believed, in words for staff; "" when the receiving server vouches for the address.

    DMARC decides where it decided; without it, a signature (DKIM) or an envelope (SPF) of the address's own domain.
    """
    if not sender:
        return NO_SENDER
    domain = sender.rpartition("@")[2]
    results = _of_our_server(message, authserv_id)
    dmarc = [one for one in results if one[0] == "dmarc"]
    if any(result == "fail" for _, result, _ in dmarc):
        return FAILED
    for _, result, properties in dmarc:
        if result == "pass" and properties.get("header.from", domain) == domain:
            return ""
    if any(_vouches(one, domain) for one in results):
        return ""
    return FAILED if any(result == "fail" for _, result, _ in results) else UNCHECKED


def _vouches(result: Result, domain: str) -> bool:
    method, said, properties = result
    if said != "pass":
        return False
    if method == "dkim":
        return any(_is_of(properties.get(name, ""), domain) for name in ("header.d", "header.i"))
    return method == "spf" and _is_of(properties.get("smtp.mailfrom", ""), domain)


def _is_of(value: str, domain: str) -> bool:
    """The same domain, or the one above it (parent.example signs for mail.parent.example)."""
    found = value.rpartition("@")[2]
    return bool(found) and (found == domain or ("." in found and domain.endswith(f".{found}")))


def _of_our_server(message: Mime, authserv_id: str) -> list[Result]:
    wanted = authserv_id.casefold()
    if wanted == MICROSOFT_365:
        return _of_microsoft(message)
    for header in every(message, "Authentication-Results"):
        parts = _parts(header.casefold())
        named = parts[0].split()[:1]
        if wanted and named == [wanted]:
            return [result for part in parts[1:] if (result := _result(part)) is not None]
    return []


def _of_microsoft(message: Mime) -> list[Result]:
    """Microsoft 365 leaves its name out and puts its header above any that came along; `compauth` is its own method.

    A topmost header that names a server, or has no `compauth`, is not Microsoft's. Where its own verdict is a fail,
    nothing in the header vouches for anybody. Source: learn.microsoft.com "Anti-spam message headers in Microsoft 365".
    """
    header = next(iter(every(message, "Authentication-Results")), "")
    results = [_result(part) for part in _parts(header.casefold()) if part.strip()]
    found = [one for one in results if one is not None]
    own = {result for method, result, _ in found if method == "compauth"}
    if len(found) != len(results) or not own:
        return []
    return [("compauth", "fail", {})] if "fail" in own else found


def _result(part: str) -> Result | None:
    found = _METHOD.match(part)
    if found is None:
        return None
    properties = {f"{a}.{b}": value for a, b, value in _PROPERTY.findall(part[found.end() :])}
    return found.group(1), found.group(2), properties


def _parts(header: str) -> list[str]:
    """Split at semicolons; comments go, and what stands in quotes becomes one harmless letter.

    A sender chooses the name in the envelope, quotes, semicolons and all: none of it may read as a result.
    """
    parts, depth, quoted, skip = [""], 0, False, False
    for character in header:
        if skip:
            skip = False
        elif character == "\\" and (quoted or depth):
            skip = True
        elif quoted:
            quoted = character != '"'
        elif character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif depth:
            continue
        elif character == '"':
            quoted = True
            parts[-1] += "q"
        elif character == ";":
            parts.append("")
        else:
            parts[-1] += character
    return parts
