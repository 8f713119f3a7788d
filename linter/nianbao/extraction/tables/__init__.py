"""Alignment of the tables of a document with those of a form: the cell of each figure."""
