"""What can go wrong between deciding and saving."""

from __future__ import annotations


class Stale(Exception):
    """Somebody else moved what this turn decided about; load and decide all of it again."""


class CannotDo(ValueError):
    """A member of staff asked for something that is not possible; the message says why and what to do instead."""


class Handled(Exception):
    """Another process has answered this message; nothing is left to do."""


class StepFailed(RuntimeError):
    """Some of what a step found could not be done; the rest was. The step comes again."""
