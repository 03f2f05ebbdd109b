"""Threads, forks, signals and the GIL."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy
import pytest
import tconv


def layer_and_input(size=16):
    random = numpy.random.default_rng(0)
    w = random.standard_normal((8, 8, 4, 4), "f4")
    layer = tconv.compile(f"n1 ci8 co8 i{size} k4x4 s2 p1", w)
    return layer, random.standard_normal((1, 8, size, size), "f4")


def test_runs_from_several_threads():
    layer, x = layer_and_input()
    expected, wrong = layer(x), []

    def work():
        for _ in range(200):
            if not numpy.array_equal(layer(x), expected):
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_compiles_from_several_threads():
    results = {}

    def work(number):
        results[number] = tconv.compile(f"n1 ci2 co2 i{number + 3} k4 s2 p1").results[0].shape

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: (1, 2, 2 * (number + 3)) for number in range(4)}


def test_survives_a_fork():
    layer, x = layer_and_input()
    expected = layer(x)
    child = os.fork()
    if child == 0:
        good = numpy.array_equal(layer(x), expected)
        good = good and tconv.compile("n1 ci1 co1 i7 k3 s2").results[0].shape == (1, 1, 15)
        os._exit(0 if good else 1)
    for _ in range(600):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.1)
    else:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        pytest.fail("the child hangs")
    assert status == 0
    assert numpy.array_equal(layer(x), expected)


LONG = """
import numpy, signal, sys, tconv, threading, time, os
layer = tconv.compile("n8 ci64 co64 i256x256 k4x4 s2 p1", numpy.ones((64, 64, 4, 4), "f4"), threads=1)
x = numpy.ones((8, 64, 256, 256), "f4")
"""


def run(code):
    return subprocess.run(
        [sys.executable, "-c", LONG + code], capture_output=True, text=True, timeout=240
    )


def test_ctrl_c_ends_a_long_run():
    done = run("""
threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
start = time.perf_counter()
try:
    for _ in range(100):
        layer(x)
except KeyboardInterrupt:
    print("interrupted", time.perf_counter() - start < 3)
del x, layer
""")
    assert (done.returncode, done.stdout) == (0, "interrupted True\n"), done.stderr


def test_ctrl_c_ends_a_compilation():
    done = run("""
module = tconv.compile("i4 k4").module
body = "\\n".join(f"  %y{i} = arith.addf %x, %x : tensor<1x1x{i+1}xf32>" for i in range(0))
threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
start = time.perf_counter()
try:
    for size in range(3, 3000):
        tconv.compile(f"n1 ci32 co32 i{size}x{size} k5x5 s3 p1", cache=False)
except KeyboardInterrupt:
    print("interrupted", time.perf_counter() - start < 3)
""")
    assert (done.returncode, done.stdout) == (0, "interrupted True\n"), done.stderr


def test_computes_without_the_gil():
    done = run("""
layer(x)
ticks, stop = [], threading.Event()
def tick():
    while not stop.is_set():
        ticks.append(time.perf_counter())
        time.sleep(0.005)
thread = threading.Thread(target=tick)
thread.start()
start = time.perf_counter()
layer(x)
end = time.perf_counter()
stop.set()
thread.join()
longest = max(b - a for a, b in zip([start, *ticks], [*ticks, end]))
print(end - start > 0.1, longest < (end - start) / 2)
""")
    assert (done.returncode, done.stdout) == (0, "True True\n"), done.stderr
