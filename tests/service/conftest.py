"""What these tests share."""

from __future__ import annotations

from tests.support.fixtures import quick_hashes

__all__ = ["quick_hashes"]
