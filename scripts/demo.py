"""Install nianbao into ``.venv`` and show what it says of an example report with a wrong cell."""

from __future__ import annotations

import sys

import environment

EXAMPLE = ("check", "examples/linjiang-2024-draft.txt", "--prior", "examples/linjiang-2023.txt")
_FINDINGS = 1  # what `nianbao check` says of a report that has errors


def main() -> int:
    """Run the example; 0 when nianbao found the wrong cell as it should."""
    environment.ensure(tools=False)
    print("$ nianbao", *EXAMPLE, flush=True)
    code = environment.run("-m", "nianbao", *EXAMPLE)
    if code != _FINDINGS:
        print(f"nianbao ended with {code} where {_FINDINGS} (findings) was due", file=sys.stderr)
        return code or _FINDINGS
    print("To use it here: .venv/bin/nianbao check FILE (Windows: .venv\\Scripts\\nianbao)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
