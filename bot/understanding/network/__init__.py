"""A small network that has read much English beside the weights, and what it thinks of a message."""
