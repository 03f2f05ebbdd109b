# REQUIRES: cuda-toolkit
# RUN: %python -B %s --tool tconv-opt --ptxas %ptxas --dir %t

"""Assembles the kernels of layers of real models: none may spill registers, and products of f16 must
be made by tensor cores, from tiles that arrive asynchronously in 16 bytes, and as many blocks must fit a
multiprocessor as the schedule was chosen for, or nearly. Where nvdisasm is on the
path or installed for Python (nvidia-cuda-nvdisasm), machine code is looked at as well."""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys

# x, w, y without their type, and the clauses of the layer.
LAYERS = {
    "dcgan1": ("16x1x1x100x", "100x1024x4x4x", "16x4x4x1024x", ""),
    "dcgan3": ("1x8x8x512x", "512x256x4x4x", "1x16x16x256x", "stride [2, 2] padding [1, 1]"),
    "pix2pix_last": ("1x128x128x128x", "128x3x4x4x", "1x256x256x3x", "stride [2, 2] padding [1, 1]"),
    "unet": ("1x28x28x1024x", "1024x512x2x2x", "1x56x56x512x", "stride [2, 2]"),
    "fcn8s": ("1x70x70x21x", "21x21x16x16x", "1x568x568x21x", "stride [8, 8]"),
    "hifigan": ("1x64x512x", "512x256x16x", "1x512x256x", "stride [8] padding [4]"),
    "nnunet": ("1x4x4x4x320x", "320x320x2x2x2x", "1x8x8x8x320x", "stride [2, 2, 2]"),
    "depthwise": ("1x64x64x64x", "64x1x4x4x", "1x128x128x64x", "stride [2, 2] padding [1, 1] groups 64"),
}


def module(layer, dtype):
    x, w, y = (f"tensor<{shape}{dtype}>" for shape in layer[:3])
    return f"""func.func @main(%x: {x}, %w: {w} {{tconv.constant}}) -> {y} {{
  %y = tconv.conv_transpose %x, %w {layer[3]} channels_last : ({x}, {w}) -> {y}
  return %y : {y}
}}
"""


def compile_to_ptx(options, path, arch):
    pipeline = f"--tconv-pipeline=target=cuda arch={arch} stop-after=ptx"
    text = subprocess.run([options.tool, path, pipeline], check=True, capture_output=True,
                          text=True).stdout
    assembly = re.search(r'assembly = "(.*?)(?<!\\)"', text).group(1)
    return re.sub(r"\\([0-9A-F]{2})", lambda code: chr(int(code.group(1), 16)),
                  assembly).rstrip("\0")


def find_disassembler():
    """nvdisasm; none if it is not there."""
    packaged = [path for folder in sys.path
                for path in glob.glob(os.path.join(folder, "nvidia", "cu*", "bin", "nvdisasm"))]
    return shutil.which("nvdisasm") or (packaged[0] if packaged else None)


def check_machine_code(disassembler, cubin, tensor_cores):
    """What is wrong with the instructions of a kernel."""
    sass = subprocess.run([disassembler, "-c", cubin], check=True, capture_output=True,
                          text=True).stdout
    counts = {op: len(re.findall(rf"\b{op}\b", sass))
              for op in ("HMMA", "LDSM", "LDGSTS", "FFMA", "LDL", "STL")}
    print(f"  {counts}")
    if counts["LDL"] or counts["STL"]:
        yield "expected no local memory"
    if tensor_cores and not (counts["HMMA"] and counts["LDSM"] and counts["LDGSTS"]):
        yield "expected HMMA, LDSM and LDGSTS instructions"


# Of a multiprocessor: shared memory in bytes, threads, blocks.
MULTIPROCESSORS = {"sm_80": (164 << 10, 2048, 32), "sm_90": (228 << 10, 2048, 32)}


def find_occupancy(arch, registers, threads, shared):
    """Blocks on a multiprocessor, by the rules of the CUDA programming guide: registers are given
    to warps in units of 256, and each block takes 1024 bytes of shared memory for the system."""
    shared_bytes, most_threads, most_blocks = MULTIPROCESSORS[arch]
    warps = (1 << 16) // (-(-registers * 32 // 256) * 256)
    return min(warps // (threads // 32), shared_bytes // (shared + 1024), most_threads // threads,
               most_blocks)


