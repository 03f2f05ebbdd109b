"""The C interface of the small runtime (include/tconv-c/Device.h), for Python."""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_size_t, c_uint64, c_void_p

MAX_RANK = 64
UNSUPPORTED = 77


class Unsupported(Exception):
    """There is no driver, no GPU, or no code for it."""


class Tensor(ctypes.Structure):
    _fields_ = [("address", c_uint64), ("rank", c_int), ("shape", c_int64 * MAX_RANK)]


class Device:
    """A GPU that programs run on."""

    def __init__(self, path):
        self.functions = ctypes.CDLL(path)
        self.functions.tconvGetError.restype = c_char_p
        self.functions.tconvDeviceGetName.restype = c_char_p
        self.handle = c_void_p()
        self.call("tconvDeviceOpen", 0, byref(self.handle))

    def call(self, function, *arguments):
        status = getattr(self.functions, function)(*arguments)
        if status:
            message = self.functions.tconvGetError().decode()
            raise (Unsupported if status == UNSUPPORTED else RuntimeError)(message)

    def name(self):
        return self.functions.tconvDeviceGetName(self.handle).decode()

    def synchronize(self):
        self.call("tconvDeviceSynchronize", self.handle)

    def load(self, path):
        return Program(self, path)


class Program:
    """A .tcgpu file, loaded."""

    def __init__(self, device, path):
        self.device = device
        self.handle = c_void_p()
        device.call("tconvProgramLoadFile", device.handle, str(path).encode(), byref(self.handle))

    def pack(self, inputs):
        self.device.call("tconvProgramPack", self.handle, inputs)

    def run(self, inputs, results):
        self.device.call("tconvProgramRun", self.handle, inputs, results)

    def free(self):
        self.device.functions.tconvProgramFree(self.handle)


def tensors(arrays):
    """PyTorch tensors on the GPU, contiguous, as the C interface takes them."""
    converted = (Tensor * len(arrays))()
    for tensor, array in zip(converted, arrays):
        tensor.address, tensor.rank = array.data_ptr(), array.dim()
        for dim, size in enumerate(array.shape):
            tensor.shape[dim] = size
    return converted
