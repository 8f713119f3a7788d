"""Plain text, with tables of lines and blanks."""
