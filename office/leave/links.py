"""Signed links that need no signing in: a family's own form for leave, and one decision for whoever decides.

A link says for whom it is and until when; the signature makes it ours. Opening one decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

FORM_LIVES = timedelta(days=7)
DECISION_LIVES = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FormLink:
    """A family's form: the school that sent it, and what makes it count once. To whom it went is stored, not said."""

    school: str
    nonce: str


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that can still be handed in, and the address that proved itself by being sent its link."""

    link: FormLink
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class DecisionLink:
    """One request, for one member of staff."""

    school: str
    leave: str
    staff: str


class Links:
    """Makes and reads links. `base` is the public address in front of the service, without a slash at its end."""

    def __init__(self, secret: str, base: str) -> None:
        self._form = URLSafeSerializer(secret, salt="firstcall-leave-form")
        self._decision = URLSafeSerializer(secret, salt="firstcall-leave-decision")
        self._base = base.rstrip("/")

    def form(self, link: FormLink, now: datetime) -> str:
        """The address of a family's form; it lives FORM_LIVES."""
        return f"{self._base}/leave/form/{_sign(self._form, asdict(link), now + FORM_LIVES)}"

    def decision(self, link: DecisionLink, now: datetime) -> str:
        """The address of one decision; it lives DECISION_LIVES."""
        return f"{self._base}/leave/decide/{_sign(self._decision, asdict(link), now + DECISION_LIVES)}"

    def read_form(self, token: str, now: datetime) -> FormLink | None:
        """What a form's link says; None for one that is not ours, or too old."""
        data = _read(self._form, token, now, ("school", "nonce"))
        return FormLink(**data) if data is not None else None

    def read_decision(self, token: str, now: datetime) -> DecisionLink | None:
        """What a decision's link says; None for one that is not ours, or too old."""
        data = _read(self._decision, token, now, ("school", "leave", "staff"))
        return DecisionLink(**data) if data is not None else None


def _sign(signer: URLSafeSerializer, data: Mapping[str, str], until: datetime) -> str:
    return str(signer.dumps([*data.values(), int(until.timestamp())]))


def _read(signer: URLSafeSerializer, token: str, now: datetime, names: Sequence[str]) -> dict[str, Any] | None:
    try:
        *values, until = signer.loads(token)
    except (BadSignature, ValueError):
        return None
    if int(until) <= now.timestamp():
        return None
    return dict(zip(names, values, strict=True)) if len(values) == len(names) else None
