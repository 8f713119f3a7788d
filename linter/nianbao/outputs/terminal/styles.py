"""The colours of the output; each is legible on dark and on light backgrounds, unlike yellow."""

from __future__ import annotations

SEVERITY = {"error": "bold red", "warning": "bold magenta", "info": "bold blue"}
ROLE = {"left": "cyan", "right": "magenta", "subject": "blue"}
WRONG, TOTAL = "bold red", "cyan"
