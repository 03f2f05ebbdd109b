#!/usr/bin/env bash
# Runs clang-tidy on the libraries without MLIR and on the other sources that changed since a commit
# (default: since the branch left origin/main, else the last commit). Needs a build in build/.
#   scripts/check-tidy.sh [COMMIT]     or --all for every source
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[[ -f build/compile_commands.json ]] || die "expected a build in build/: run scripts/build.sh"
# The libraries without MLIR, as their CMakeLists.txt say.
mapfile -t folders < <(grep -L 'MLIR' lib/*/CMakeLists.txt | xargs -n 1 dirname)
others=('lib/*.cpp' 'tools/*.cpp' "${folders[@]/#/:!}")
most=12 # of the others, of which each takes 10 to 30 seconds
case "${1-}" in
  --all) mapfile -t files < <(git ls-files -- "${others[@]}" 'unittests/*.cpp') && most=${#files[@]} ;;
  -*) die "unknown option '$1'; the only one is --all" ;;
  *)
    since=${1:-$(git merge-base HEAD origin/main 2>/dev/null || true)}
    [[ -n $since && $since != "$(git rev-parse HEAD)" ]] || since=HEAD~1
    mapfile -t files < <(git diff --name-only --diff-filter=d "$since" -- "${others[@]}")
    ;;
esac
((${#files[@]} <= most)) || say "Leaving out $((${#files[@]} - most)) of ${#files[@]} changed sources"
mapfile -t files < <({
  find "${folders[@]}" -name '*.cpp'
  printf '%s\n' "${files[@]:0:most}"
} | sort)
((${#files[@]} > 50)) || die "expected more than 50 sources, found ${#files[@]}"

# What no target compiles, the code that becomes part of artefacts, has no command.
mapfile -t files < <(python3 - "${files[@]}" <<'END'
import json, os, sys
known = {os.path.relpath(entry["file"]) for entry in json.load(open("build/compile_commands.json"))}
print("\n".join(name for name in sys.argv[1:] if name in known))
END
)
say "Checking ${#files[@]} sources"
printf '%s\0' "${files[@]}" |
  xargs -0 -P "$(nproc)" -n 8 clang-tidy-22 -p build --quiet --warnings-as-errors='*'
