"""Results and reports as people and programs read them, a room or module for each format."""
