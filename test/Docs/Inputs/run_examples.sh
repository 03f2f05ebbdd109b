#!/usr/bin/env bash
# Runs every file of the examples folder $1 by both algorithms and compares the results
# with the definition where --check can; inputs for dynamic sizes are in folder $2.
set -euo pipefail
for file in "$1"/*.mlir; do
  name=$(basename "$file" .mlir)
  [[ $name != conventions ]] || continue # several functions, run by docs/conventions.md
  inputs=()
  for input in "$2/$name"-*.npy; do
    [[ ! -e $input ]] || inputs+=("--input=$input")
  done
  check=(--check)
  [[ $name != two-layers ]] || check=() # what is between the layers is not checked
  for algorithm in zero-insertion phases; do
    echo "$name $algorithm"
    tconv-run "$file" "${inputs[@]}" "${check[@]}" --algorithm="$algorithm" \
      --output="$2/$name.$algorithm.npy"
  done
done
