"""The data that all rooms share, frozen: documents, forms, reports, rules and findings."""
