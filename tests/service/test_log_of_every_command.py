"""A fault in any command, not only while serving, is logged on standard error, without a parent's words."""

from __future__ import annotations

import subprocess
import sys

FAILS = """
import sys, structlog
from service import cli
sys.argv = ["firstcall", "--help"]
try:
    cli.main()
except SystemExit:
    pass
def read(text):
    raise ValueError(text)
try:
    read("Rhys has a temperature")
except ValueError:
    structlog.get_logger("firstcall.test").exception("item_failed", text="Rhys has a temperature")
"""


def test_a_fault_of_a_command_says_where_and_not_what_was_written() -> None:
    done = subprocess.run([sys.executable, "-c", FAILS], capture_output=True, text=True, check=True, timeout=60)
    assert "item_failed" in done.stderr
    assert "Rhys" not in done.stdout + done.stderr
    assert "item_failed" not in done.stdout
