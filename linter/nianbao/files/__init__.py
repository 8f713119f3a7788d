"""Files of the program's own: its data, its cache, and files that are written as a whole."""
