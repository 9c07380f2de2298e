"""A school's policy as data: the model, the reading of its file, and what is wrong or worth a look in it."""

from __future__ import annotations

from attendance.policy.checks import notes, warnings
from attendance.policy.faults import PolicyFault
from attendance.policy.loading import (
    OVERRIDABLE,
    calendar_of,
    load_policy,
    parse_policy,
    policy_by_key,
    policy_path,
    with_override,
)
from attendance.policy.model import Policy
from attendance.policy.parts import (
    Brake,
    Evidence,
    FirstDay,
    Late,
    Leave,
    LocalAuthority,
    NCode,
    QuietHours,
    RegisterWindow,
    Report,
    Round,
    Rung,
    Stage,
    Tier,
    UnexplainedStep,
)
from attendance.policy.values import Notice

__all__ = [
    "OVERRIDABLE",
    "Brake",
    "Evidence",
    "FirstDay",
    "Late",
    "Leave",
    "LocalAuthority",
    "NCode",
    "Notice",
    "Policy",
    "PolicyFault",
    "QuietHours",
    "RegisterWindow",
    "Report",
    "Round",
    "Rung",
    "Stage",
    "Tier",
    "UnexplainedStep",
    "calendar_of",
    "load_policy",
    "notes",
    "parse_policy",
    "policy_by_key",
    "policy_path",
    "warnings",
    "with_override",
]
