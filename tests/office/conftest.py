"""What these tests share."""

from __future__ import annotations

from tests.office.browsing import open_office
from tests.support.fixtures import open_school, quick_hashes

__all__ = ["open_office", "open_school", "quick_hashes"]
