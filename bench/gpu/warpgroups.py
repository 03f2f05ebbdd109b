"""Micro-tests of wgmma, for sm_90a: where its operands are in shared memory, for each swizzle."""

import random

from conformance import HEAD, TAIL, constant, random_words

# type of operands, k, type of sums, attribute of registers
TYPES = {"f16": (16, "f32"), "bf16": (16, "f32"), "tf32": (8, "f32"), "s8": (32, "s32")}
# bytes of a swizzle: its number in a descriptor
SWIZZLES = {16: 0, 128: 1, 64: 2, 32: 3}
N = 64
# Operand a, then operand b: 64 by 64 bytes at most in each, and the rest is not used.
B_START = 8192
WORDS = 4096


def descriptor(start, swizzle, size, mn_major, spread):
    """The atoms of eight lines, next to each other first along the dimension that is not major; or
    `spread` atoms apart, where it is not major."""
    lines, atom = (16 if mn_major else size), 8 * swizzle
    major, minor = lines // 8 * atom, atom
    leading, stride = (minor, major) if mn_major and swizzle == 16 else (major, minor)
    stride *= spread
    return start >> 4 | leading >> 4 << 16 | stride >> 4 << 32 | SWIZZLES[swizzle] << 62


def wgmma(kind, swizzle, mn_major, spread=1):
    """A product of 64 by 64 of words of shared memory that threads copy there as they are."""
    k, total = TYPES[kind]
    register = "f32" if total == "f32" else "i32"
    result = f"!llvm.struct<({', '.join([register] * (N // 2))})>"
    layouts = ("col", "row") if mn_major else ("row", "col")
    text = constant("threads", 128) + constant("words", WORDS)
    text += ("      %i = nvvm.read.ptx.sreg.tid.x : i32\n      llvm.br ^copy(%i : i32)\n"
             "    ^copy(%w: i32):\n      %more = llvm.icmp \"ult\" %w, %words : i32\n"
             "      llvm.cond_br %more, ^word, ^multiply\n    ^word:\n"
             "      %pw = llvm.getelementptr %x[%w] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32\n"
             "      %ps = llvm.getelementptr %tile[%w] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32\n"
             "      %v = llvm.load %pw : !llvm.ptr<1> -> i32\n"
             "      llvm.store %v, %ps : i32, !llvm.ptr<3>\n"
             "      %next = llvm.add %w, %threads : i32\n      llvm.br ^copy(%next : i32)\n"
             "    ^multiply:\n      nvvm.fence.proxy {kind = #nvvm.proxy_kind<async.shared>, "
             "space = #nvvm.shared_space<cta>}\n      nvvm.barrier0\n"
             "      %whole = llvm.ptrtoint %tile : !llvm.ptr<3> to i64\n"
             "      %mask = llvm.mlir.constant(0x3ffff : i64) : i64\n"
             "      %four = llvm.mlir.constant(4 : i64) : i64\n"
             "      %address = llvm.and %whole, %mask : i64\n"
             "      %base = llvm.lshr %address, %four : i64\n")
    for name, start, size, apart in (("a", 0, 64, spread), ("b", B_START, N, 1)):
        bits = descriptor(start, swizzle, size, mn_major, apart)
        bits -= (bits >> 63) << 64
        text += (f"      %k{name} = llvm.mlir.constant({bits} : i64) : i64\n"
                 f"      %d{name} = llvm.add %k{name}, %base : i64\n")
    text += (f"      %zero = llvm.mlir.zero : {result}\n      nvvm.wgmma.fence.aligned\n"
             f"      %r = nvvm.wgmma.mma_async %da, %db, %zero, #nvvm.shape<m = 64, n = {N}, k = {k}>, "
             f"D [#nvvm.wgmma_type<{total}>, #nvvm.wgmma_scale_out<zero>], "
             f"A [#nvvm.wgmma_type<{kind}>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<{layouts[0]}>], "
             f"B [#nvvm.wgmma_type<{kind}>, #nvvm.wgmma_scale_in<one>, #nvvm.mma_layout<{layouts[1]}>] : "
             f"{result} -> {result}\n      nvvm.wgmma.commit.group.sync.aligned\n"
             "      nvvm.wgmma.wait.group.sync.aligned 0\n"
             f"      %py = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, {result}\n"
             f"      llvm.store %r, %py : {result}, !llvm.ptr<1>\n")
    head = HEAD.format(words=WORDS, results=64 * N)
    head = head.replace("%warp = arith.constant 32", "%warp = arith.constant 128")
    head = head.replace("alignment = 128 : i64} : !llvm.array<1024 x i32>",
                        f"alignment = 1024 : i64}} : !llvm.array<{WORDS} x i32>")
    return head + text + TAIL


def tests():
    """Triples of a name, a module, and input words, as conformance.tests gives them."""
    generator = random.Random(0)
    for kind in TYPES:
        words = random_words(f"mma_{kind}", WORDS, generator)
        for swizzle in SWIZZLES:
            yield f"wgmma_{kind}_{swizzle}", wgmma(kind, swizzle, False), words
            if kind in ("f16", "bf16"):
                yield f"wgmma_{kind}_{swizzle}_mn", wgmma(kind, swizzle, True), words
    # Rows of two products of 64 that alternate, in groups of eight.
    yield ("wgmma_f16_32_apart", wgmma("f16", 32, False, spread=2),
           random_words("mma_f16", WORDS, generator))
