"""Plain text, with tables made of bars, tabs or spaces."""
