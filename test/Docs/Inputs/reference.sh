#!/usr/bin/env bash
# Writes the generated pages of docs/reference into a folder:
#   test/Docs/Inputs/reference.sh [FOLDER]     without one, into docs/reference
set -euo pipefail
CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/../../.."
folder=${1:-docs/reference}
tblgen=$(command -v mlir-tblgen || echo /usr/lib/llvm-22/bin/mlir-tblgen)
includes=(-I include -I "$("$(dirname -- "$tblgen")/llvm-config" --includedir)")
mkdir -p "$folder"
"$tblgen" -gen-dialect-doc -dialect=tconv "${includes[@]}" include/tconv/IR/TconvAll.td \
  | sed '/^\[TOC\]$/d' >"$folder/TconvDialect.md"
"$tblgen" -gen-pass-doc "${includes[@]}" include/tconv/Transforms/Passes.td \
  | sed '1a\\n# Passes of tconv\n\nIn alphabetical order; the order in which they run is in [architecture.md](../architecture.md#the-stages).' \
  >"$folder/TconvPasses.md"
"$tblgen" -gen-pass-doc "${includes[@]}" include/tconv/Transforms/Raise/Passes.td \
  | sed '1a\\n# Passes that raise layers\n\nWhere they start from: [front-doors.md](../front-doors.md).' \
  >"$folder/TconvRaisePasses.md"
"$tblgen" -gen-pass-doc "${includes[@]}" include/tconv/EmulatorLowering/Passes.td \
  | sed '1a\\n# Passes for the emulator\n\nWhat the emulator is: [emulator.md](../emulator.md).' \
  >"$folder/TconvEmulatorPasses.md"
