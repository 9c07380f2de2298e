"""The network itself: a sentence encoder that has read much English (all-MiniLM-L6-v2), and is asked about one message.

It was trained on with the labelled messages of `training/messages`; decision 0016. It runs in the process, on one
thread, from a file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import onnxruntime

from attendance.calendar import SchoolCalendar
from bot.understanding.evidence import Reading
from bot.understanding.network.encoding import encode
from bot.understanding.network.opinion import (
    BACK_SAID,
    BACK_UNSAID,
    FIRST_SAID,
    FIRST_UNSAID,
    HALVES,
    TIMES,
    YES_OR_NO,
    Opinion,
    answers,
)


@lru_cache(maxsize=1)
def _session() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    file = resources.files("bot.understanding.lexicon").joinpath("network/reader.onnx")
    return onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])


def consult(seen: Reading, calendar: SchoolCalendar, inside: Collection[int] | None = None) -> Opinion:
    """Let the network read one message, or only its words with the numbers `inside`."""
    encoded = encode(seen, calendar, inside)
    whole, places = _session().run(None, {"ids": np.array(encoded.pieces, dtype=np.int64)})
    named = answers()
    sums = iter(whole.tolist())

    def taken(names: Sequence[str]) -> dict[str, float]:
        return {name: next(sums) for name in names}

    several = {"kind": taken(named.kinds), "reason": taken(named.reasons)}
    yes = taken(YES_OR_NO)
    several["half"] = taken(HALVES)
    first, back = list(taken(FIRST_UNSAID).values()), list(taken(BACK_UNSAID).values())
    said = len(FIRST_SAID) + len(BACK_SAID)
    rows = places.tolist()
    return Opinion(
        several, yes, first, back,
        {span: rows[place][:said] for span, place in encoded.days.items()},
        {
            span: dict(zip(TIMES, rows[place][said : said + len(TIMES)], strict=True))
            for span, place in encoded.times.items()
        },
        {child: _reported(rows, places) for child, places in encoded.children.items()},
    )  # fmt: skip


def _reported(rows: Sequence[Sequence[float]], places: Sequence[int]) -> float:
    """What speaks for a child's being reported on: as it is listed, and wherever it is named."""
    return rows[places[0]][-2] + sum(rows[place][-1] for place in places[1:])
