"""Small secrets that must be read back are kept sealed: a copy of the database alone opens none of them.

The key comes from FIRSTCALL_SECRET_KEY (HKDF, RFC 5869); another key opens nothing, and then recovery codes help.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Sealer:
    """Seals text for one purpose: what was sealed for another one does not open."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=f"firstcall {purpose}".encode()).derive(secret_key.encode())
        self._box = Fernet(urlsafe_b64encode(derived))

    def seal(self, text: str) -> str:
        """Encrypted and signed, in letters that a form or a table takes."""
        return self._box.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text again; None for what was not sealed with this key and purpose."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):
            return None
