"""How sure the reader of messages must be before a school's record follows from what it reads.

The numbers are shares: of what is said with 0.9, nine in ten are right (`python -m training.check`).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from attendance.policy.values import Number

Share = Annotated[Number, Field(ge=0.0, le=1.0)]
#: A school may hear more danger than this, and not less.
LEAST_HEARD = 0.5


class AskBelow(BaseModel):
    """A field is asked about, or the whole is read back (`kind`), before it is recorded, below these certainties.

    `unsaid_reason`: where no word of the text names the reason. `dates` is the first day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    child: Share = 0.6
    reason: Share = 0.45
    unsaid_reason: Share = 0.8
    dates: Share = 0.7
    return_day: Share = 0.6
    kind: Share = 0.45


class Certainty(BaseModel):
    """`urgent`, `safeguarding`: a person is called from this certainty on. `pupil`: the words look like a pupil's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask_below: AskBelow = AskBelow()
    urgent: Annotated[Share, Field(le=LEAST_HEARD)] = 0.45
    safeguarding: Annotated[Share, Field(le=LEAST_HEARD)] = 0.3
    pupil: Share = 0.25
