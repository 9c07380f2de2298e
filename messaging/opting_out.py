"""The bare words by which somebody stops our messages or opens them again, and what each channel does about them."""

from __future__ import annotations

from typing import Final

from messaging.channel import OptOut

_TOLD: Final[dict[str, OptOut]] = {"STOP": "STOP", "START": "START", "HELP": "HELP"}
# YES opts in again at Twilio too; to us it is the answer to a question, and stays that.
_OPENS: Final[dict[str, OptOut]] = {"START": "START", "UNSTOP": "START"}
_TWILIO: Final[dict[str, OptOut]] = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"), "STOP"),
    **_OPENS,
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}
_BY_TWILIO: Final = frozenset({"sms", "whatsapp"})


def by_twilio(kind: str, text: str, *, advanced: bool) -> OptOut | None:
    """What Twilio has done about this text's sender: by its own word `kind`, else by the bare default words."""
    told = _TOLD.get(kind.strip().upper())
    return told if told or advanced else _TWILIO.get(text.strip().upper())


def opens_again(text: str) -> OptOut | None:
    """START where no provider acts on the words: it opens an address that reads nothing else. STOP is read as words."""
    return _OPENS.get(text.strip(" .!\r\n\t").upper())


def by_channel(channel: str, text: str) -> OptOut | None:
    """What would be said about these words by the channel on which they came; a rehearsal has no provider to ask."""
    return by_twilio("", text, advanced=False) if channel in _BY_TWILIO else opens_again(text)
