"""The official forms of a report, loaded from data."""
