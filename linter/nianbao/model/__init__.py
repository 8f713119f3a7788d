"""What the house talks about: documents, forms, reports, rules and findings. Frozen data, no behaviour beyond its own."""
