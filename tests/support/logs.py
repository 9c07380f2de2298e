"""The log of a test run: a failure is shown as Python shows it.

structlog's own way, where nothing else is set up, draws each frame with its variables: seconds for every failure that a
test provokes on purpose.
"""

from __future__ import annotations

import structlog


def log_plainly() -> None:
    """Set up structlog for a test run, at its start and after a test that had set it up otherwise."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    )
