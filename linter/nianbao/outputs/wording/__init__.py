"""The words in which results are told, the same for every output."""
