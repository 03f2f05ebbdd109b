"""Micro-tests of what the emulator models: modules whose results the emulator computes, and a GPU
must compute bit for bit. Each is one warp that does one thing."""

import random
import struct

HEAD = """module attributes {{gpu.container_module}} {{
  func.func @main(%x: memref<{words}xi32>) -> memref<{results}xi32> {{
    %one = arith.constant 1 : index
    %warp = arith.constant 32 : index
    %y = memref.alloc() : memref<{results}xi32>
    %from = memref.extract_aligned_pointer_as_index %x : memref<{words}xi32> -> index
    %to = memref.extract_aligned_pointer_as_index %y : memref<{results}xi32> -> index
    %a = arith.index_cast %from : index to i64
    %b = arith.index_cast %to : index to i64
    gpu.launch_func @code::@test blocks in (%one, %one, %one) threads in (%warp, %one, %one)
        args(%a : i64, %b : i64)
    return %y : memref<{results}xi32>
  }}
  gpu.module @code {{
    llvm.mlir.global internal @tile() {{addr_space = 3 : i32, alignment = 128 : i64}} : !llvm.array<1024 x i32>
    llvm.func @test(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {{gpu.kernel, nvvm.kernel}} {{
      %lane = nvvm.read.ptx.sreg.laneid : i32
      %tile = llvm.mlir.addressof @tile : !llvm.ptr<3>
"""
TAIL = """      llvm.return
    }
  }
}
"""


def module(words, results, body):
    return HEAD.format(words=words, results=results) + body + TAIL


def constant(name, value):
    return f"      %{name} = llvm.mlir.constant({value} : i32) : i32\n"


def load_words(name, count, first):
    """`count` words of each lane, those of a lane side by side from word `first` on."""
    text = constant(f"{name}_n", count) + constant(f"{name}_first", first)
    text += f"      %{name}_m = llvm.mul %lane, %{name}_n : i32\n"
    text += f"      %{name}_o = llvm.add %{name}_m, %{name}_first : i32\n"
    for word in range(count):
        text += constant(f"{name}_k{word}", word)
        text += (f"      %{name}_i{word} = llvm.add %{name}_o, %{name}_k{word} : i32\n"
                 f"      %{name}_p{word} = llvm.getelementptr %x[%{name}_i{word}] : "
                 "(!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32\n"
                 f"      %{name}{word} = llvm.load %{name}_p{word} : !llvm.ptr<1> -> i32\n")
    return text


def store_result(value, kind):
    return (f"      %out = llvm.getelementptr %y[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, {kind}\n"
            f"      llvm.store %{value}, %out {{alignment = 4 : i64}} : {kind}, !llvm.ptr<1>\n")


def cast(name, count, kind):
    """The words of a lane as operands of another type of 32 bits."""
    if kind == "i32":
        return "", [f"%{name}{word}" for word in range(count)]
    text = "".join(f"      %{name}c{word} = llvm.bitcast %{name}{word} : i32 to {kind}\n"
                   for word in range(count))
    return text, [f"%{name}c{word}" for word in range(count)]


# element, words of a, of b, k, type of operands, type of sums, attributes of the op
PRODUCTS = {
    "mma_f16": (4, 2, 16, "vector<2xf16>", "f32", ""),
    "mma_bf16": (4, 2, 16, "i32", "f32",
                 "multiplicandAPtxType = #nvvm.mma_type<bf16>, "
                 "multiplicandBPtxType = #nvvm.mma_type<bf16>, "),
    "mma_tf32": (4, 2, 8, "i32", "f32",
                 "multiplicandAPtxType = #nvvm.mma_type<tf32>, "
                 "multiplicandBPtxType = #nvvm.mma_type<tf32>, "),
    "mma_s8": (4, 2, 32, "i32", "i32",
               "intOverflowBehavior = #nvvm.mma_int_overflow<wrapped>, "
               "multiplicandAPtxType = #nvvm.mma_type<s8>, "
               "multiplicandBPtxType = #nvvm.mma_type<s8>, "),
}


