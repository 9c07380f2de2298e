"""A small network that has read much English beside the weights, and what it thinks of a message."""

from bot.understanding.network.opinion import Opinion, consult

__all__ = ["Opinion", "consult"]
