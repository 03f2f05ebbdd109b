#!/usr/bin/env bash
# Installs the system packages that tconv needs and that are missing (Debian's names).
#   scripts/setup.sh [--with-tests]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

packages=(cmake ninja-build clang-22 lld-22 libmlir-22-dev mlir-22-tools llvm-22-dev
  llvm-22-tools python3 python3-numpy)
case "${1-}" in
  "") ;;
  --with-tests) packages+=(libgtest-dev clang-format-22 clang-tidy-22 libclang-rt-22-dev chromium
    shellcheck codespell python3-dev python3-venv) ;;
  *) die "unknown option '$1'; the only one is --with-tests" ;;
esac

needs="LLVM/MLIR 22.1 with headers and tools, clang 22, lld 22, CMake 3.25
or newer, Ninja, Python 3 with numpy (for the tests also googletest,
clang-format, clang-tidy and compiler-rt 22, shellcheck, codespell)"

command -v apt-get >/dev/null || die "this system has no apt; please install
$needs
by its own means, then run scripts/build.sh"

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done

# The tests of the ONNX importer need PyPI's onnx: Debian's is too old for opsets that they use.
# It goes into a Python of its own; without a network those tests are skipped.
install_onnx() {
  local python=build/python/bin/python
  "$python" -c 'import numpy, onnx' 2>/dev/null && return
  say "Installing the Python package onnx into build/python"
  { python3 -m venv build/python && "$python" -m pip install --quiet 'onnx>=1.16'; } ||
    printf 'setup.sh: going on without onnx: the tests that need it are skipped\n' >&2
}

finish() {
  [[ ${1-} != --with-tests ]] || install_onnx
  exit 0
}

((${#missing[@]})) || finish "$@"

as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || die "packages are missing; please run as root:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  as_root=(sudo)
fi

# A source of somebody else's that is out of reach is no reason to stop here: what
# counts is whether the packages can be found afterwards.
say "Installing ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q
  -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
"${apt[@]}" update || printf 'setup.sh: going on with the package lists there are\n' >&2

unknown=()
for package in "${missing[@]}"; do
  candidate=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
  [[ -n $candidate && $candidate != "(none)" ]] || unknown+=("$package")
done
((${#unknown[@]} == 0)) || die "no package source has: ${unknown[*]}
tconv needs $needs.
Debian 12 has LLVM 22 in bookworm-security; if that is not among the package sources, add
  deb http://deb.debian.org/debian-security bookworm-security main
For other releases of Debian and for Ubuntu see https://apt.llvm.org."

"${apt[@]}" install -y --no-install-recommends "${missing[@]}"
finish "$@"
