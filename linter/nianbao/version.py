"""The version of nianbao."""

__version__ = "0.1.0"
