"""Results and reports for people and programs, with a package or module for each format."""
