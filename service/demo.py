"""The demo: the Monday in `service/mornings/monday.toml`, played to its end as text or turned by hand on a page."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console

from service.patterns import judge
from service.scenario import Scenario, read_scenario
from service.simulation import rehearse
from service.timeline import show

MORNINGS = Path(__file__).parent / "mornings"


def monday() -> Scenario:
    """The demo's morning."""
    return read_scenario(MORNINGS / "monday.toml")


def headless(console: Console) -> int:
    """`firstcall demo --headless`: the morning as a timeline. 0 when it went as it is written."""
    scenario = monday()
    lines, refused = asyncio.run(rehearse(scenario))
    show(scenario, lines, console)
    for one in (*refused, *(faults := judge(scenario, lines))):
        console.print(one, style="red")
    return 1 if faults or refused else 0
