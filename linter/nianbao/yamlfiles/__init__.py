"""YAML whose values know their lines, and what is wrong with them, said for people."""
