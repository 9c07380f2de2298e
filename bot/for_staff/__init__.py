"""What a person has to read, answer or do, and what staff answer."""
