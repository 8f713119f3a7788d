"""Limits on time and memory: code that exceeds them is interrupted."""
