//===- Calls.cpp - Functions of CUDA's libraries --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls of functions with a body stay. Those of libdevice go to functions of the C library of the
// same meaning, fast variants to precise ones; printf, assertions and traps to the emulator. All
// others are refused by name.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The function of the C library for a function of libdevice, which has the same arguments.
/// Names of both end in f for f32.
StringRef findInCLibrary(StringRef name) {
  static const llvm::StringMap<StringRef> other = {
      {"fast_expf", "expf"},
      {"fast_exp10f", "exp10f"},
      {"fast_logf", "logf"},
      {"fast_log2f", "log2f"},
      {"fast_log10f", "log10f"},
      {"fast_powf", "powf"},
      {"fast_sinf", "sinf"},
      {"fast_cosf", "cosf"},
      {"fast_tanf", "tanf"},
      {"tanhf", "tanhf"},
      {"rsqrtf", getSymbolName(EmulatorFunction::Rsqrtf)},
      {"rsqrt", getSymbolName(EmulatorFunction::Rsqrt)},
      {"fast_sincosf", "sincosf"},
      {"abs", "abs"},
      {"powi", getSymbolName(EmulatorFunction::Powi)},
      {"powif", getSymbolName(EmulatorFunction::Powif)},
      {"finitef", "finitef"},
      {"isfinited", "finite"},
      {"isinff", "isinff"},
      {"isinfd", "isinf"},
      {"isnanf", "isnanf"},
      {"isnand", "isnan"}};
  static const llvm::StringSet<> same = {
      "exp",    "exp2", "exp10",     "expm1", "log",    "log2",     "log10", "log1p",
      "pow",    "sqrt", "cbrt",      "sin",   "cos",    "tan",      "sinh",  "cosh",
      "tanh",   "asin", "acos",      "atan",  "atan2",  "asinh",    "acosh", "atanh",
      "erf",    "erfc", "floor",     "ceil",  "trunc",  "round",    "rint",  "nearbyint",
      "fabs",   "fmax", "fmin",      "fmod",  "fma",    "copysign", "hypot", "tgamma",
      "lgamma", "fdim", "remainder", "ldexp", "sincos", "logb",     "ilogb"};
  auto found = other.find(name);
  if (found != other.end())
    return found->second;
  StringRef stem = name;
  stem.consume_back("f");
  if (same.contains(name) || same.contains(stem))
    return name;
  return "";
}

Rewritten lowerLibraryCall(EmulatorBuilder &builder, LLVM::CallOp call, StringRef name) {
  StringRef callee = findInCLibrary(name);
  if (callee.empty()) {
    call.emitError("the emulator has no function '__nv_") << name << "'";
    return Rewritten::Failed;
  }
  Type result = call.getNumResults() == 0 ? Type() : call.getResult().getType();
  Value value = builder.call(call.getLoc(), callee, result, call.getArgOperands());
  return replace(call, value);
}

Rewritten lowerPrint(EmulatorBuilder &builder, LLVM::CallOp call) {
  Value format = call.getArgOperands()[0], arguments = call.getArgOperands()[1];
  return replace(call, builder.call(call.getLoc(), EmulatorFunction::Print, builder.getI32Type(),
                                    {format, arguments, builder.site(call)}));
}

/// __assertfail(message, file, line, function, size of a character).
Rewritten lowerAssertion(EmulatorBuilder &builder, LLVM::CallOp call) {
  builder.call(call.getLoc(), EmulatorFunction::Trap, {},
               {call.getArgOperands()[0], builder.site(call)});
  return replace(call);
}

Rewritten lowerTrap(EmulatorBuilder &builder, Operation *op) {
  Value none = LLVM::ZeroOp::create(builder, op->getLoc(), builder.pointer);
  builder.call(op->getLoc(), EmulatorFunction::Trap, {}, {none, builder.site(op)});
  return replace(op);
}

} // namespace

Rewritten mlir::tconv::lowerCall(EmulatorBuilder &builder, Operation *op) {
  if (isa<LLVM::Trap, LLVM::DebugTrap, LLVM::UBSanTrap>(op))
    return lowerTrap(builder, op);
  auto call = dyn_cast<LLVM::CallOp>(op);
  if (!call)
    return Rewritten::No;
  if (!call.getCallee()) {
    call.emitError("the emulator has no calls of functions by address");
    return Rewritten::Failed;
  }
  StringRef name = *call.getCallee();
  auto callee = SymbolTable::lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(call, call.getCalleeAttr());
  if (callee && !callee.isExternal())
    return Rewritten::Yes;
  if (name == "vprintf")
    return lowerPrint(builder, call);
  if (name == "__assertfail")
    return lowerAssertion(builder, call);
  if (name.consume_front("__nv_"))
    return lowerLibraryCall(builder, call, name);
  call.emitError("the emulator has no function '") << *call.getCallee() << "'";
  return Rewritten::Failed;
}
