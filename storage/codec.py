"""Domain values to JSON and back: frozen dataclasses with sessions, instants, enums, sets and tuples inside.

What comes back equals what went in. Instants come back in the offset they went in with; a new field with a default may
be missing in old data, a field that is gone may still be there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")

_adapters: dict[Any, TypeAdapter[Any]] = {}
"""Building one takes milliseconds; there are as many as stored types."""


class Unreadable(ValueError):
    """Stored data does not fit the type any more; the message names type and fields, never their contents."""


def dump(value: Any) -> dict[str, Any]:
    """The value as a JSON object. Raises TypeError when it is not one (a number, a list)."""
    data = _adapter(type(value)).dump_python(value, mode="json", warnings="error")
    if not isinstance(data, dict):
        raise TypeError(f"{type(value).__name__} is no record; only dataclasses and mappings are stored.")
    return data


def load(type_: type[T], data: Any) -> T:
    """The value of `type_` that `dump` made `data` from. Raises Unreadable."""
    # As JSON, not as Python values: there lists are tuples, and a text is never taken for a number.
    return _read(type_, json.dumps(data))


def load_version(type_: Callable[..., T], text: str, version: int) -> T:
    """The same from the stored text, as this version of it. Raises Unreadable."""
    value: T = _version(type_, text, version)
    return value


@lru_cache(maxsize=2_048)
def _version(type_: Any, text: str, version: int) -> Any:
    """Rows are read again and again between their changes, and a frozen value may be handed out twice."""
    return replace(_read(type_, text), version=version)


def _read(type_: type[T], text: str) -> T:
    try:
        value: T = _adapter(type_).validate_json(text, strict=True)
    except ValidationError as error:
        places = ", ".join(
            f"{'.'.join(str(part) for part in fault['loc'])} ({fault['type']})"
            for fault in error.errors(include_input=False, include_url=False, include_context=False)
        )
        raise Unreadable(f"Stored {type_.__name__} cannot be read: {places}. Convert it in a migration.") from None
    return value


def _adapter(type_: Any) -> TypeAdapter[Any]:
    adapter = _adapters.get(type_)
    if adapter is None:
        adapter = _adapters[type_] = TypeAdapter(type_)
    return adapter
