"""A school's day: registers, the brake, the close, what grows old, and the days after."""
