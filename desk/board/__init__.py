"""The day of one place on one page: read in a handful of statements, drawn from plain values."""
