"""Work on many things, one of which may fail without keeping the others waiting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from service.errors import StepFailed

log = structlog.get_logger("firstcall.steps")

Item = TypeVar("Item")


async def each(items: Sequence[Item], work: Callable[[Item], Awaitable[int]]) -> int:
    """Do `work` for each, and add up. One that fails is said at the end. Raises StepFailed."""
    done, failed = 0, 0
    for item in items:
        try:
            done += await work(item)
        except Exception:
            failed += 1
            log.exception("item_failed", what=type(item).__name__, message=getattr(item, "inbox_id", None))
    if failed:
        raise StepFailed(f"{failed} of {len(items)}")
    return done