def read_schedule(options, path, arch):
    """Threads, bytes of shared memory and occupancy that the schedule was chosen for."""
    remarks = subprocess.run([options.tool, path, f"-tconv-select-gpu-schedule=arch={arch}",
                              "-remarks-filter=tconv-select-gpu-schedule", "-o", os.devnull],
                             check=True, capture_output=True, text=True).stderr
    warps = [int(re.search(rf"warps_{axis} = (\d+)", remarks)[1]) for axis in "mn"]
    found = re.search(r"(\d+) on a multiprocessor at a time, (\d+) bytes of shared", remarks)
    return 32 * warps[0] * warps[1], int(found[2]), int(found[1])


def check_occupancy(options, path, arch, registers):
    """Whether as many blocks fit as the cost model believed, or nearly so."""
    threads, shared, predicted = read_schedule(options, path, arch)
    actual = find_occupancy(arch, registers, threads, shared)
    print(f"  occupancy: {actual} of {threads} threads with {registers} registers and {shared} bytes "
          f"of shared memory, predicted {predicted}")
    if actual < predicted - max(1, predicted // 4):
        yield f"expected {predicted} blocks on a multiprocessor, got {actual}"
    if actual == 0:
        yield "expected a block to fit"


def find_registers(report):
    """Of the kernel that computes the layer: the others pack w and add parts of sums."""
    kernels = re.findall(r"Compiling entry function '(\w+)'.*?Used (\d+) registers", report,
                         re.DOTALL)
    return next(int(registers) for kernel, registers in kernels if kernel.endswith("main_kernel"))


def check(options, name, dtype, arch):
    """What is wrong with a layer, line by line."""
    path = os.path.join(options.dir, f"{name}-{dtype}-{arch}")
    with open(path + ".mlir", "w") as file:
        file.write(module(LAYERS[name], dtype))
    ptx = compile_to_ptx(options, path + ".mlir", arch)
    with open(path + ".ptx", "w") as file:
        file.write(ptx)
    report = subprocess.run([options.ptxas, f"-arch={arch}", "-v", path + ".ptx", "-o", path + ".cubin"],
                            check=True, capture_output=True, text=True).stderr
    spills = re.findall(r"(\d+) bytes spill stores, (\d+) bytes spill loads", report)
    registers = re.findall(r"Used (\d+) registers", report)
    counts = {op: len(re.findall(op, ptx)) for op in
              ("mma.sync.aligned.m16n8k16", "ldmatrix.sync", "cp.async.cg", "st.global.*v4")}
    print(f"{name} {dtype} {arch}: registers {registers}, {counts}")
    if not spills or any(pair != ("0", "0") for pair in spills):
        yield f"spills {spills}"
    yield from check_occupancy(options, path + ".mlir", arch, find_registers(report))
    tensor_cores = dtype == "f16" and name != "depthwise"
    if tensor_cores != (counts["mma.sync.aligned.m16n8k16"] > 0 and counts["ldmatrix.sync"] > 0):
        yield "expected tensor cores for f16 and no others"
    if name not in ("depthwise", "fcn8s") and counts["cp.async.cg"] == 0:
        yield "expected copies of 16 bytes"
    if options.disassembler:
        yield from check_machine_code(options.disassembler, path + ".cubin", tensor_cores)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--tool", "--ptxas", "--dir"):
        parser.add_argument(name, required=True)
    parser.add_argument("--arch", nargs="*", default=["sm_80", "sm_90"])
    options = parser.parse_args()
    options.disassembler = find_disassembler()
    if not options.disassembler:
        print("skipped: machine code, for which there is no nvdisasm")
    os.makedirs(options.dir, exist_ok=True)
    failed = 0
    for arch in options.arch:
        for name in LAYERS:
            for dtype in ("f16", "f32"):
                for problem in check(options, name, dtype, arch):
                    print(f"error: {name} {dtype} {arch}: {problem}")
                    failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
