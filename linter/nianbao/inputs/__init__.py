"""Inputs of a run: files, folders, archives, addresses and standard input, and the reports in them."""
