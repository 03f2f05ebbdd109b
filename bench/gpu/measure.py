"""What a run on a GPU does: micro-tests, correctness against PyTorch, and times."""

import time

import torch

from device import tensors
from layers import Layer

DTYPES = {"f16": torch.float16, "bf16": torch.bfloat16, "tf32": torch.float32,
          "f32": torch.float32, "f64": torch.float64}
# Rounding errors of the result, and of the factors, relative to the sum of all |x*w|.
TOLERANCE = {"f16": 2e-3, "bf16": 1.6e-2, "tf32": 2e-3, "f32": 2e-6, "f64": 1e-13}
CACHE_BYTES = 128 << 20  # more than any second cache


def describe_machine():
    properties = torch.cuda.get_device_properties(0)
    return (f"{properties.multi_processor_count} SMs, PyTorch {torch.__version__}, "
            f"CUDA {torch.version.cuda}, cuDNN {torch.backends.cudnn.version()}")


def restore_layer(fields):
    layer = Layer.__new__(Layer)
    layer.__dict__.update(fields)
    return layer


def read_npy(path):
    """A .npy file of 32-bit integers."""
    data = path.read_bytes()
    start = 10 + int.from_bytes(data[8:10], "little")
    return torch.frombuffer(bytearray(data[start:]), dtype=torch.int32).cuda()


def transposed_convolution(layer, x, w, bias):
    function = [torch.nn.functional.conv_transpose1d, torch.nn.functional.conv_transpose2d,
                torch.nn.functional.conv_transpose3d][len(layer.i) - 1]
    return function(x, w, bias, layer.s, layer.p, layer.op, layer.g, layer.d)


def channels_first(tensor):
    """A view of [N, I..., C] as PyTorch indexes it."""
    return tensor.movedim(-1, 1)


class Case:
    """A layer in a type and a layout, with its numbers on the GPU."""

    def __init__(self, entry, copies=1):
        self.layer, self.kind = restore_layer(entry["layer"]), entry["type"]
        self.last = entry["channels_last"]
        self.dtype = DTYPES[self.kind]
        generator = torch.Generator(device="cuda").manual_seed(0)

        def random(shape):
            return torch.randn(shape, generator=generator, device="cuda").to(self.dtype)
        layer = self.layer
        self.w = random(layer.shape_w())
        self.bias = random([layer.co]) if layer.bias else None
        self.xs = [random(layer.shape_x(self.last)) for _ in range(copies)]
        self.ys = [torch.full(layer.shape_y(self.last), float("nan"), dtype=self.dtype,
                              device="cuda") for _ in range(copies)]

    def inputs(self, copy):
        rest = [self.w] if self.bias is None else [self.w, self.bias]
        return tensors([self.xs[copy], *rest])

    def torch_input(self, copy):
        return channels_first(self.xs[copy]) if self.last else self.xs[copy]

    def error(self):
        """The largest error of a result, relative to the sum of the absolute values that it is
        the sum of; infinite for nan."""
        double = [self.torch_input(0).double(), self.w.double()]
        bias = None if self.bias is None else self.bias.double()
        expected = transposed_convolution(self.layer, *double, bias)
        size = transposed_convolution(self.layer, *(value.abs() for value in double),
                                      None if bias is None else bias.abs())
        result = channels_first(self.ys[0]) if self.last else self.ys[0]
        error = ((result.double() - expected).abs() / size.clamp(min=1e-30)).max().item()
        return error if error == error else float("inf")


def seconds_of(run, synchronize, budget):
    """The time of a run, started many times in a row: the median of five such rows."""
    run(0)
    synchronize()
    start = time.perf_counter()
    for number in range(3):
        run(number)
    synchronize()
    once = max((time.perf_counter() - start) / 3, 1e-6)
    count = max(int(budget / 5 / once), 5)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        for number in range(count):
            run(number)
        synchronize()
        times.append((time.perf_counter() - start) / count)
    return sorted(times)[2]


def runs_on(arch, device):
    """Whether a GPU, 90 for sm_90, has an architecture: sm_80 or later, or exactly sm_90a."""
    number = int(arch.removeprefix("sm_").removesuffix("a"))
    return number == device if arch.endswith("a") else number <= device


def find_estimate(estimates):
    """That of the newest architecture whose code this GPU runs; none if the fast tier has none."""
    major, minor = torch.cuda.get_device_capability()
    archs = [arch for arch in estimates if runs_on(arch, 10 * major + minor)]
    newest = max(archs, key=lambda arch: (int(arch.removeprefix("sm_").removesuffix("a")), arch),
                 default=None)
    return estimates.get(newest)


