"""One turn, one transaction: what is loaded for it, what it decides, and the order in which all is stored."""
