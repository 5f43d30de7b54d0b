"""A whole set-up as one file: written out, checked line by line, and brought into an empty installation."""
