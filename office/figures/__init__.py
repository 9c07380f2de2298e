"""Figures: what happened in a day, a week and a term, and the minutes that it took. No names."""
