"""Micro-tests of the tensor memory accelerator, as those of conformance.py, for sm_90 and later: boxes of
a tensor and columns of its pixels, copied to a tile and from one."""

import random

from conformance import TAIL, constant

MAPS_HEAD = """module attributes {{gpu.container_module}} {{
  llvm.func @mgpuTensorMapEncodeTiledMemref(i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr) -> !llvm.ptr
  llvm.func @mgpuTensorMapEncodeIm2colMemref(i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr, !llvm.ptr, i64, i64) -> !llvm.ptr
  func.func @main(%x: memref<{words}xi32>) -> memref<{results}xi32> {{
    %one = arith.constant 1 : index
    %warp = arith.constant 32 : index
{constants}
    %from = memref.extract_aligned_pointer_as_index %x : memref<{words}xi32> -> index
    %a = arith.index_cast %from : index to i64
    %y = memref.alloc() : memref<{results}xi32>
    %to = memref.extract_aligned_pointer_as_index %y : memref<{results}xi32> -> index
    %b = arith.index_cast %to : index to i64
{maps}
    gpu.launch_func @code::@test blocks in (%one, %one, %one) threads in (%warp, %one, %one)
        args(%map : !llvm.ptr, %a : i64, %b : i64)
    return %y : memref<{results}xi32>
  }}
  gpu.module @code {{
    llvm.mlir.global internal @tile() {{addr_space = 3 : i32, alignment = 1024 : i64}} : !llvm.array<{tile} x i32>
    llvm.mlir.global internal @full() {{addr_space = 3 : i32, alignment = 8 : i64}} : i64
    llvm.func @test(%map: !llvm.ptr {{llvm.byval = !llvm.array<16 x i64>, llvm.align = 64 : i64, nvvm.grid_constant}}, %x: !llvm.ptr<1>, %y: !llvm.ptr<1>)
        attributes {{gpu.kernel, nvvm.kernel}} {{
      %lane = nvvm.read.ptx.sreg.laneid : i32
      %tile = llvm.mlir.addressof @tile : !llvm.ptr<3>
      %full = llvm.mlir.addressof @full : !llvm.ptr<3>
"""


def numbers(name, values):
    """A local variable of the function that holds constants of 64 bits."""
    text = f"    %{name} = llvm.alloca %k{len(values)} x i64 : (i64) -> !llvm.ptr\n"
    for index, value in enumerate(values):
        text += (f"    %{name}{index} = llvm.getelementptr %{name}[{index}] : (!llvm.ptr) -> !llvm.ptr, i64\n"
                 f"    llvm.store %k{value}, %{name}{index} : i64, !llvm.ptr\n")
    return text.replace("%k-", "%km")


# The tensor of the micro-tests of boxes: images, height, width, channels.
TENSOR = (2, 5, 6, 32)


