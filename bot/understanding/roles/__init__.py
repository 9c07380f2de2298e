"""The parts that days and times play in a message, and the days of a report that come of them."""

from bot.understanding.roles.of_days import ASKED_ABOUT, roles_of
from bot.understanding.roles.of_times import Times, read_roles_of_times
from bot.understanding.roles.settled import Days, settle_days

__all__ = ["ASKED_ABOUT", "Days", "Times", "read_roles_of_times", "roles_of", "settle_days"]
