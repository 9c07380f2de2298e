"""Families: who can be reached and how, and the messages with them."""