def describe_estimate(row):
    """The kernel that was chosen, and how long the cost model expected it to take."""
    if not row["estimate"]:
        return ""
    return f"  {row['estimate']['kernel']}, estimated {row['estimate']['us']:.1f} us"


class Bench:
    def __init__(self, device, folder, budget):
        self.device, self.folder, self.budget = device, folder, budget

    def run_micro_tests(self, entries):
        failed = 0
        major, minor = torch.cuda.get_device_capability()
        for entry in entries:
            if entry["arch"] and not runs_on(entry["arch"], 10 * major + minor):
                print(f"SKIP micro-test {entry['name']}: needs {entry['arch']}")
                continue
            program = self.device.load(self.folder / entry["program"])
            x, expected = (read_npy(self.folder / entry[part]) for part in ("input", "expected"))
            y = torch.zeros_like(expected)
            torch.cuda.synchronize()
            program.run(tensors([x]), tensors([y]))
            self.device.synchronize()
            wrong = int((y != expected).sum())
            failed += wrong > 0
            print(f"{'FAIL' if wrong else 'PASS'} micro-test {entry['name']}"
                  + (f": {wrong} of {len(y)} words differ" if wrong else ""))
            program.free()
        return failed

    def start(self, entry, copies=1):
        """The case and its program, run once on its first copy, with the error."""
        case, program = Case(entry, copies), self.device.load(self.folder / entry["program"])
        torch.cuda.synchronize()
        program.pack(case.inputs(0))
        program.run(case.inputs(0), tensors([case.ys[0]]))
        self.device.synchronize()
        return case, program, case.error()

    def run_edges(self, entries):
        failed = 0
        for entry in entries:
            case, program, error = self.start(entry)
            if error > TOLERANCE[case.kind]:
                failed += 1
                print(f"FAIL {entry['program']}: error {error:.3g}, allowed "
                      f"{TOLERANCE[case.kind]:.3g}")
            program.free()
        print(f"{len(entries) - failed} of {len(entries)} layers at edges are right")
        return failed

    def time_layers(self, entries):
        print(f"{'layer':32} type layout {'tconv us':>10} {'cold us':>9} {'cuDNN us':>10} {'ratio':>6} "
              f"{'TFLOP/s':>8} {'GB/s':>6}")
        return [self.time_layer(entry) for entry in entries]

    def time_layer(self, entry):
        layer = restore_layer(entry["layer"])
        total = layer.bytes(DTYPES[entry["type"]].itemsize)
        copies = max(min(CACHE_BYTES // total + 1, 16), 2)
        case, program, error = self.start(entry, copies)
        arguments = [(case.inputs(copy), tensors([case.ys[copy]])) for copy in range(copies)]
        warm = seconds_of(lambda number: program.run(*arguments[0]), self.device.synchronize,
                          self.budget)
        cold = seconds_of(lambda number: program.run(*arguments[number % copies]),
                          self.device.synchronize, self.budget)
        peer = self.time_torch(case)
        program.free()
        row = {"layer": layer.name, "type": case.kind,
               "layout": "channels_last" if case.last else "channels_first",
               "error": error, "correct": error <= TOLERANCE[case.kind],
               "us": warm * 1e6, "cold_us": cold * 1e6, "cudnn_us": peer * 1e6,
               "ratio": peer / warm, "tflops": 2e-12 * layer.multiply_adds() / warm,
               "gbytes": 1e-9 * total / warm, "estimate": find_estimate(entry["estimates"])}
        print(f"{row['layer']:32} {case.kind:4} {row['layout'][9:]:6} {row['us']:10.1f} "
              f"{row['cold_us']:9.1f} {row['cudnn_us']:10.1f} {row['ratio']:6.2f} {row['tflops']:8.1f} "
              f"{row['gbytes']:6.0f}" + ("" if row["correct"] else f"  WRONG: {error:.3g}")
              + describe_estimate(row), flush=True)
        return row

    def time_torch(self, case):
        """cuDNN's time for the same layer, by its fastest algorithm."""
        torch.backends.cudnn.benchmark = True
        allowed = case.kind == "tf32"
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = allowed
        w = case.w
        if case.last and w.dim() > 3:
            formats = {4: torch.channels_last, 5: torch.channels_last_3d}
            w = w.to(memory_format=formats[w.dim()])
        x = case.torch_input(0)
        with torch.inference_mode():
            return seconds_of(lambda number: transposed_convolution(case.layer, x, w, case.bias),
                              torch.cuda.synchronize, self.budget)
