# Products of a warpgroup, by hand: operands in shared memory with each swizzle and in both orders.
# They are read where the product is issued or at the wait; PTX for sm_90a is made of all.
#
# RUN: %python %s %t %S/../../bench/gpu
import pathlib
import struct
import subprocess
import sys

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
sys.path.insert(0, sys.argv[2])
import warpgroups


def run(path, copies):
    command = ["tconv-run", path, "--target=emulated", f"--emulator=async-copies={copies}",
               f"--input={out / 'x.npy'}", f"--output={out / copies}.npy"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (out / f"{copies}.npy").read_bytes()


results = {}
for name, text, words in warpgroups.tests():
    path = out / f"{name}.mlir"
    path.write_text(text)
    header = f"{{'descr': '<i4', 'fortran_order': False, 'shape': ({len(words)},), }}".ljust(117)
    (out / "x.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", 118) +
                                header.encode() + b"\n" + struct.pack(f"<{len(words)}i", *words))
    results[name] = run(path, "early")
    assert results[name] == run(path, "late"), name
    subprocess.run(["tconv-compile", path, "--target=cuda", "--arch=sm_90a", "-o", out / "p.tcgpu"],
                   check=True)
# Each swizzle reads other elements.
assert len(set(results.values())) == len(results)
