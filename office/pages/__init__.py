"""How any page is drawn, kept fresh while it is open, and sent."""
