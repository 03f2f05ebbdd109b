// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The arithmetic: pure functions of a layer, no DOM. Positions are arrays, one entry
// per spatial dimension; x is [N, Ci, I...], w is [Ci, Co/groups, K...], y is [N, Co, O...].
// Where a page holds a part of a layer only (part.js), indices still count within all of it.
'use strict';

/** Non-finite numbers come as strings, for JSON has no other way to write them. */
function toNumber(value) {
  if (typeof value === 'number') return value;
  return { nan: NaN, inf: Infinity, '-inf': -Infinity }[value] ?? NaN;
}

function product(sizes) {
  return sizes.reduce((total, size) => total * size, 1);
}

function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b);
}

function modulo(value, divisor) {
  return ((value % divisor) + divisor) % divisor;
}

/** Where an index lies in a tensor of this shape. */
function flatten(index, shape) {
  return index.reduce((flat, entry, dim) => flat * shape[dim] + entry, 0);
}

/** All indices of a shape, in C order. */
function indicesOf(shape) {
  let indices = [[]];
  for (const size of shape) {
    const longer = [];
    for (const index of indices)
      for (let entry = 0; entry < size; ++entry) longer.push([...index, entry]);
    indices = longer;
  }
  return indices;
}

/** How far the stamps reach when nothing is cut. */
function fullSize(dim) {
  return (dim.input - 1) * dim.stride + dim.dilation * (dim.kernel - 1) + 1;
}

function outputSize(dim) {
  return fullSize(dim) - dim.paddingBegin - dim.paddingEnd + dim.outputPadding;
}

function outputShape(layer) {
  return [layer.batch, layer.outputChannels, ...layer.dims.map(outputSize)];
}

function inputShape(layer) {
  return [layer.batch, layer.inputChannels, ...layer.dims.map((dim) => dim.input)];
}

function kernelShape(layer) {
  const perGroup = layer.outputChannels / layer.groups;
  return [layer.inputChannels, perGroup, ...layer.dims.map((dim) => dim.kernel)];
}

/** The input channels that output channel `co` is made of, as far as they are held. */
function channelsOf(layer, co) {
  const perGroup = layer.inputChannels / layer.groups;
  const group = Math.floor(co / (layer.outputChannels / layer.groups));
  const first = group * perGroup;
  return entriesOf({ lo: first, hi: first + perGroup })
    .filter((ci) => within(heldOf(layer).inputChannels, ci));
}

/** At most this many multiply-adds with what is held: what falls outside y is not done. */
function multiplyAdds(layer) {
  return volumeOf(inputRanges(layer)) * volumeOf(kernelRanges(layer).slice(1));
}

/** The stamps of output channel `co`, in the order in which they are put down. */
function stampsOf(layer, co) {
  const positions = indicesIn(heldOf(layer).input);
  return channelsOf(layer, co).flatMap((ci) => positions.map((i) => ({ ci, i })));
}

function biasOf(layer, co) {
  return layer.bias ? toNumber(layer.bias[co - heldOf(layer).outputChannels.lo]) : 0;
}

function inputAt(layer, n, ci, i) {
  return toNumber(layer.x[flattenIn([n, ci, ...i], inputRanges(layer))]);
}

function weightAt(layer, ci, co, k) {
  return toNumber(layer.w[flattenIn([ci, co % kernelShape(layer)[1], ...k], kernelRanges(layer))]);
}

/** The size of what holds all stamps and the whole of y. */
function coveredSize(dim) {
  const end = fullSize(dim) - dim.paddingBegin;
  return Math.max(end, outputSize(dim)) - Math.min(-dim.paddingBegin, 0);
}

/** The part of y that is drawn, and the stamps beyond where it reaches a border of y. */
function uncutRange(layer, d) {
  const dim = layer.dims[d];
  const { lo, hi } = outputRange(layer, d);
  const end = fullSize(dim) - dim.paddingBegin;
  return { lo: lo === 0 ? Math.min(-dim.paddingBegin, 0) : lo, hi: hi === outputSize(dim) ? Math.max(end, hi) : hi };
}

/**
 * What the first `count` stamps that are held leave on the uncut canvas of one output channel,
 * an array over `ranges`. The bias lies only where y will be.
 */
function stampOnto(layer, n, co, ranges, count = Infinity) {
  const shape = ranges.map(({ lo, hi }) => hi - lo);
  const canvas = new Float64Array(product(shape));
  const bias = biasOf(layer, co);
  indicesOf(shape).forEach((index, flat) => {
    const inside = index.every((entry, d) => {
      const o = entry + ranges[d].lo;
      return o >= 0 && o < outputSize(layer.dims[d]);
    });
    canvas[flat] = inside ? bias : 0;
  });
  const taps = indicesIn(heldOf(layer).kernel);
  for (const { ci, i } of stampsOf(layer, co).slice(0, count)) {
    const x = inputAt(layer, n, ci, i);
    for (const k of taps) {
      const at = layer.dims.map((dim, d) =>
        i[d] * dim.stride - dim.paddingBegin + k[d] * dim.dilation - ranges[d].lo);
      if (at.some((entry, d) => entry < 0 || entry >= shape[d])) continue;
      canvas[flatten(at, shape)] += x * weightAt(layer, ci, co, k);
    }
  }
  return { shape, canvas };
}

