"""Bounds on time and memory: what does not end by itself is broken off."""
