"""Leave of absence: what a family asks for, what the policy and the law say of it, and what the headteacher decides.

A request is one pupil's; siblings who are asked for together share `together`, and each school decides on its own.
Everything that a rule finds is advice beside the request: no machine refuses or grants.

request: the value · grounds: the ground in law · notice, flags, ten_weeks: what the head should see · asking: what the
policy wants to know · dates: what cannot be asked for · people: who may ask and who decides · machine: the states ·
due: when a decision is due. Source: SI 2024/208 reg 11; DESIGN section 8; statute notes, section 5.
"""

from __future__ import annotations

from attendance.leave.request import GRANTED, WAITING, LeaveRequest, LeaveState

__all__ = ["GRANTED", "WAITING", "LeaveRequest", "LeaveState"]
