"""What Twilio posts to us: is it really from Twilio, and what does it say.

The order of a route is fixed: `form_pairs`, `verify`, `parse_*`, store, and only then answer. Nothing here raises for
a forged or odd request; `parse_*` raises Incomplete where a signed form lacks its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from twilio.request_validator import (  # type: ignore[import-untyped]  # twilio has no type information
    RequestValidator,
    get_signature_algorithm,
)

from messaging.channel import Receipt, Received
from messaging.opting_out import by_twilio
from messaging.receipts import status_of

Pairs = Sequence[tuple[str, str]]

SIGNATURE_HEADER: Final = "X-Twilio-Signature"
SETTINGS_HEADER: Final = "X-Twilio-Webhooks-Signature-Settings"
EMPTY_REPLY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""The answer to an inbound message: at once, and without words. What we say leaves by the outbox."""

_MOST_FIELDS: Final = 1000


class Incomplete(ValueError):
    """A signed form without the field that names the message; answer 400, there is nothing to keep it under."""


class _Form(dict[str, list[str]]):
    """The pairs as the validator wants them: every value of a repeated name."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def form_pairs(body: bytes) -> list[tuple[str, str]]:
    """The pairs of a form body, in order, blank values and repeated names kept (both are signed).

    What is no form, or has more than 1000 fields, has no pairs, and will not verify.
    """
    try:
        return parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return []


def verify(
    public_url: str,
    path_and_query: str,
    pairs: Pairs,
    signature: str | None,
    tokens: Sequence[str | None],
    settings: str | None = None,
) -> bool:
    """Whether one of our tokens signed this request. Never raises; a missing signature or token is False.

    `public_url` is the configured address that Twilio was given (a proxy hides it from the request); `tokens` are the
    current and the previous one, for rotation, and empty ones never match. `settings` is the header of the same name
    that tells the algorithm; None means HMAC-SHA1.
    """
    url = public_url.rstrip("/") + path_and_query
    given = (signature or "").strip()
    try:
        algorithm = get_signature_algorithm(settings)
        form = _Form()
        for name, value in pairs:
            form.setdefault(name, []).append(value)
        return bool(given) and any(
            RequestValidator(token).validate(url, form, given, algorithm) for token in tokens if token
        )
    except (ValueError, TypeError):
        return False


def parse_sms(pairs: Pairs, *, advanced_opt_out: bool = False) -> Received:
    """A message that came in, with its whole form in `raw` (each name with the list of its values).

    `advanced_opt_out`: Twilio tells by OptOutType when it acted on a word. Without it, Twilio acts in silence on a
    bare default word (even "Cancel" or "End"), so such a text counts as STOP here. Raises Incomplete.
    """
    raw = keep(pairs)
    sender = first(raw, "From")
    text = first(raw, "Body")
    return Received(
        channel="whatsapp" if sender.startswith("whatsapp:") else "sms",
        provider_id=_named(raw, "MessageSid", "SmsMessageSid", "SmsSid"),
        our_address=first(raw, "To").removeprefix("whatsapp:"),
        their_address=sender.removeprefix("whatsapp:").removeprefix("rcs:"),
        text=text,
        sent_at=None,
        raw=raw,
        opt_out=by_twilio(first(raw, "OptOutType"), text, advanced=advanced_opt_out),
    )


def parse_status(query: str, pairs: Pairs) -> Receipt:
    """A receipt. `query` is the callback address's own, which carries our id as `m`. Raises Incomplete.

    Dedupe receipts on provider id **and** status: Twilio sends one for each state under the same id.
    """
    raw = keep(pairs)
    ours = dict(form_pairs(query.encode())).get("m") or None
    provider_status = first(raw, "MessageStatus") or first(raw, "SmsStatus")
    if not provider_status:
        raise Incomplete("The receipt has no MessageStatus.")
    sender = first(raw, "From")
    return Receipt(
        channel="whatsapp" if sender.startswith("whatsapp:") else "sms",
        message_id=ours,
        provider_id=_named(raw, "MessageSid", "SmsSid"),
        status=status_of(provider_status),
        error_code=first(raw, "ErrorCode") or None,
        provider_status=provider_status,
    )


def keep(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Every pair, as JSON can hold it. A NUL, which no database takes in text, becomes the replacement character."""
    raw: dict[str, list[str]] = {}
    for name, value in pairs:
        raw.setdefault(name.replace("\x00", "\ufffd"), []).append(value.replace("\x00", "\ufffd"))
    return raw


def first(raw: dict[str, list[str]], name: str) -> str:
    """The first value of a name, "" where there is none."""
    return raw.get(name, [""])[0]


def _named(raw: dict[str, list[str]], *names: str) -> str:
    for name in names:
        if value := first(raw, name):
            return value
    raise Incomplete(f"The form has no {names[0]}.")


def received_from_listing(
    sid: str, sender: str, to: str, text: str, sent_at: datetime | None, media: int = 0
) -> Received:
    """The same message as `parse_sms` gives, from what Twilio lists: taken in once, under the same provider id.

    A listing says how many files came with it (`media`), and not where they lie.
    """
    pairs = [("MessageSid", sid), ("From", sender), ("To", to), ("Body", text), ("Source", "listing")]
    pairs += [("NumMedia", str(media))] if media else []
    found = parse_sms(pairs)
    return Received(
        found.channel, found.provider_id, found.our_address, found.their_address, found.text, sent_at, found.raw,
        found.opt_out,
    )  # fmt: skip
