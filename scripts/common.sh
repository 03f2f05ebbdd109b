# shellcheck shell=bash
# Sourced by every script: strict mode, and the root of the checkout as the
# current directory, whatever the caller's was.
set -euo pipefail
CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}
