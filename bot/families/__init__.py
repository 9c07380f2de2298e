"""Several children, two homes, several schools: which of them words are about, and who may hear of it."""
