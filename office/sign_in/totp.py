"""Codes of an authenticator app, and the recovery codes for the day when the phone is lost.

Source: RFC 6238 (TOTP: HMAC-SHA-1, steps of 30 seconds, six digits, as every app does) and RFC 4226 section 5.3.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32decode, b32encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlencode

import segno

STEP = 30
"""Seconds for which a code is shown."""
DIGITS = 6
EITHER_SIDE = 1
"""Steps before and after the present one that count too: for a slow typist and a phone whose clock is off."""
SECRET_BYTES = 20
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper: i, l, o, 0, 1."""
_HALF = 5


def new_secret() -> str:
    """160 random bits in base32, as one types them into an app."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(now: datetime) -> int:
    """Which step a moment (aware) is in."""
    return int(now.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    """The six digits of one step."""
    mac = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, typed: str, now: datetime, after: int = 0) -> int | None:
    """The step whose code was typed: the present one or a neighbour of it, and later than `after`; else None."""
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    here = step_of(now)
    for step in range(here - EITHER_SIDE, here + EITHER_SIDE + 1):
        if step > after and hmac.compare_digest(code_at(secret, step), digits):
            return step
    return None


def address_of(secret: str, username: str, school: str) -> str:
    """What the picture says to an app: otpauth://totp/…"""
    issuer = f"Firstcall {school}"
    label = quote(f"{issuer}:{username}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def picture_of(address: str) -> str:
    """An address as a QR code: SVG without any style or script, for a page with a strict content policy."""
    code = segno.make_qr(address, error="m")
    return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of about 49 bits each, to be shown once."""
    return tuple(f"{_letters()}-{_letters()}" for _ in range(CODES))


def _letters() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_HALF))


def recovery_print(school: str, username: str, typed: str) -> str:
    """What is kept of a recovery code. The codes are random and long, so that a plain hash is enough."""
    bare = "".join(letter for letter in typed.casefold() if letter.isalnum())
    return sha256(f"recovery/{school}/{username}/{bare}".encode()).hexdigest()


def recovery_prints(school: str, username: str, codes: Sequence[str]) -> list[str]:
    """The prints of several."""
    return [recovery_print(school, username, code) for code in codes]


def is_recovery_code(typed: str) -> bool:
    """Whether something typed has the form of a recovery code, spaces and hyphens aside."""
    bare = "".join(letter for letter in typed.casefold() if not letter.isspace() and letter != "-")
    return len(bare) == 2 * _HALF and all(letter in _LETTERS for letter in bare)
