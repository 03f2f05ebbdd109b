//===- ConvTransposeAsm.cpp - The textual form of conv_transpose ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [[0, 1], 1]
//       dilation [1, 1] output_padding [1, 1] groups 2 channels_last {...}
//       : (tensor<...>, tensor<...>, tensor<...>) -> tensor<...>
//
// Clauses with default values are left out; they are read in any order.
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/TconvOps.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The clauses as far as they were written.
struct Clauses {
  std::optional<SmallVector<int64_t>> stride, paddingBegin, paddingEnd, dilation, outputPadding;
  std::optional<int64_t> groups, inputZeroPoint, filterZeroPoint;
  bool inputUnsigned = false;
  std::optional<Layout> layout;
  KernelScheduleAttr schedule;
};

ParseResult parseIntegers(OpAsmParser &parser, std::optional<SmallVector<int64_t>> &values) {
  values.emplace();
  return parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, [&]() -> ParseResult {
    return parser.parseInteger(values->emplace_back());
  });
}

/// An entry of the padding: one number for both ends, or `[begin, end]`.
ParseResult parsePaddingEntry(OpAsmParser &parser, Clauses &clauses) {
  int64_t begin, end;
  if (failed(parser.parseOptionalLSquare())) {
    if (parser.parseInteger(begin))
      return failure();
    end = begin;
  } else if (parser.parseInteger(begin) || parser.parseComma() || parser.parseInteger(end) ||
             parser.parseRSquare()) {
    return failure();
  }
  clauses.paddingBegin->push_back(begin);
  clauses.paddingEnd->push_back(end);
  return success();
}

ParseResult parsePadding(OpAsmParser &parser, Clauses &clauses) {
  clauses.paddingBegin.emplace();
  clauses.paddingEnd.emplace();
  return parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square,
                                        [&] { return parsePaddingEntry(parser, clauses); });
}

/// A schedule without the name of its attribute, which is that of the clause.
template <typename ScheduleT>
ParseResult parseSchedule(OpAsmParser &parser, KernelScheduleAttr &schedule) {
  ScheduleT parsed;
  if (parser.parseCustomAttributeWithFallback(parsed))
    return failure();
  schedule = parsed;
  return success();
}

/// A layout, which is its own keyword.
ParseResult parseLayout(OpAsmParser &parser, StringRef keyword, SMLoc loc, Clauses &clauses) {
  std::optional<Layout> layout = symbolizeLayout(keyword);
  if (!layout)
    return parser.emitError(loc) << "expected stride, padding, dilation, output_padding, groups, "
                                    "schedule, gpu_schedule, input_zero_point, filter_zero_point, "
                                    "input_unsigned, channels_first or channels_last, got '"
                                 << keyword << "'";
  if (clauses.layout)
    return parser.emitError(loc) << "expected one layout, got '" << keyword << "' too";
  clauses.layout = layout;
  return success();
}

/// The clause after its keyword; each may be written once.
ParseResult parseClause(OpAsmParser &parser, StringRef keyword, SMLoc loc, Clauses &clauses) {
  auto once = [&](bool seen) -> ParseResult {
    return seen ? parser.emitError(loc) << "expected '" << keyword << "' only once"
                : ParseResult(success());
  };
  if (keyword == "stride")
    return failure(once(!!clauses.stride) || parseIntegers(parser, clauses.stride));
  if (keyword == "padding")
    return failure(once(!!clauses.paddingBegin) || parsePadding(parser, clauses));
  if (keyword == "dilation")
    return failure(once(!!clauses.dilation) || parseIntegers(parser, clauses.dilation));
  if (keyword == "output_padding")
    return failure(once(!!clauses.outputPadding) || parseIntegers(parser, clauses.outputPadding));
  if (keyword == "groups")
    return failure(once(!!clauses.groups) || parser.parseInteger(clauses.groups.emplace()));
  if (keyword == "schedule")
    return failure(once(!!clauses.schedule) ||
                   parseSchedule<ScheduleAttr>(parser, clauses.schedule));
  if (keyword == "gpu_schedule")
    return failure(once(!!clauses.schedule) ||
                   parseSchedule<GpuScheduleAttr>(parser, clauses.schedule));
  if (keyword == "input_zero_point")
    return failure(once(!!clauses.inputZeroPoint) ||
                   parser.parseInteger(clauses.inputZeroPoint.emplace()));
  if (keyword == "filter_zero_point")
    return failure(once(!!clauses.filterZeroPoint) ||
                   parser.parseInteger(clauses.filterZeroPoint.emplace()));
  if (keyword == "input_unsigned")
    return once(std::exchange(clauses.inputUnsigned, true));
  return parseLayout(parser, keyword, loc, clauses);
}

/// What has a clause is not taken from the attribute dictionary, where it would
/// silently override the clause or its default.
ParseResult checkDictionary(OpAsmParser &parser, SMLoc loc, const NamedAttrList &attributes) {
  for (StringRef name : ConvTransposeOp::getAttributeNames())
    if (attributes.get(name))
      return parser.emitError(loc)
             << "expected " << name << " as a clause, got it in the attribute dictionary";
  return success();
}

