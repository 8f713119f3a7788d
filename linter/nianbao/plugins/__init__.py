"""Plugins: nianbao's own parts and those of installed packages, loaded in the same way."""
