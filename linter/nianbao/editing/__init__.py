"""Copies of people's own files: with notes at the places of findings, or with figures put right."""
