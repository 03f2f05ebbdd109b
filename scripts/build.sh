#!/usr/bin/env bash
# Configures build/ and builds the libraries, the tools and the plugin.
#   scripts/build.sh [CMAKE-OPTION...]     for example -DTCONV_BUILD_TESTS=OFF
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

say "Configuring build/"
cmake --preset default "$@"
say "Building (a few minutes the first time)"
cmake --build --preset default
