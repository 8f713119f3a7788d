"""Results and reports as people and machines read them: one module a format, no judgement of their own."""
