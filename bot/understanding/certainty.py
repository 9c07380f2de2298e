"""How sure is sure enough: below these certainties a field is asked about before anything is recorded."""

from __future__ import annotations

ASK_BELOW = {"child": 0.6, "reason": 0.5, "dates": 0.7, "return": 0.75, "kind": 0.61}
