"""YAML files whose values know their lines, and their mistakes in words for people."""
