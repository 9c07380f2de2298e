"""How sure is sure enough: below these certainties a field is asked about before anything is recorded."""

from __future__ import annotations

ASK_BELOW = {"child": 0.7, "reason": 0.45, "unsaid reason": 0.65, "dates": 0.8, "return": 0.6, "kind": 0.5}
#: A flag is raised from this probability on (where a child is mostly raises `urgent` by itself), and from the lower one
#: where the danger layer heard it too.
RAISED, URGENT, HEARD = 0.3, 0.45, 0.002
#: From this probability on the words look as if a pupil wrote them as the parent.
PUPIL = 0.25
