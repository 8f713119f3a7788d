"""The colours of what is printed; each reads on a dark and on a light ground."""

from __future__ import annotations

SEVERITY = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}
ROLE = {"left": "cyan", "right": "magenta", "subject": "yellow"}
WRONG, TOTAL = "bold red", "cyan"
