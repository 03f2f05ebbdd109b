//===- Header.cpp - The C header of an artefact ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Header.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;

namespace {

// {0} is the library's prefix in large letters, {1} the entry functions, {2} the processor, {3} the
// list of tensors.
constexpr char opening[] = R"c(/* Made by tconv-compile from {1}, for the processor {2}.
 *
{3} *
 * Tensors are contiguous, the last dimension fastest, and overlap no result. f16 and
 * bf16 are the bits of the number. Functions that return an int return 0 if all went
 * well. All may be called from several threads at once, but for those that set something.
 */
#ifndef {0}_H
#define {0}_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {{
#endif

)c";

constexpr char packDescription[] =
    R"c(/* The size of the buffer that {0}_pack fills. It holds all that {0}_run needs of the
 * constant arguments; it is best aligned to 64 bytes, and can be copied. */
size_t {0}_packed_bytes(void);

/* Prepares the constant arguments, once for any number of runs with them. */
)c";

constexpr char nothingPacked[] = R"c(/* 0: there are no constant arguments to prepare. */
size_t {0}_packed_bytes(void);

)c";

constexpr char ending[] =
    R"c(/* The message of this thread's last call of a function above, if it has failed. */
const char *{0}_error(void);

/* How many threads {2} from now on; 0: TCONV_NUM_THREADS, or as many as there
 * are processors. The result does not depend on it, to the last bit. */
void {0}_set_threads(int threads);

/* Has runs hand their work to a pool of yours, from now on: `hook` must call `body` with
 * ranges that together are [0, count), in any order and on any threads, and return when all
 * calls have. NULL goes back to threads of {0}'s own. */
typedef void (*{0}_parallel_for_fn)(void *pool,
                                    void (*body)(void *context, int64_t begin, int64_t end),
                                    void *context, int64_t count);
void {0}_set_parallel_for({0}_parallel_for_fn hook, void *pool);

#ifdef __cplusplus
}
#endif

#endif /* {1}_H */
)c";

std::string describe(const CTensor &tensor) {
  return " *   " + tensor.name + ": " + tensor.spec.str() +
         (tensor.dims.empty() ? "" : " " + tensor.dims) +
         (tensor.constant ? ", constant: given to pack, not to run" : "") + "\n";
}

std::string parameter(const CTensor &tensor, bool input) {
  return (input ? "const " : "") + tensor.cType() + " *" + tensor.name;
}

/// A declaration, broken into lines as clang-format would.
std::string declare(const std::string &function, const std::vector<std::string> &parameters) {
  std::string line = "int " + function + "(", text;
  const size_t indent = line.size();
  for (auto [index, parameter] : llvm::enumerate(parameters)) {
    if (line.size() > indent && line.size() + parameter.size() + 2 > 100) {
      text += line.substr(0, line.size() - 1) + "\n";
      line = std::string(indent, ' ');
    }
    line += parameter + (index + 1 < parameters.size() ? ", " : "");
  }
  return text + line + (parameters.empty() ? "void" : "") + ");\n\n";
}

std::string declarePack(const CInterface &interface) {
  std::vector<std::string> parameters;
  for (const CTensor &tensor : interface.inputs)
    if (tensor.constant)
      parameters.push_back(parameter(tensor, true));
  parameters.push_back("void *packed");
  return declare(interface.prefix + "_pack", parameters);
}

/// The packed buffer takes the place of the first constant argument.
std::string declareRun(const CInterface &interface) {
  std::vector<std::string> parameters;
  bool packed = false;
  for (const CTensor &tensor : interface.inputs) {
    if (!tensor.constant)
      parameters.push_back(parameter(tensor, true));
    else if (!std::exchange(packed, true))
      parameters.push_back("const void *packed");
  }
  for (const CTensor &tensor : interface.results)
    parameters.push_back(parameter(tensor, false));
  return declare(interface.prefix + "_run", parameters);
}

std::string upper(llvm::StringRef name) { return name.upper(); }

std::string defineSize(const CInterface &interface, const CTensor &tensor) {
  return "#define " + upper(interface.prefix) + "_" + upper(tensor.name) + "_ELEMENTS " +
         std::to_string(tensor.numElements()) + "\n";
}

/// The sizes, pack and run of one function.
void writeFunction(const CInterface &interface, llvm::raw_ostream &stream) {
  stream << "/* The number of elements of each tensor. */\n";
  for (const std::vector<CTensor> *list : {&interface.inputs, &interface.results})
    for (const CTensor &tensor : *list)
      stream << defineSize(interface, tensor);
  stream << "\n"
         << llvm::formatv(false, interface.hasConstants() ? packDescription : nothingPacked,
                          interface.prefix);
  if (interface.hasConstants())
    stream << declarePack(interface);
  stream << "/* Computes the results. */\n" << declareRun(interface);
}

} // namespace

std::string tconv::writeHeader(const std::vector<CFunction> &functions, const std::string &library,
                               const std::string &cpu) {
  std::string names, tensors;
  for (const CFunction &function : functions) {
    const CInterface &interface = function.interface;
    names += (names.empty() ? "@" : ", @") + interface.entry;
    if (functions.size() > 1)
      tensors += " * " + interface.prefix + "_run:\n";
    for (const std::vector<CTensor> *list : {&interface.inputs, &interface.results})
      for (const CTensor &tensor : *list)
        tensors += describe(tensor);
  }
  const std::string large = upper(library);
  const std::string uses = functions.size() > 1 ? "runs use" : library + "_run uses";
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << llvm::formatv(opening, large, names, cpu, tensors);
  for (const CFunction &function : functions)
    writeFunction(function.interface, stream);
  stream << llvm::formatv(false, ending, library, large, uses);
  return text;
}
