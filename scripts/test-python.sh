#!/usr/bin/env bash
# Builds the wheel of the Python package in a build folder, installs it into an empty virtual
# environment and runs python/tests there, with PyTorch from PyPI. Exits with 77, and says so, where
# PyPI is out of reach.
#   scripts/test-python.sh [BUILD_DIR]
[[ $# -eq 0 || $1 == --help ]] || build=$(realpath -- "$1")
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
build=${build:-$PWD/build}
[[ -f $build/CMakeCache.txt ]] || die "$build is not a build folder"
# Bytes that PyPI's users would wait for.
largest=40000000

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=$build/python/bin/python

say "Installing what builds the wheel into $build/python"
if ! { [[ -x $python ]] || python3 -m venv "$build/python"; } ||
  ! "$python" -m pip install --quiet 'scikit-build-core>=1.0' 'nanobind>=3.1,<4'; then
  printf 'SKIP: PyPI is out of reach, and what builds the wheel comes from there\n' >&2
  exit 77
fi

say "Building the wheel"
# In the build folder, whose objects are those of the wheel, too.
"$python" -m pip wheel . --quiet --no-build-isolation --no-deps --wheel-dir "$folder" \
  -C build-dir="$build" -C cmake.define.TCONV_BUILD_TESTS=ON
wheel=$(echo "$folder"/tconv-*.whl)
[[ $wheel == *-cp310-abi3-* ]] || die "$wheel is not for CPython 3.10 and newer"
size=$(stat -c %s "$wheel")
printf '%s: %d bytes\n' "$(basename "$wheel")" "$size"
((size <= largest)) || die "expected a wheel of at most $largest bytes, got $size"

say "Installing it into an empty environment"
python3 -m venv "$folder/venv"
python=$folder/venv/bin/python
"$python" -m pip install --quiet "$wheel"
# What it links with is what every Debian 12 has.
libraries=$(readelf -d "$folder"/venv/lib/python*/site-packages/tconv/*.so | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')
allowed='^(libtconv\.so|lib(c|m|stdc\+\+|gcc_s|z|zstd)\.so\.[0-9]+|ld-linux-.*)$'
! grep -Ev "$allowed" <<<"$libraries" || die "the wheel needs the libraries above"
(cd "$folder" && "$python" -c 'import numpy, tconv
y = tconv.conv_transpose(numpy.ones((1, 1, 4, 4), "f4"), numpy.ones((1, 1, 4, 4), "f4"), stride=2, padding=1)
assert y.shape == (1, 1, 8, 8), y.shape')

say "Testing it"
"$python" -m pip install --quiet pytest hypothesis ml_dtypes onnx
# In a folder of its own, so that what is tested is the wheel and not the checkout.
mkdir "$folder/checkout" "$folder/checkout/python"
cp -r README.md bench docs examples "$folder/checkout"
cp -r python/tests "$folder/checkout/python"
export PYTHONDONTWRITEBYTECODE=1
run_tests() { (cd "$folder/checkout" && "$python" -m pytest -q -p no:cacheprovider "$@"); }
run_tests python/tests --ignore python/tests/torch

say "Testing it with PyTorch"
"$python" -m pip install --quiet torch expecttest
run_tests python/tests/torch
