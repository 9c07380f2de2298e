"""Which days and halves a report covers, beyond what its words name."""
