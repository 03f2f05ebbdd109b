# shellcheck shell=bash
# Sourced by every script: strict mode, --help, and the root of the checkout as the
# current directory, whatever the caller's was.
set -euo pipefail
# The comment at the script's beginning, unless it has a --help of its own.
if [[ ${1-} == --help && -z ${own_help-} ]]; then
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
  exit 0
fi
CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/.."

# no_arguments "$@": for scripts that take none.
no_arguments() { (($# == 0)) || die "expected no arguments, got '$1' (see --help)"; }

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}
