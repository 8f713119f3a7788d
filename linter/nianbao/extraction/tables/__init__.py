"""Tables of a document aligned with the tables of a form: which figure belongs to which cell."""
