"""Where a child is: danger, a search and its end, who has it, and when it will be here."""
