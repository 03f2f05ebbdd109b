#!/usr/bin/env bash
# Draws the pictures of docs/explained.md with tconv-explain, which must be in the PATH:
#   test/Docs/Inputs/pictures.sh [FOLDER]     without one, into docs/images
set -euo pipefail
CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/../../.."
folder=${1:-docs/images}
mkdir -p "$folder"
draw() { tconv-explain "${@:2}" --svg "$folder/explained-$1.svg" >/dev/null; }
draw question examples/question.mlir --at 0,1
draw two-by-two examples/two-by-two.mlir --at 0,0
draw dilation --layer 'i6 k3 s2 p1 d2' --at 5