/// Stores the clauses, with defaults for what was left out.
void setProperties(OpAsmParser &parser, OperationState &result, const Clauses &clauses,
                   int64_t numSpatialDims) {
  Builder &builder = parser.getBuilder();
  auto array = [&](const std::optional<SmallVector<int64_t>> &values, int64_t missing) {
    SmallVector<int64_t> defaults(numSpatialDims, missing);
    return builder.getDenseI64ArrayAttr(values ? *values : defaults);
  };
  auto &properties = result.getOrAddProperties<ConvTransposeOp::Properties>();
  properties.stride = array(clauses.stride, 1);
  properties.padding_begin = array(clauses.paddingBegin, 0);
  properties.padding_end = array(clauses.paddingEnd, 0);
  properties.dilation = array(clauses.dilation, 1);
  properties.output_padding = array(clauses.outputPadding, 0);
  properties.groups = builder.getI64IntegerAttr(clauses.groups.value_or(1));
  properties.layout =
      LayoutAttr::get(builder.getContext(), clauses.layout.value_or(Layout::ChannelsFirst));
  properties.schedule = clauses.schedule;
  auto number = [&](std::optional<int64_t> value) {
    return value ? builder.getI64IntegerAttr(*value) : IntegerAttr();
  };
  properties.input_zero_point = number(clauses.inputZeroPoint);
  properties.filter_zero_point = number(clauses.filterZeroPoint);
  properties.input_unsigned = clauses.inputUnsigned ? builder.getUnitAttr() : UnitAttr();
}

/// Prints an array unless all its values are the default.
void printIntegers(OpAsmPrinter &printer, StringRef keyword, ArrayRef<int64_t> values,
                   int64_t missing) {
  if (llvm::all_of(values, [&](int64_t value) { return value == missing; }))
    return;
  printer << ' ' << keyword << " [" << values << "]";
}

void printPadding(OpAsmPrinter &printer, ArrayRef<int64_t> begin, ArrayRef<int64_t> end) {
  auto isZero = [](int64_t value) { return value == 0; };
  if (llvm::all_of(begin, isZero) && llvm::all_of(end, isZero))
    return;
  printer << " padding [";
  llvm::interleaveComma(llvm::zip(begin, end), printer, [&](auto pair) {
    auto [before, behind] = pair;
    if (before == behind)
      printer << before;
    else
      printer << '[' << before << ", " << behind << ']';
  });
  printer << ']';
}

} // namespace

ParseResult ConvTransposeOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand, 3> operands;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperandList(operands))
    return failure();
  Clauses clauses;
  StringRef keyword;
  SMLoc clauseLoc = parser.getCurrentLocation();
  while (succeeded(parser.parseOptionalKeyword(&keyword))) {
    if (parseClause(parser, keyword, clauseLoc, clauses))
      return failure();
    clauseLoc = parser.getCurrentLocation();
  }
  FunctionType type;
  if (parser.parseOptionalAttrDict(result.attributes) ||
      checkDictionary(parser, clauseLoc, result.attributes) || parser.parseColonType(type))
    return failure();
  if (operands.size() < 2 || operands.size() > 3)
    return parser.emitError(loc) << "expected an input, a filter and at most a bias, got "
                                 << operands.size() << " operands";
  auto input = type.getNumInputs() ? dyn_cast<RankedTensorType>(type.getInput(0)) : nullptr;
  if (!input)
    return parser.emitError(loc) << "expected an input of ranked tensor type";
  setProperties(parser, result, clauses, std::max<int64_t>(input.getRank() - 2, 0));
  result.addTypes(type.getResults());
  return parser.resolveOperands(operands, type.getInputs(), loc, result.operands);
}

void ConvTransposeOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getOperands();
  printIntegers(printer, "stride", getStride(), 1);
  printPadding(printer, getPaddingBegin(), getPaddingEnd());
  printIntegers(printer, "dilation", getDilation(), 1);
  printIntegers(printer, "output_padding", getOutputPadding(), 0);
  if (getGroups() != 1)
    printer << " groups " << getGroups();
  if (getLayout() != Layout::ChannelsFirst)
    printer << ' ' << stringifyLayout(getLayout());
  if (IntegerAttr number = getInputZeroPointAttr())
    printer << " input_zero_point " << number.getInt();
  if (IntegerAttr number = getFilterZeroPointAttr())
    printer << " filter_zero_point " << number.getInt();
  if (getInputUnsigned())
    printer << " input_unsigned";
  if (auto schedule = dyn_cast_or_null<ScheduleAttr>(getScheduleAttr())) {
    printer << " schedule ";
    printer.printStrippedAttrOrType(schedule);
  }
  if (auto schedule = dyn_cast_or_null<GpuScheduleAttr>(getScheduleAttr())) {
    printer << " gpu_schedule ";
    printer.printStrippedAttrOrType(schedule);
  }
  printer.printOptionalAttrDict((*this)->getDiscardableAttrDictionary().getValue());
  printer << " : ";
  printer.printFunctionalType(*this);
}