/** The part of the result that is drawn, by the definition: every input element stamps the kernel. */
function compute(layer) {
  const ranges = outputRanges(layer);
  const shape = ranges.map(lengthOf);
  if (shape.some((size) => size <= 0)) return { shape: outputShape(layer), ranges, y: [] };
  const [batch, channels, ...positions] = ranges;
  const y = [];
  for (const n of entriesOf(batch))
    for (const co of entriesOf(channels))
      for (const value of stampOnto(layer, n, co, positions).canvas) y.push(value);
  return { shape, ranges, y };
}

/** The pairs of input element and tap that are held and meet in output `o` of one dimension. */
function meetingsOf(layer, d, o) {
  const dim = layer.dims[d];
  const { [d]: input } = heldOf(layer).input;
  const { [d]: kernel } = heldOf(layer).kernel;
  const meetings = [];
  for (let i = input.lo; i < input.hi; ++i) {
    const offset = o + dim.paddingBegin - i * dim.stride;
    const k = offset / dim.dilation;
    if (Number.isInteger(k) && within(kernel, k)) meetings.push({ i, k });
  }
  return meetings;
}

/** What y[n, co, o] is the sum of, besides the bias, in the order of the stamps, as far as it is held. */
function contributions(layer, n, co, o) {
  let meetings = [{ i: [], k: [] }];
  layer.dims.forEach((_, d) => {
    const inDim = meetingsOf(layer, d, o[d]);
    meetings = meetings.flatMap((met) =>
      inDim.map(({ i, k }) => ({ i: [...met.i, i], k: [...met.k, k] })));
  });
  return channelsOf(layer, co).flatMap((ci) => meetings.map(({ i, k }) => (
    { n, ci, i, k, x: inputAt(layer, n, ci, i), w: weightAt(layer, ci, co, k) })));
}

/** Which taps reach output `o` of one dimension: those of its phase. */
function phaseOf(dim, o) {
  const t = o + dim.paddingBegin;
  const residue = modulo(t, dim.stride);
  const taps = [];
  for (let k = 0; k < dim.kernel; ++k)
    if (modulo(k * dim.dilation - residue, dim.stride) === 0) taps.push(k);
  const reads = taps.map((k) => (t - k * dim.dilation) / dim.stride);
  return { t, residue, taps, reads };
}

/** One dimension of the zero-inserted, padded input (negative padding cuts it). */
function zeroInserted(dim) {
  const reach = dim.dilation * (dim.kernel - 1);
  const front = reach - dim.paddingBegin;
  const back = reach - dim.paddingEnd + dim.outputPadding;
  const inner = (dim.input - 1) * dim.stride + 1;
  const at = (position) => {
    const z = position - front;
    if (z < 0 || z >= inner) return { kind: 'padding' };
    return z % dim.stride ? { kind: 'inserted' } : { kind: 'element', i: z / dim.stride };
  };
  return { front, back, inner, length: front + inner + back, at };
}

/** What is wrong with a layer, or null. An empty output is not: see outputSize. */
function faultOf(layer) {
  const { dims, batch, inputChannels, outputChannels, groups, x, w, bias } = layer;
  if (!Array.isArray(dims) || dims.length < 1 || dims.length > 3)
    return 'a layer has one to three spatial dimensions';
  for (const count of [batch, inputChannels, outputChannels, groups])
    if (!(Number.isInteger(count) && count >= 1)) return 'batch, channels and groups start at 1';
  if (inputChannels % groups || outputChannels % groups)
    return `${groups} groups do not divide the channels`;
  for (const dim of dims) {
    for (const field of ['input', 'kernel', 'stride', 'dilation'])
      if (!(Number.isInteger(dim[field]) && dim[field] >= 1)) return `${field} starts at 1`;
    for (const field of ['paddingBegin', 'paddingEnd', 'outputPadding'])
      if (!Number.isInteger(dim[field])) return `${field} is not a whole number`;
    const limit = Math.max(dim.stride, dim.dilation);
    if (dim.outputPadding < 0 || dim.outputPadding >= limit)
      return `output padding ${dim.outputPadding} has to be below the stride or the ` +
        `dilation, whichever is larger: ${limit}`;
  }
  const sizes = [['x', x, volumeOf(inputRanges(layer))], ['w', w, volumeOf(kernelRanges(layer))],
    ['the bias', bias ?? [], bias ? lengthOf(heldOf(layer).outputChannels) : 0]];
  const wrong = sizes.find(([, values, count]) => values.length !== count);
  return wrong ? `${wrong[0]} has ${wrong[1].length} values, not ${wrong[2]}` : null;
}
