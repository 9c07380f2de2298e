"""Who of the staff is here, and who of them looked at what and changed it."""