def tensor_map(mode, memory, swizzle, box=(), lower=(), upper=(), column=()):
    """Makes %map, of x or y."""
    pointer = "a" if memory == "x" else "b"
    descriptor = "!llvm.struct<(ptr, ptr, i64, array<4 x i64>, array<4 x i64>)>"
    text = (f"    %p = llvm.inttoptr %{pointer} : i64 to !llvm.ptr\n"
            f"    %d0 = llvm.mlir.undef : {descriptor}\n"
            f"    %d1 = llvm.insertvalue %p, %d0[0] : {descriptor}\n"
            f"    %d2 = llvm.insertvalue %p, %d1[1] : {descriptor}\n"
            f"    %d3 = llvm.insertvalue %k0, %d2[2] : {descriptor}\n")
    stride, at = 1, 3
    for dim in reversed(range(4)):
        text += (f"    %d{at + 1} = llvm.insertvalue %k{TENSOR[dim]}, %d{at}[3, {dim}] : {descriptor}\n"
                 f"    %d{at + 2} = llvm.insertvalue %k{stride}, %d{at + 1}[4, {dim}] : {descriptor}\n")
        stride, at = stride * TENSOR[dim], at + 2
    text += (f"    %tensor = llvm.alloca %k1 x {descriptor} : (i64) -> !llvm.ptr\n"
             f"    llvm.store %d{at}, %tensor : {descriptor}, !llvm.ptr\n")
    options = f"%k7, %k0, %k{swizzle}, %k0, %k0"
    types = "i64, !llvm.ptr, i64, i64, i64, i64, i64, !llvm.ptr"
    if mode == "tile":
        return text + numbers("box", box) + (
            f"    %map = llvm.call @mgpuTensorMapEncodeTiledMemref(%k4, %tensor, {options}, %box)\n"
            f"        : ({types}) -> !llvm.ptr\n")
    return text + numbers("lower", lower) + numbers("upper", upper) + (
        f"    %map = llvm.call @mgpuTensorMapEncodeIm2colMemref(%k4, %tensor, {options}, %lower, %upper, "
        f"%k{column[0]}, %k{column[1]})\n        : ({types}, !llvm.ptr, i64, i64) -> !llvm.ptr\n")


def lane_loop(name, words, body):
    """`body` for each word of a tile, at %NAMEi, whose number is a multiple of 32."""
    text = ""
    for first in range(0, words, 32):
        text += constant(f"{name}f{first}", first)
        text += f"      %{name}i{first} = llvm.add %lane, %{name}f{first} : i32\n"
        text += body.replace("@", str(first))
    return text


def boxes(store, mode, swizzle, coordinates, offsets=(), **shape):
    """A box or a column of pixels, copied from x to a tile and the tile to y, or from x to a tile and
    that to a box of y, whose other words are zeros."""
    tensor = TENSOR[0] * TENSOR[1] * TENSOR[2] * TENSOR[3]
    tile = 1
    for size in shape.get("box") or shape["column"]:
        tile *= size
    words, results = (tile, tensor) if store else (tensor, tile)
    values = {0, 1, 2, 3, 4, 7, swizzle, *TENSOR, 192, 960}
    for part in shape.values():
        values |= set(part)
    constants = "\n".join(f"    %k{value} = llvm.mlir.constant({value} : i64) : i64".replace("%k-", "%km")
                          for value in sorted(values))
    text = MAPS_HEAD.format(words=words, results=results, tile=tile, constants=constants,
                            maps=tensor_map(mode, "y" if store else "x", swizzle, **shape))
    for index, value in enumerate(coordinates):
        text += constant(f"c{index}", value)
    for index, value in enumerate(offsets):
        text += f"      %o{index} = llvm.mlir.constant({value} : i16) : i16\n"
    text += constant("zero", 0) + constant("one", 1) + constant("bytes", 4 * tile)
    text += constant("ticks", 10000000) + "      %leads = llvm.icmp \"eq\" %lane, %zero : i32\n"
    at = ("      %{0}p@ = llvm.getelementptr %{1}[%{0}i@] : (!llvm.ptr<{2}>, i32) -> !llvm.ptr<{2}>, i32\n")
    box = ", ".join(f"%c{index}" for index in range(4))
    if store:
        text += lane_loop("z", tensor, at.format("z", "y", 1) +
                          "      llvm.store %zero, %zp@ : i32, !llvm.ptr<1>\n")
        text += lane_loop("s", tile, at.format("s", "x", 1) + at.format("s", "tile", 3).replace("sp", "st") +
                          "      %sv@ = llvm.load %sp@ : !llvm.ptr<1> -> i32\n"
                          "      llvm.store %sv@, %st@ : i32, !llvm.ptr<3>\n")
        im2col = " {mode = #nvvm.tma_store_mode<im2col>}" if mode == "im2col" else ""
        # What threads wrote to y comes first: all accesses through the generic and the async proxy.
        text += ("      nvvm.memory.barrier #nvvm.mem_scope<gpu>\n"
                 "      nvvm.fence.proxy {kind = #nvvm.proxy_kind<async>}\n"
                 "      nvvm.barrier0\n      llvm.cond_br %leads, ^lead, ^end\n    ^lead:\n"
                 f"      nvvm.cp.async.bulk.tensor.global.shared.cta %map, %tile, box[{box}]{im2col} "
                 ": !llvm.ptr, !llvm.ptr<3>\n      nvvm.cp.async.bulk.commit.group\n"
                 "      nvvm.cp.async.bulk.wait_group 0\n      llvm.br ^end\n    ^end:\n")
        return text + TAIL, words
    im2col = (f" im2col[{', '.join(f'%o{i}' for i in range(len(offsets)))}] "
              "{mode = #nvvm.tma_load_mode<im2col>}") if mode == "im2col" else ""
    text += ("      llvm.cond_br %leads, ^lead, ^ready\n    ^lead:\n"
             "      nvvm.mbarrier.init %full, %one : !llvm.ptr<3>, i32\n"
             "      nvvm.fence.mbarrier.init\n"
             "      nvvm.fence.proxy {kind = #nvvm.proxy_kind<async.shared>, space = #nvvm.shared_space<cta>}\n"
             "      nvvm.mbarrier.arrive.expect_tx %full, %bytes : !llvm.ptr<3>, i32\n"
             "      %cluster = llvm.addrspacecast %tile : !llvm.ptr<3> to !llvm.ptr<7>\n"
             f"      nvvm.cp.async.bulk.tensor.shared.cluster.global %cluster, %map, %full, box[{box}]{im2col} "
             ": !llvm.ptr<7>, !llvm.ptr\n      llvm.br ^ready\n    ^ready:\n      nvvm.barrier0\n"
             "      nvvm.mbarrier.try_wait.parity %full, %zero, %ticks : !llvm.ptr<3>, i32, i32\n")
    text += lane_loop("s", tile, at.format("s", "tile", 3) + at.format("s", "y", 1).replace("sp", "st") +
                      "      %sv@ = llvm.load %sp@ : !llvm.ptr<3> -> i32\n"
                      "      llvm.store %sv@, %st@ : i32, !llvm.ptr<1>\n")
    return text + TAIL, words


