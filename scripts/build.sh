#!/usr/bin/env bash
# Configures build/ and builds the libraries, the tools and the plugin, or the given targets.
#   scripts/build.sh [CMAKE-OPTION...] [TARGET...]
# for example scripts/build.sh -DTCONV_BUILD_TESTS=OFF tconv-run
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

options=() targets=()
for argument in "$@"; do
  case "$argument" in
    -*) options+=("$argument") ;;
    *) targets+=("$argument") ;;
  esac
done

say "Configuring build/"
cmake --preset default "${options[@]}"
say "Building ${targets[*]:-everything} (a few minutes the first time)"
cmake --build --preset default --target "${targets[@]:-all}"
