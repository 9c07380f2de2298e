"""How the reader's network is trained, on from a public sentence encoder, and written as the file that it runs."""
