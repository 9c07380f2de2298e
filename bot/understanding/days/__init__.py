"""Which days, and which part of them: what the dates and times of a message mean for the register."""