def product(name):
    """Which element of which matrix a lane's registers hold, and how sums round."""
    a_words, b_words, k, operand, total, attributes = PRODUCTS[name]
    text = load_words("a", a_words, 0) + load_words("b", b_words, 32 * a_words)
    a_text, a_values = cast("a", a_words, operand)
    b_text, b_values = cast("b", b_words, operand)
    result = f"!llvm.struct<({', '.join([total] * 4)})>"
    text += a_text + b_text + f"      %zero = llvm.mlir.constant(0 : {total}) : {total}\n".replace(
        "(0 : f32)", "(0.0 : f32)")
    text += (f"      %r = nvvm.mma.sync A[{', '.join(a_values)}] B[{', '.join(b_values)}] "
             "C[%zero, %zero, %zero, %zero] {layoutA = #nvvm.mma_layout<row>, "
             f"layoutB = #nvvm.mma_layout<col>, {attributes}"
             f"shape = #nvvm.shape<m = 16, n = 8, k = {k}>}} : "
             f"({operand}, {operand}, {total}) -> {result}\n")
    words = 32 * (a_words + b_words)
    return module(words, 128, text + store_result("r", result)), words


def matrices(layout):
    """Which 16-bit element ldmatrix gives which lane."""
    kind = "!llvm.struct<(i32, i32, i32, i32)>"
    text = load_words("a", 4, 0)
    text += constant("four", 4) + "      %at = llvm.mul %lane, %four : i32\n"
    for word in range(4):
        text += (f"      %to{word} = llvm.add %at, %a_k{word} : i32\n"
                 f"      %s{word} = llvm.getelementptr %tile[%to{word}] : "
                 "(!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32\n"
                 f"      llvm.store %a{word}, %s{word} : i32, !llvm.ptr<3>\n")
    text += ("      nvvm.barrier0\n"
             f"      %m = nvvm.ldmatrix %s0 {{num = 4 : i32, layout = #nvvm.mma_layout<{layout}>, "
             "shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>, "
             f"eltType = #nvvm.ld_st_matrix_elt_type<b16>}} : (!llvm.ptr<3>) -> {kind}\n")
    return module(128, 128, text + store_result("m", kind)), 128


def copies(size):
    """cp.async of `size` bytes of which a lane-dependent part exists: the rest is zero."""
    kind = "i32" if size == 4 else f"vector<{size // 4}xi32>"
    cache = "cg" if size == 16 else "ca"
    text = constant("mask", size) + constant("step", size)
    text += (f"      %bytes = llvm.urem %lane, %mask : i32\n"
             "      %offset = llvm.mul %lane, %step : i32\n"
             "      %from = llvm.getelementptr %x[%offset] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i8\n"
             "      %to = llvm.getelementptr %tile[%offset] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8\n"
             f"      nvvm.cp.async.shared.global %to, %from, {size}, cache = {cache}, %bytes : "
             "!llvm.ptr<3>, !llvm.ptr<1>, i32\n"
             "      nvvm.cp.async.commit.group\n      nvvm.cp.async.wait.group 0\n"
             "      nvvm.barrier0\n"
             f"      %r = llvm.load %to : !llvm.ptr<3> -> {kind}\n")
    return module(8 * size, 8 * size, text + store_result("r", kind)), 8 * size


def random_words(name, count, generator):
    """Numbers whose products and sums are exact where the order of additions is not defined."""
    small = {"mma_f16": ("<e", 2), "mma_tf32": ("<f", 4)}
    data = b""
    while len(data) < 4 * count:
        value = generator.randrange(-8, 9)
        if name == "mma_bf16":
            data += struct.pack("<f", value)[2:]
        elif name in small:
            data += struct.pack(small[name][0], value)
        elif name == "mma_s8":
            data += struct.pack("<b", generator.randrange(-128, 128))
        else:
            data += struct.pack("<I", generator.getrandbits(32))
    return struct.unpack(f"<{count}i", data[:4 * count])


def tests():
    """Triples of a name, a module of one function from words to words, and input words."""
    generator = random.Random(0)
    modules = {name: product(name) for name in PRODUCTS}
    modules |= {"ldmatrix": matrices("row"), "ldmatrix_trans": matrices("col")}
    modules |= {f"cp_async_{size}": copies(size) for size in (4, 8, 16)}
    for name, (text, words) in modules.items():
        yield name, text, random_words(name, words, generator)
