"""What every test run begins with."""

from __future__ import annotations

import gc

from service.cli import FEWER_COLLECTIONS
from tests.support.logs import log_plainly

log_plainly()
gc.set_threshold(*FEWER_COLLECTIONS)


def pytest_collection_finish() -> None:
    """Ten thousand tests are objects that stay: the collector need not look through them for each of them."""
    gc.collect()
    gc.freeze()
