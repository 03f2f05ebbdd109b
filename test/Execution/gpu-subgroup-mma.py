# Upstream's products of matrices by a subgroup (gpu.subgroup_mma_*), which convert-gpu-to-nvvm makes
# wmma of: with sums in f32 and f16, a transposed operand, a tile in shared memory, and operations by
# element.
#
# RUN: %python %s %S/Inputs/subgroup-mma.mlir %t
import pathlib
import random
import struct
import subprocess
import sys

M, N, K = 48, 32, 64
path = sys.argv[1]
out = pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
generator = random.Random(0)


def matrix(name, rows, columns, kind):
    values = [[generator.randint(-3, 3) for _ in range(columns)] for _ in range(rows)]
    size = struct.calcsize(kind)
    header = f"{{'descr': '<f{size}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}".ljust(117)
    (out / f"{name}.npy").write_bytes(
        b"\x93NUMPY\x01\x00" + struct.pack("<H", 118) + header.encode() + b"\n" +
        b"".join(struct.pack(f"<{columns}{kind}", *row) for row in values))
    return values


a, b, c = matrix("a", M, K, "e"), matrix("b", N, K, "e"), matrix("c", M, N, "f")
products = [[sum(i * j for i, j in zip(row, column)) for column in b] for row in a]
for options in ("thread-order=forward", "thread-order=random"):
    subprocess.run(["tconv-run", path, "--target=emulated", f"--emulator={options}"] +
                   [f"--input={out / name}.npy" for name in "abc"] +
                   [f"--output={out / name}.npy" for name in ("y", "h")],
                   check=True, stdout=subprocess.DEVNULL)
    y = struct.unpack(f"<{M * N}f", (out / "y.npy").read_bytes()[128:])
    h = struct.unpack(f"<{M * N}e", (out / "h.npy").read_bytes()[128:])
    assert list(h) == [value for row in products for value in row], options
    assert list(y) == [(value + start) / 2 for row, starts in zip(products, c)
                       for value, start in zip(row, starts)], options
