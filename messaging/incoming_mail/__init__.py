"""E-mail that comes in: read from a mailbox, and turned into what it says, who wrote it and what lies beside it."""
