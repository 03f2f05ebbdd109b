// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The part of a layer that the page holds the numbers of: of a small layer all of it. Every
// index on the page counts within the whole layer; ranges are [lo, hi).

function wholeRange(size) {
  return { lo: 0, hi: size };
}

/** {batch, inputChannels, outputChannels}: a range each; {input, kernel}: one for each dimension. */
function heldOf(layer) {
  return layer.held ?? {
    batch: wholeRange(layer.batch), inputChannels: wholeRange(layer.inputChannels),
    outputChannels: wholeRange(layer.outputChannels),
    input: layer.dims.map((dim) => wholeRange(dim.input)),
    kernel: layer.dims.map((dim) => wholeRange(dim.kernel)),
  };
}

function lengthOf({ lo, hi }) {
  return hi - lo;
}

function within({ lo, hi }, index) {
  return index >= lo && index < hi;
}

function entriesOf({ lo, hi }) {
  return Array.from({ length: hi - lo }, (_, index) => lo + index);
}

function volumeOf(ranges) {
  return product(ranges.map(lengthOf));
}

/** Where an index lies among those of the ranges, in C order. */
function flattenIn(index, ranges) {
  return index.reduce((flat, entry, dim) => flat * lengthOf(ranges[dim]) + entry - ranges[dim].lo, 0);
}

/** All indices of the ranges, in C order. */
function indicesIn(ranges) {
  return indicesOf(ranges.map(lengthOf)).map((index) => index.map((entry, dim) => entry + ranges[dim].lo));
}

/** Of x, as [n, ci, i...]. */
function inputRanges(layer) {
  const held = heldOf(layer);
  return [held.batch, held.inputChannels, ...held.input];
}

/** Of w, as [ci, co within its group, k...]. */
function kernelRanges(layer) {
  const held = heldOf(layer);
  const perGroup = layer.outputChannels / layer.groups;
  const { lo, hi } = held.outputChannels;
  const outputs = hi - lo < perGroup ? { lo: lo % perGroup, hi: lo % perGroup + hi - lo } : wholeRange(perGroup);
  return [held.inputChannels, outputs, ...held.kernel];
}

/**
 * The outputs of one dimension to which everything that reaches them is held or, where there is
 * none, those that something held reaches.
 */
function outputRange(layer, d) {
  const dim = layer.dims[d];
  const { [d]: input } = heldOf(layer).input;
  const { [d]: kernel } = heldOf(layer).kernel;
  const size = outputSize(dim);
  const landing = (i, k) => i * dim.stride - dim.paddingBegin + k * dim.dilation;
  const lo = input.lo === 0 ? 0 : Math.max(0, landing(input.lo - 1, kernel.hi - 1) + 1);
  const hi = input.hi === dim.input ? size : Math.min(size, landing(input.hi, kernel.lo));
  if (lo < hi) return { lo, hi };
  return { lo: Math.max(0, landing(input.lo, kernel.lo)), hi: Math.min(size, landing(input.hi - 1, kernel.hi - 1) + 1) };
}

/** Of y, as [n, co, o...]. */
function outputRanges(layer) {
  const held = heldOf(layer);
  return [held.batch, held.outputChannels, ...layer.dims.map((_, d) => outputRange(layer, d))];
}

/** How many terms an element of y is the sum of, held or not. */
function countTerms(layer, o) {
  const reads = layer.dims.map((dim, d) =>
    phaseOf(dim, o[d]).reads.filter((i) => i >= 0 && i < dim.input).length);
  return layer.inputChannels / layer.groups * product(reads);
}

/** Ranges of x and w that hold as much as these around what output `o` reads. */
function heldAround(layer, o, { input, kernel }) {
  const around = (middle, count, size) => {
    const lo = Math.min(Math.max(middle - Math.floor(count / 2), 0), size - count);
    return { lo, hi: lo + count };
  };
  const held = { ...heldOf(layer), input: [], kernel: [] };
  layer.dims.forEach((dim, d) => {
    const t = o[d] + dim.paddingBegin;
    const first = Math.max(Math.ceil((t - dim.dilation * (dim.kernel - 1)) / dim.stride), 0);
    const last = Math.min(Math.floor(t / dim.stride), dim.input - 1);
    const i = Math.floor((first + last) / 2);
    const k = Math.floor((t - i * dim.stride) / dim.dilation);
    held.input.push(around(i, Math.min(input[d], dim.input), dim.input));
    held.kernel.push(around(k, Math.min(kernel[d], dim.kernel), dim.kernel));
  });
  return held;
}

const COUNTED = [['elements'], ['rows', 'columns'], ['slices', 'rows', 'columns']];

/** What of the layer is not held, in words; empty if all of it is. */
function leftOutText(layer) {
  const held = heldOf(layer);
  const parts = [];
  const add = (range, size, what) => {
    if (lengthOf(range) < size) parts.push(`${size - lengthOf(range)} of ${size} ${what}`);
  };
  add(held.batch, layer.batch, 'images of the batch');
  add(held.inputChannels, layer.inputChannels, 'input channels');
  add(held.outputChannels, layer.outputChannels, 'output channels');
  layer.dims.forEach((dim, d) => {
    const name = COUNTED[layer.dims.length - 1][d];
    add(held.input[d], dim.input, `${name} of x`);
    add(held.kernel[d], dim.kernel, `${name} of w`);
  });
  return parts.join(', ');
}

window.tconvExplain = {
  compute, contributions, countTerms, phaseOf, zeroInserted, outputSize, stampOnto, faultOf, indicesIn };
