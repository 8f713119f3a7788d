"""Results as a page for a browser: the findings, and beside them the report drawn again with its cells marked."""
