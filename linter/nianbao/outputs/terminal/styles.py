"""The colours of what is printed; each reads on a dark and on a light ground, which yellow does not."""

from __future__ import annotations

SEVERITY = {"error": "bold red", "warning": "bold magenta", "info": "bold blue"}
ROLE = {"left": "cyan", "right": "magenta", "subject": "blue"}
WRONG, TOTAL = "bold red", "cyan"
