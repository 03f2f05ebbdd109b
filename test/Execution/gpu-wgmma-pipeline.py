# Tiles that take turns in two stages of shared memory, with a product of a warpgroup under way while
# the next tile is copied: exact with copies and operands read early or late, and an error without any
# one of the waits.
#
# RUN: %python %s %S/Inputs/wgmma-pipeline.mlir %t
import pathlib
import random
import struct
import subprocess
import sys

ROWS, DEPTH = 64, 320
text = pathlib.Path(sys.argv[1]).read_text()
out = pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)

generator = random.Random(0)
x = [[generator.randint(-3, 3) for _ in range(DEPTH)] for _ in range(2 * ROWS)]
header = f"{{'descr': '<i4', 'fortran_order': False, 'shape': ({2 * ROWS}, {DEPTH // 2}), }}".ljust(117)
(out / "x.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", 118) + header.encode() + b"\n" +
                            b"".join(struct.pack(f"<{DEPTH}e", *row) for row in x))


def run(kernel, options):
    path = out / "kernel.mlir"
    path.write_text(kernel)
    return subprocess.run(["tconv-run", path, "--target=emulated", f"--emulator={options}",
                           f"--input={out / 'x.npy'}", f"--output={out / 'y.npy'}"],
                          capture_output=True, text=True)


# As the PTX ISA has them: register 4 j + 2 h + e of a thread is in row 8 h of the 16 rows of its warp.
expected = []
for thread in range(128):
    row = thread // 32 * 16 + thread % 32 // 4
    for index in range(32):
        a = x[row + index % 4 // 2 * 8]
        b = x[ROWS + index // 4 * 8 + thread % 4 * 2 + index % 2]
        expected.append(sum(i * j for i, j in zip(a, b)))

for options in ("async-copies=early", "async-copies=late", "async-copies=late,thread-order=random"):
    result = run(text, options)
    assert result.returncode == 0, result.stderr
    y = struct.unpack(f"<{len(expected)}f", (out / "y.npy").read_bytes()[128:])
    assert list(y) == expected, options

WITHOUT = {
    "wait for the product that read the stage":
        (text.replace("wgmma.wait.group.sync.aligned 1", "wgmma.wait.group.sync.aligned 2"),
         "expected a wait between the nvvm.wgmma.mma_async that warpgroup 0 issued at"),
    "wait for the other warps before the stage is filled":
        ("".join(text.rpartition("      nvvm.barrier0\n")[::2]), "expected a barrier before this write"),
    "wait for the other threads' copies": (text.replace("      nvvm.barrier0\n", "", 1), "race: "),
    "wait for the copies": (text.replace("      nvvm.cp.async.wait.group 0\n", ""),
         "expected a wait and a barrier between this read of shared memory and the asynchronous copy"),
    "wait for the last product":
        (text.replace("      nvvm.wgmma.wait.group.sync.aligned 0\n", ""),
         "expected a wgmma.wait.group between this use of a register and the nvvm.wgmma.mma_async"),
}
for what, (kernel, message) in WITHOUT.items():
    assert kernel != text, what
    result = run(kernel, "async-copies=early")
    assert result.returncode != 0 and message in result.stderr, f"without the {what}: {result}"
