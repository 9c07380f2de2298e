"""Judgements that are weighed and not ruled: what labelled messages taught, as weights of what the layers saw."""
