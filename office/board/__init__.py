"""The board: a row for each child, the most urgent first, with its clock, its words and what can be done."""
