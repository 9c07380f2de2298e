"""What nobody here can open: an encrypted mail, or one in a form that only its own program reads (winmail.dat).

And the armour that PGP puts round words: what is only signed stays to be read, what is encrypted says nothing.
"""

from __future__ import annotations

import re
from typing import Final

from messaging.incoming_mail.headers import Mime

_TYPES: Final = frozenset(
    ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/ms-tnef", "application/vnd.ms-tnef")
)
_NAMES: Final = re.compile(r"(?:winmail\.dat|.*\.(?:p7m|pgp|gpg|asc))$", re.IGNORECASE)
CONTROL: Final = "application/pgp-encrypted"
"""Says that the part beside it is encrypted, and nothing else."""
_ENCRYPTED: Final = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)
_SIGNED_FROM: Final = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+: .*\n)*")
_SIGNATURE: Final = re.compile(r"-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)", re.DOTALL)


def is_locked(part: Mime) -> bool:
    """Whether this part holds words, or files, that nobody here can get out of it."""
    return part.get_content_type() in _TYPES or (
        part.get_content_maintype() == "application" and _NAMES.match(str(part.get_filename() or "")) is not None
    )


def holds_locked(message: Mime) -> bool:
    """Whether any part of the mail is one."""
    return any(is_locked(part) for part in message.walk())


def without_armour(text: str) -> tuple[str, bool]:
    """(the words that can be read, whether others stand there encrypted)."""
    if "-----BEGIN PGP" not in text:
        return text, False
    readable = _SIGNATURE.sub("", _SIGNED_FROM.sub("", _ENCRYPTED.sub("", text)))
    return readable, _ENCRYPTED.search(text) is not None
