"""Ops on the elements of tensors, with what numpy has for them: x and y are 3x4 arrays."""

# Inputs of the ops of each group, and the text around an op: {op} is its name, {t} its type.
PLAIN = "%r = {op} {operands} : {t}"
NAMED = ("%e = tensor.empty() : {t}\n  %r = {op} ins({operands} : {types}) outs(%e : {t}) -> {t}")
SCALARS = ("%five = index.constant 5\n  %two = index.constant 2\n  %n = {op} %five, %two\n"
           "  %i = arith.index_cast %n : index to i64\n"
           "  %r = tensor.from_elements %i : tensor<1xi64>")
COMPLEX = """%e = tensor.empty() : {t}
  %r = linalg.map ins(%a, %b : {t}, {t}) outs(%e : {t}) (%x: f32, %y: f32, %old: f32) {{
    %c = complex.create %x, %y : complex<f32>
    %v = {op} {operands} : complex<f32>
    %re = complex.re %v : complex<f32>
    %im = complex.im %v : complex<f32>
    %q = arith.addf %re, %im : f32
    linalg.yield %q : f32
  }}"""

# group: (element type, number of operands, text, {op: expression})
GROUPS = {
    "any": ("f32", 1, PLAIN, {
        "math.absf": "abs(x)", "math.ceil": "ceil(x)", "math.cos": "cos(x)", "math.exp": "exp(x)",
        "math.exp2": "exp2(x)", "math.expm1": "expm1(x)", "math.floor": "floor(x)",
        "math.sin": "sin(x)", "math.tan": "tan(x)", "math.tanh": "tanh(x)", "math.sinh": "sinh(x)",
        "math.cosh": "cosh(x)", "math.atan": "arctan(x)", "math.asinh": "arcsinh(x)",
        "math.cbrt": "cbrt(x)", "math.roundeven": "round(x)", "math.trunc": "trunc(x)",
        "math.round": "sign(x) * floor(abs(x) + 0.5)", "arith.negf": "-x",
        "math.erf": "vectorize(math.erf)(x)", "math.erfc": "vectorize(math.erfc)(x)",
    }),
    "positive": ("f32", 1, PLAIN, {
        "math.log": "log(x)", "math.log2": "log2(x)", "math.log10": "log10(x)",
        "math.log1p": "log1p(x)", "math.rsqrt": "1 / sqrt(x)", "math.sqrt": "sqrt(x)",
        "math.acosh": "arccosh(x)",
    }),
    "fraction": ("f32", 1, PLAIN, {
        "math.acos": "arccos(x)", "math.asin": "arcsin(x)", "math.atanh": "arctanh(x)",
    }),
    "pair": ("f32", 2, PLAIN, {
        "math.atan2": "arctan2(x, y)", "math.copysign": "copysign(x, y)",
        "math.powf": "power(x, y)", "arith.addf": "x + y", "arith.subf": "x - y",
        "arith.mulf": "x * y", "arith.divf": "x / y", "arith.maximumf": "maximum(x, y)",
        "arith.minimumf": "minimum(x, y)", "arith.maxnumf": "fmax(x, y)",
        "arith.minnumf": "fmin(x, y)", "arith.remf": "fmod(x, y)",
    }),
    "integer": ("i32", 1, PLAIN, {
        "math.absi": "abs(x)", "math.ctpop": "vectorize(lambda n: bin(n).count('1'))(x)",
        "math.ctlz": "vectorize(lambda n: 32 - int(n).bit_length())(x)",
        "math.cttz": "vectorize(lambda n: (int(n) & -int(n)).bit_length() - 1)(x)",
    }),
    "integers": ("i32", 2, PLAIN, {
        "arith.addi": "x + y", "arith.subi": "x - y", "arith.muli": "x * y", "arith.divsi": "x // y",
        "arith.divui": "x // y", "arith.remsi": "x % y", "arith.remui": "x % y",
        "arith.ceildivsi": "-(-x // y)", "arith.ceildivui": "-(-x // y)",
        "arith.floordivsi": "x // y", "arith.maxsi": "maximum(x, y)", "arith.minsi": "minimum(x, y)",
        "arith.maxui": "maximum(x, y)", "arith.minui": "minimum(x, y)", "arith.andi": "x & y",
        "arith.ori": "x | y", "arith.xori": "x ^ y", "arith.shli": "x << y", "arith.shrsi": "x >> y",
        "arith.shrui": "x >> y", "math.ipowi": "x ** y",
    }),
    "named": ("f32", 1, NAMED, {
        "linalg.abs": "abs(x)", "linalg.ceil": "ceil(x)", "linalg.floor": "floor(x)",
        "linalg.exp": "exp(x)", "linalg.negf": "-x", "linalg.square": "x * x",
        "linalg.tanh": "tanh(x)", "linalg.round": "sign(x) * floor(abs(x) + 0.5)",
        "linalg.erf": "vectorize(math.erf)(x)",
    }),
    "named_positive": ("f32", 1, NAMED, {
        "linalg.log": "log(x)", "linalg.reciprocal": "1 / x", "linalg.rsqrt": "1 / sqrt(x)",
        "linalg.sqrt": "sqrt(x)",
    }),
    "named_pair": ("f32", 2, NAMED, {
        "linalg.add": "x + y", "linalg.sub": "x - y", "linalg.mul": "x * y", "linalg.div": "x / y",
        "linalg.max": "maximum(x, y)", "linalg.min": "minimum(x, y)", "linalg.powf": "power(x, y)",
    }),
    "complex": ("f32", 2, COMPLEX, {
        "complex.exp": "exp(c)", "complex.log": "log(c)", "complex.sqrt": "sqrt(c)",
        "complex.sin": "sin(c)", "complex.cos": "cos(c)", "complex.tan": "tan(c)",
        "complex.tanh": "tanh(c)", "complex.neg": "-c", "complex.conj": "conj(c)",
        "complex.expm1": "expm1(c)", "complex.log1p": "log1p(c)", "complex.sign": "c / abs(c)",
        "complex.rsqrt": "1 / sqrt(c)", "complex.add": "c + c", "complex.sub": "c - c",
        "complex.mul": "c * c", "complex.div": "c / c", "complex.pow": "power(c, c)",
    }),
    "index": ("i64", 0, SCALARS, {
        "index.add": "7", "index.sub": "3", "index.mul": "10", "index.divs": "2", "index.divu": "2",
        "index.ceildivs": "3", "index.ceildivu": "3", "index.floordivs": "2", "index.rems": "1",
        "index.remu": "1", "index.maxs": "5", "index.maxu": "5", "index.mins": "2",
        "index.minu": "2", "index.shl": "20", "index.shrs": "1", "index.shru": "1",
        "index.and": "0", "index.or": "7", "index.xor": "7",
    }),
}
TWICE = {"complex.add", "complex.sub", "complex.mul", "complex.div", "complex.pow"}
# Of groups whose first operand is not the usual one.
INPUTS = {
    "any": "(numpy.arange(12).reshape(3, 4) - 5) * 0.5",
    "named": "(numpy.arange(12).reshape(3, 4) - 5) * 0.5",
    "fraction": "(numpy.arange(12).reshape(3, 4) - 5) / 16",
    "integers": "numpy.arange(12).reshape(3, 4) % 5 + 1",
}
# What an error says of an op that GPUs do not take.
ON_GPUS = {"math.ipowi": "got 'math.ipowi'"}
