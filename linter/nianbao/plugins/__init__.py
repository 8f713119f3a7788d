"""Plugins: what ships with nianbao and what others install, by the same door."""
