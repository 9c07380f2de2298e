"""What an identity token must say before anybody is let in by it. Pure: claims in, a person or a refusal out.

Sources: OpenID Connect Core 1.0, section 3.1.3.7 (iss, aud, azp, exp, iat, nonce); Google's "OpenID Connect" page (`hd`
and `email_verified`); Microsoft's "ID token claims reference" (`tid` and `oid` name a user, e-mail addresses do not).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

LEEWAY = 60
"""Seconds by which the provider's clock and ours may differ."""
TENANT = "{tenantid}"
Kind = Literal["google", "microsoft"]
LABELS: dict[Kind, str] = {"google": "Google", "microsoft": "Microsoft"}


class NotVouched(Exception):
    """The provider vouches for nobody whom we may let in. `why` is one word for the audit and the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Unreachable(Exception):
    """The provider does not answer, or not as one does."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One way to sign in elsewhere. `allowed` are the school's domains (Google) or tenants (Microsoft)."""

    kind: Kind
    issuer: str
    """For Microsoft with {tenantid} in it: each tenant is an issuer of its own."""
    discovery: str
    client_id: str
    client_secret: str
    allowed: frozenset[str]

    @property
    def label(self) -> str:
        """As staff know it."""
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for. `issuer` and `subject` name the person; `email` only finds the invitation."""

    issuer: str
    subject: str
    email: str


def vouched_for(provider: Provider, claims: Mapping[str, Any], nonce: str, now: datetime) -> Vouched:
    """Whom these signed claims are about. Raises NotVouched."""
    _check_token(provider, claims, nonce, int(now.timestamp()))
    return _of_google(provider, claims) if provider.kind == "google" else _of_microsoft(provider, claims)


def _check_token(provider: Provider, claims: Mapping[str, Any], nonce: str, now: int) -> None:
    issuer = provider.issuer.replace(TENANT, str(claims.get("tid", "")))
    if claims.get("iss") != issuer:
        raise NotVouched("issuer")
    audience = claims.get("aud")
    if audience != provider.client_id and audience != [provider.client_id]:
        raise NotVouched("audience")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise NotVouched("audience")
    if _seconds(claims, "exp") <= now - LEEWAY:
        raise NotVouched("expired")
    if _seconds(claims, "iat") > now + LEEWAY or _seconds(claims, "nbf", 0) > now + LEEWAY:
        raise NotVouched("not_yet")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotVouched("nonce")


def _seconds(claims: Mapping[str, Any], name: str, default: int | None = None) -> int:
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotVouched(name)
    return int(value)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise NotVouched(name)
    return value


def _of_google(provider: Provider, claims: Mapping[str, Any]) -> Vouched:
    """`hd` is there only for an account of a Workspace; a private address with the school's domain has none."""
    if str(claims.get("hd", "")).casefold() not in provider.allowed:
        raise NotVouched("domain")
    if claims.get("email_verified") is not True:
        raise NotVouched("email_not_verified")
    return Vouched(provider.issuer, _text(claims, "sub"), _text(claims, "email").casefold())


def _of_microsoft(provider: Provider, claims: Mapping[str, Any]) -> Vouched:
    """The user name (UPN) is the tenant's to give; the `email` claim is not, and is not looked at ("nOAuth")."""
    tenant = _text(claims, "tid").casefold()
    if tenant not in provider.allowed:
        raise NotVouched("tenant")
    name = _text(claims, "preferred_username").casefold()
    if "#ext#" in name or claims.get("acct") in (1, "1"):
        raise NotVouched("guest")
    return Vouched(_text(claims, "iss"), f"{tenant}/{_text(claims, 'oid').casefold()}", name)
