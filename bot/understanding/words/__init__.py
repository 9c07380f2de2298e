"""From characters to words, and what the word lists hear in them."""
