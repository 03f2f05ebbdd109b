//===- Executable.cpp - Compiled functions, for Python --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Executable.h"

#include "Calls.h"
#include "Options.h"

#include <chrono>
#include <limits>

namespace nb = nanobind;
using namespace tconv::python;

namespace {

/// From here on a run is long enough for somebody to press ctrl-C, and for a thread not to matter.
constexpr int64_t longRunNanoseconds = 50'000'000;

using GetType = int (*)(const TconvExecutable *, int, TconvTensorType *);

std::vector<TensorType> readTypes(const TconvExecutable *code, int number, GetType get) {
  std::vector<TensorType> types;
  for (int index = 0; index < number; ++index) {
    TconvTensorType type;
    check(Outcome::of(get(code, index, &type)));
    types.push_back({type.elementType, {type.shape, type.shape + type.rank}});
  }
  return types;
}

void checkNumber(size_t given, size_t expected, const char *what) {
  if (given != expected)
    raiseInputError("expected " + std::to_string(expected) + " " + what + ", got " +
                    std::to_string(given));
}

/// A tensor at an address, of a type of static sizes.
TconvArray viewAddress(nb::handle address, const TensorType &type) {
  return {reinterpret_cast<void *>(nb::cast<uintptr_t>(address)),
          static_cast<int>(type.shape.size()), const_cast<int64_t *>(type.shape.data())};
}

std::vector<TconvArray> viewAddresses(nb::tuple addresses, const std::vector<TensorType> &types,
                                      const char *what) {
  checkNumber(addresses.size(), types.size(), what);
  std::vector<TconvArray> views;
  views.reserve(types.size());
  for (size_t index = 0; index < types.size(); ++index)
    views.push_back(viewAddress(addresses[index], types[index]));
  return views;
}

int64_t nanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

} // namespace

/// The tensors of one run.
struct Executable::Frame {
  std::vector<TconvArray> inputs, results;
  /// Results of dynamic sizes that nobody has taken yet.
  bool ownsResults = false;
  /// Objects whose memory the views are of.
  std::vector<Array> held;
  nb::object kept;
  /// Sizes that the views point to, if they are not those of types or objects.
  std::vector<std::vector<int64_t>> sizes;

  ~Frame() {
    for (TconvArray &result : results)
      if (ownsResults)
        tconvArrayFree(result.data);
  }
};

Executable::Executable(std::shared_ptr<TconvExecutable> given)
    : state(new State{std::move(given), std::numeric_limits<int64_t>::max()}) {
  inputs = readTypes(code(), tconvExecutableGetNumInputs(code()), tconvExecutableGetInput);
  results = readTypes(code(), tconvExecutableGetNumResults(code()), tconvExecutableGetResult);
  takesResults = tconvExecutableTakesResults(code());
  for (int index = 0; index < static_cast<int>(inputs.size()); ++index)
    if (tconvExecutableIsConstantInput(code(), index))
      constantInputs.push_back(index);
}

std::unique_ptr<Executable> Executable::compile(const std::string &module, nb::dict given) {
  std::shared_ptr<TconvOptions> options = readOptions(given);
  auto compiled = std::make_shared<std::shared_ptr<TconvExecutable>>();
  callInterruptibly([=] {
    TconvExecutable *executable;
    int status = tconvCompile(module.c_str(), options.get(), &executable);
    compiled->reset(executable, tconvExecutableFree);
    return Outcome::of(status);
  });
  return std::unique_ptr<Executable>(new Executable(std::move(*compiled)));
}

std::shared_ptr<TconvPacked> Executable::callPack(const std::vector<TconvArray> &views) const {
  TconvPacked *packed;
  Outcome outcome;
  {
    nb::gil_scoped_release release;
    outcome = Outcome::of(tconvExecutablePack(code(), views.data(), &packed));
  }
  check(outcome);
  return {packed, tconvPackedFree};
}

