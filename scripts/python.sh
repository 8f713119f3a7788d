# Sourced by the scripts beside it: goes to the repository and runs one of the Python scripts there.
# shellcheck shell=bash

# Print the first Python that is new enough; nothing when there is none.
find_python() {
  local name
  for name in python3 python python3.13 python3.12 python3.11 py; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 </dev/null; then
      printf '%s\n' "$name"
      return
    fi
  done
}

# Run scripts/$1 with the rest of the arguments, from the root of the repository.
run_script() {
  local python
  python=$(find_python)
  if [ -z "$python" ]; then
    printf '%s\n' 'nianbao needs Python 3.11 or newer: install it from https://www.python.org/downloads/ and run this again.' >&2
    exit 2
  fi
  cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
  local script=$1
  shift
  exec "$python" "scripts/$script" "$@" </dev/null
}