def tests():
    """As conformance.tests: borders on all sides, each swizzle, corners and offsets."""
    column = {"lower": (-1, -2), "upper": (1, 0), "column": (32, 40)}
    narrow = {"lower": (-1, -2), "upper": (1, 0), "column": (8, 40)}
    modules = {f"tma_tile_{16 << swizzle}": boxes(
        False, "tile", swizzle, (0, -1, 3, 1), box=(1, 4, 4, 4 << swizzle)) for swizzle in range(4)}
    modules["tma_tile_channels"] = boxes(False, "tile", 0, (-4, 2, -1, 0), box=(2, 2, 2, 40))
    modules["tma_im2col"] = boxes(False, "im2col", 3, (0, 3, -1, 0), (0, 0), **column)
    modules["tma_im2col_offsets"] = boxes(False, "im2col", 3, (0, -2, 2, 0), (2, 1), **column)
    modules["tma_im2col_channels"] = boxes(False, "im2col", 1, (28, 0, 0, 1), (1, 3), **narrow)
    # From in front of the outermost dimension on.
    modules["tma_im2col_outermost"] = boxes(False, "im2col", 3, (0, 3, -1, -1), (1, 2), **column)
    modules["tma_store_tile"] = boxes(True, "tile", 3, (0, 4, -1, 1), box=(1, 4, 4, 32))
    modules["tma_store_im2col"] = boxes(True, "im2col", 3, (0, 2, 0, 0), **column)
    generator = random.Random(1)
    for name, (text, words) in modules.items():
        yield name, text, [generator.randrange(-2**31, 2**31) for _ in range(words)]
