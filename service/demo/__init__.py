"""The demo: the invented school's mornings, with phones, the board and a clock on one page."""