Packed Executable::pack(nb::tuple constants) const {
  checkNumber(constants.size(), constantInputs.size(), "constant inputs");
  // The inputs that are no constants are only looked at for their shapes.
  static std::byte nothing;
  Frame frame;
  for (const TensorType &type : inputs) {
    frame.sizes.push_back(type.shape);
    for (int64_t &size : frame.sizes.back())
      size = std::max<int64_t>(size, 0);
    frame.inputs.push_back(
        {&nothing, static_cast<int>(type.shape.size()), frame.sizes.back().data()});
  }
  Packed packed;
  packed.numbers = constantInputs;
  for (size_t index = 0; index < constantInputs.size(); ++index) {
    int number = constantInputs[index];
    packed.held.push_back(
        importArray(constants[index], inputs[number], "input " + std::to_string(number)));
    packed.views.push_back(viewArray(packed.held.back()));
    frame.inputs[number] = packed.views.back();
  }
  packed.handle = callPack(frame.inputs);
  return packed;
}

Packed Executable::packAt(nb::tuple addresses) const {
  Packed packed;
  packed.handle = callPack(viewAddresses(addresses, inputs, "addresses of inputs"));
  return packed;
}

void Executable::placeInputs(Frame &frame, const Packed *packed, nb::tuple arrays) const {
  size_t numPacked = packed ? packed->numbers.size() : 0;
  checkNumber(arrays.size(), inputs.size() - numPacked, "inputs");
  frame.held.reserve(arrays.size() + results.size());
  frame.inputs.reserve(inputs.size());
  for (size_t number = 0, next = 0; number < inputs.size(); ++number) {
    if (next < numPacked && packed->numbers[next] == static_cast<int>(number)) {
      frame.inputs.push_back(packed->views[next++]);
      continue;
    }
    frame.held.push_back(
        importArray(arrays[number - next], inputs[number], "input " + std::to_string(number)));
    frame.inputs.push_back(viewArray(frame.held.back()));
  }
}

void Executable::call(const std::shared_ptr<Frame> &frame, const Packed *packed) const {
  auto run = [](State &state, Frame &frame, const TconvPacked *packed) {
    int64_t start = nanoseconds();
    Outcome outcome = Outcome::of(
        tconvExecutableRun(state.code.get(), packed, frame.inputs.data(), frame.results.data()));
    state.lastNanoseconds.store(nanoseconds() - start, std::memory_order_relaxed);
    return outcome;
  };
  const TconvPacked *handle = packed ? packed->handle.get() : nullptr;
  if (state->lastNanoseconds.load(std::memory_order_relaxed) < longRunNanoseconds) {
    Outcome outcome;
    {
      nb::gil_scoped_release release;
      outcome = run(*state, *frame, handle);
    }
    return check(outcome);
  }
  if (packed)
    frame->held.insert(frame->held.end(), packed->held.begin(), packed->held.end());
  auto kept = packed ? packed->handle : nullptr;
  // The frame is kept rather than a part of the work: it holds objects of Python's.
  callInterruptibly(
      [=, state = state, frame = frame.get()] { return run(*state, *frame, kept.get()); }, frame);
}

void Executable::run(const Packed *packed, nb::tuple arrays, nb::tuple outputs) const {
  checkNumber(outputs.size(), results.size(), "arrays for results");
  auto frame = std::make_shared<Frame>();
  placeInputs(*frame, packed, arrays);
  frame->results.reserve(results.size());
  for (size_t number = 0; number < results.size(); ++number) {
    frame->held.push_back(
        importArray(outputs[number], results[number], "result " + std::to_string(number)));
    frame->results.push_back(viewArray(frame->held.back()));
  }
  call(frame, packed);
}

nb::list Executable::runDynamic(const Packed *packed, nb::tuple arrays) const {
  auto frame = std::make_shared<Frame>();
  placeInputs(*frame, packed, arrays);
  for (const TensorType &type : results)
    frame->sizes.push_back(type.shape);
  for (std::vector<int64_t> &sizes : frame->sizes)
    frame->results.push_back({nullptr, 0, sizes.data()});
  frame->ownsResults = true;
  call(frame, packed);
  nb::list given;
  for (size_t number = 0; number < results.size(); ++number) {
    TconvArray result = frame->results[number];
    frame->results[number].data = nullptr;
    given.append(giveArray(result, results[number]));
  }
  return given;
}

void Executable::runAt(const Packed *packed, nb::tuple addresses, nb::tuple outputs,
                       nb::object kept) const {
  auto frame = std::make_shared<Frame>();
  frame->inputs = viewAddresses(addresses, inputs, "addresses of inputs");
  frame->results = viewAddresses(outputs, results, "addresses of results");
  frame->kept = std::move(kept);
  call(frame, packed);
}
