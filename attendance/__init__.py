"""What is true: codes, calendar, people, register, calling. Pure rules: no clock, no database, no network."""
