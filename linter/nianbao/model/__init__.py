"""What the house talks about: documents, forms, reports, rules and findings, as frozen data."""
