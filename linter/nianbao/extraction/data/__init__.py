"""Reports that come as data, in the canonical form."""
