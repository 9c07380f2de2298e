"""The hints of the demo page are plain words: none of them looks like a button that nobody can press."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "templates" / "office" / "demo.html"


def test_no_hint_quotes_a_button() -> None:
    hints = re.findall(r'<p class="guide">(.*?)</p>', PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(hints) == 3
    assert not [hint for hint in hints if re.search("[\u201c\u201d\"']", hint)]
