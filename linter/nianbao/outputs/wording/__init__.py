"""The texts on results, the same for every output."""
