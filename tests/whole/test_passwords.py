"""What a password costs whoever guesses: the tests of the office pay less, so it is held here."""

from __future__ import annotations

from office.sign_in.proving import hash_password


def test_a_hash_is_as_slow_as_rfc_9106_recommends() -> None:
    kept = hash_password("four words in a row")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$"), "RFC 9106, 4: at least 64 MiB, three passes, four lanes"
