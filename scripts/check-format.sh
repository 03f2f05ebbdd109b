#!/usr/bin/env bash
# Checks that the C++ sources are formatted as .clang-format says; --fix formats them.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1-}" in
  "") mode=(--dry-run -Werror) ;;
  --fix) mode=(-i) ;;
  *) die "unknown option '$1'; the only one is --fix" ;;
esac

mapfile -d '' -t files < <(git ls-files -z -- '*.h' '*.cpp' 2>/dev/null)
if ((${#files[@]} == 0)); then # a source archive, or a checkout that git does not trust
  mapfile -d '' -t files < <(find examples include lib tools unittests \
    -regex '.*\.\(h\|cpp\)' -print0)
fi
((${#files[@]})) || die "found no sources"
clang-format-22 "${mode[@]}" "${files[@]}"
