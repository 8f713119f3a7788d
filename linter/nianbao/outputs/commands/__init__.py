"""The output of commands other than check."""
