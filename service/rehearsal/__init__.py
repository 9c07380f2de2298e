"""A school's day written down, and played by the real service on a clock that jumps."""
