"""The words for results, the same for every output."""
