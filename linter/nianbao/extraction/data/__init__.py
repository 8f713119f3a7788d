"""Reports that are given as data, in the canonical format."""
