"""A parent's message to what it says: layers that a person can read (who, when, why, what kind, danger)."""

from __future__ import annotations

from bot.understanding.people import mentioned
from bot.understanding.reader import get_ready, understand
from bot.understanding.values import Asked, Child, Message, Report, Seen, Understanding

__all__ = ["Asked", "Child", "Message", "Report", "Seen", "Understanding", "get_ready", "mentioned", "understand"]
