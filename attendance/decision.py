"""What deciding about a case gives: the case as it is now, and everything that follows."""

from __future__ import annotations

from attendance.case import Case
from attendance.effects import Effect

Decision = tuple[Case, list[Effect]]
