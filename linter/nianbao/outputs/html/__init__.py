"""Results as one page for a browser: findings beside the report they are about, drawn again with its cells marked."""
