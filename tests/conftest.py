"""What every test run begins with."""

from __future__ import annotations

from tests.support.logs import log_plainly

log_plainly()
