"""Where marks live: people and marks come in from the school's own system, and codes go back to it. Parsing only."""
