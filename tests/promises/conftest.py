"""What these tests share."""

from __future__ import annotations

from tests.support.fixtures import open_school

__all__ = ["open_school"]
