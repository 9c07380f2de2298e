"""What a setting may give as the address of a web server."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(url: str) -> bool:
    """https or http, a host, perhaps a port and a path; nothing after them."""
    try:
        parts = urlsplit(url)
        port_is_possible = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and plain and port_is_possible
