"""What leaves: handed over under a lease, and followed until its end is known."""
