"""The page of one child: what happened, in order, and why the machine read a message as it did."""
