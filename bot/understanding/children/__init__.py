"""Which children a message is about, and who else is in it."""
