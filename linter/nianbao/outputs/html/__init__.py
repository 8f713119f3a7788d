"""Results as a page for a browser: the findings, and beside them the report with its cells marked."""
