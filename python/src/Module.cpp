//===- Module.cpp - The module tconv._core ---------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What of the C interface the package needs, with Python's types and exceptions. _core.pyi says
// what is here.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Executable.h"
#include "Options.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <optional>

namespace nb = nanobind;
using namespace nb::literals;
using namespace tconv::python;

namespace {

/// A text that a function of the C interface makes, with the GIL released.
template <typename Make> std::string makeText(const Make &make) {
  auto text = std::make_shared<std::string>();
  callInterruptibly([=] {
    char *made = nullptr;
    Outcome outcome = Outcome::of(make(&made));
    if (made)
      *text = made;
    tconvTextFree(made);
    return outcome;
  });
  return std::move(*text);
}

std::string layerToModule(const std::string &descriptor, bool constantWeights) {
  return makeText(
      [=](char **text) { return tconvLayerToModule(descriptor.c_str(), constantWeights, text); });
}

std::string moduleToStage(const std::string &module, const std::string &stage, nb::dict given) {
  return makeText([=, options = readOptions(given)](char **text) {
    return tconvModuleToStage(module.c_str(), options.get(), stage.c_str(), text);
  });
}

std::string explain(const std::string &module, const std::string &form,
                    const std::optional<std::string> &at, const std::string &title,
                    nb::dict given) {
  return makeText([=, options = readOptions(given)](char **text) {
    return tconvExplain(module.c_str(), options.get(), nullptr, 0, at ? at->c_str() : nullptr,
                        form.c_str(), title.c_str(), text);
  });
}

void compileToFile(const std::string &module, const std::string &path,
                   const std::optional<std::string> &header, nb::dict given) {
  callInterruptibly([=, options = readOptions(given)] {
    return Outcome::of(tconvCompileToFile(module.c_str(), options.get(), path.c_str(),
                                          header ? header->c_str() : nullptr));
  });
}

void bindExecutable(nb::module_ &module) {
  nb::class_<TensorType>(module, "TensorType")
      .def_ro("element", &TensorType::element)
      .def_prop_ro("shape", [](const TensorType &type) { return nb::tuple(nb::cast(type.shape)); })
      .def_prop_ro("is_static", &TensorType::isStatic)
      .def("__str__", &TensorType::str);
  nb::class_<Packed>(module, "Packed");
  nb::class_<Executable>(module, "Executable")
      .def_static("compile", &Executable::compile, "module"_a, "options"_a)
      .def_ro("inputs", &Executable::inputs)
      .def_ro("results", &Executable::results)
      .def_ro("constant_inputs", &Executable::constantInputs)
      .def_ro("takes_results", &Executable::takesResults)
      .def_prop_ro("remarks", &Executable::remarks)
      .def_prop_ro("where", &Executable::where)
      .def("pack", &Executable::pack, "constants"_a)
      .def("run", &Executable::run, "packed"_a.none(), "arrays"_a, "outputs"_a)
      .def("run_dynamic", &Executable::runDynamic, "packed"_a.none(), "arrays"_a)
      .def("pack_at", &Executable::packAt, "addresses"_a)
      .def("run_at", &Executable::runAt, "packed"_a.none(), "addresses"_a, "outputs"_a,
           "kept"_a.none());
}

} // namespace

NB_MODULE(_core, module) {
  bindExecutable(module);
  module.def("version", [] { return tconvGetVersion(); });
  module.def("layer_to_module", &layerToModule, "descriptor"_a, "constant_weights"_a);
  module.def("module_to_stage", &moduleToStage, "module"_a, "stage"_a, "options"_a);
  module.def("explain", &explain, "module"_a, "form"_a, "at"_a.none(), "title"_a, "options"_a);
  module.def("compile_to_file", &compileToFile, "module"_a, "path"_a, "header"_a.none(),
             "options"_a);
  module.def("to_numpy", &toNumpy, "array"_a);
  module.def("wait_for_abandoned", &waitForAbandoned);
}
