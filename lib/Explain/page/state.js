// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the page shows, and the steps from one such state to the next.

/** More multiply-adds than a page does while a slider moves. */
const MOST_WORK = 1e6;

const FIELDS = [
  { field: 'input', symbol: 'I', label: 'Input size', min: 1, max: 8 },
  { field: 'kernel', symbol: 'K', label: 'Kernel size', min: 1, max: 7 },
  { field: 'stride', symbol: 's', label: 'Stride', min: 1, max: 5 },
  { field: 'paddingBegin', symbol: 'pb', label: 'Padding in front', min: 0, max: 6 },
  { field: 'paddingEnd', symbol: 'pe', label: 'Padding behind', min: 0, max: 6 },
  { field: 'dilation', symbol: 'd', label: 'Dilation', min: 1, max: 4 },
  { field: 'outputPadding', symbol: 'op', label: 'Output padding', min: 0, max: 4 },
];

const state = {
  layer: null, y: null, problem: null, notice: '', version: 0, changed: false,
  form: 'stamps', n: 0, co: 0, ci: 0, at: [], step: 0,
  inputDepth: 0, kernelDepth: 0, pointed: null,
  alikeDims: true, alikePads: true,
  // Values that the page has no room for at present, by tensor and index.
  kept: { x: new Map(), w: new Map() },
  // How many positions of x and w the page holds of each dimension: of a small layer any number.
  room: { input: [], kernel: [] },
};

const question = (dims, x, w, extra = {}) => ({
  dims, batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, x, w, bias: null,
  omitted: null, ...extra,
});

const square = (input, kernel, stride, padding, dilation = 1) => Array.from({ length: 2 }, () => (
  { input, kernel, stride, paddingBegin: padding, paddingEnd: padding, dilation, outputPadding: 0 }));

const ones = (count) => new Array(count).fill(1);
const counting = (count) => Array.from({ length: count }, (_, index) => index + 1);

const EXAMPLES = [
  { name: '4×4 ones, kernel 1 … 16, stride 2, padding 1',
    layer: () => question(square(4, 4, 2, 1), ones(16), counting(16), { at: [0, 1] }) },
  { name: '2×2 input, 2×2 kernel: stamps side by side',
    layer: () => question(square(2, 2, 2, 0), [2, 4, 0, 1], [3, 1, 1, 5]) },
  { name: 'Stride 2, padding 2 on 2×2: nothing is left',
    layer: () => question(square(2, 2, 2, 2), [2, 4, 0, 1], [3, 1, 1, 5]) },
  { name: 'Checkerboard: kernel 3 does not fit stride 2',
    layer: () => question(square(4, 3, 2, 0), ones(16), ones(9), { at: [2, 2] }) },
  { name: 'Holes: stride 2, dilation 2, bias only',
    layer: () => question(square(3, 3, 2, 1, 2), counting(9), counting(9), { bias: [0.5] }) },
];

function loadLayer(raw) {
  state.kept = { x: new Map(), w: new Map() };
  const layer = { ...raw, dims: (raw.dims || []).map((dim) => ({ ...dim })) };
  layer.x = (raw.x || []).map(toNumber);
  layer.w = (raw.w || []).map(toNumber);
  layer.bias = raw.bias ? raw.bias.map(toNumber) : null;
  const { dims } = layer;
  state.alikePads = dims.every((dim) => dim.paddingBegin === dim.paddingEnd);
  state.alikeDims = dims.every((dim) => FIELDS.every(({ field }) => dim[field] === dims[0][field]));
  const at = (raw.at || []).slice(-dims.length);
  // Batch and channel may be in front of the positions.
  const [n, co] = raw.at?.length > dims.length ? raw.at : [0, 0];
  const roomOf = (name, sizes) => sizes.map((size, d) => {
    const held = raw.held ? lengthOf(raw.held[name][d]) : size;
    return held < size ? held : Infinity;
  });
  const room = { input: roomOf('input', dims.map((dim) => dim.input)),
    kernel: roomOf('kernel', dims.map((dim) => dim.kernel)) };
  Object.assign(state, { layer, n, co, ci: 0, step: Infinity, at, room, notice: '', changed: false });
  refresh();
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** Brings everything that follows from the layer and the selection up to date. */
function refresh() {
  const { layer } = state;
  state.y = null;
  const fault = faultOf(layer);
  const empty = !fault && layer.dims.some((dim) => outputSize(dim) < 1);
  state.version += 1;
  if (multiplyAdds(layer) > MOST_WORK) state.problem = { kind: 'huge' };
  else if (fault) state.problem = { kind: 'fault', text: fault };
  else if (empty) state.problem = { kind: 'empty' };
  else state.problem = null;
  if (state.problem) return;
  state.y = compute(layer);
  const [batch, channels, ...positions] = state.y.ranges;
  state.n = clamp(state.n, batch.lo, batch.hi - 1);
  state.co = clamp(state.co, channels.lo, channels.hi - 1);
  state.at = positions.map(({ lo, hi }, d) => clamp(state.at[d] ?? 0, lo, hi - 1));
  followSelection();
}

function stampCount() {
  const { layer } = state;
  return channelsOf(layer, state.co).length * volumeOf(heldOf(layer).input);
}

/** The stamp put down last, or null when there is none or all of them are there. */
function currentStamp() {
  if (state.step < 1 || state.step >= stampCount()) return null;
  return stampsOf(state.layer, state.co)[state.step - 1];
}

/** Shows channels and slices in which the selected element has something to show. */
function followSelection() {
  const { layer, co } = state;
  state.step = Math.min(state.step, stampCount());
  const stamp = currentStamp();
  if (!channelsOf(layer, co).includes(state.ci)) state.ci = channelsOf(layer, co)[0];
  if (stamp && state.form === 'stamps') state.ci = stamp.ci;
  if (layer.dims.length < 3) {
    state.inputDepth = state.kernelDepth = 0;
    return;
  }
  const { input: [input], kernel: [kernel] } = heldOf(layer);
  state.inputDepth = clamp(state.inputDepth, input.lo, input.hi - 1);
  state.kernelDepth = clamp(state.kernelDepth, kernel.lo, kernel.hi - 1);
  if (stamp && state.form === 'stamps') state.inputDepth = stamp.i[0];
  const met = meetingsOf(layer, 0, state.at[0]);
  if (met.length && !met.some(({ i, k }) => i === state.inputDepth && k === state.kernelDepth))
    [state.inputDepth, state.kernelDepth] = [met[0].i, met[0].k];
}

function selectOutput(position) {
  if (position.every((entry, d) => entry === state.at[d])) return false;
  state.at = position;
  followSelection();
  return true;
}

function indexKey(index) {
  return index.join(',');
}

/** The values of a tensor for new ranges: those it had where they fit, else `fill`. */
function reshaped(kept, values, oldRanges, newRanges, fill) {
  indicesIn(oldRanges).forEach((index, flat) => kept.set(indexKey(index), values[flat]));
  return indicesIn(newRanges).map((index) => {
    const key = indexKey(index);
    if (!kept.has(key)) kept.set(key, fill(kept.size));
    return kept.get(key);
  });
}

/** Sets a size or an attribute of dimension `d`, or of all if they are kept alike. */
function setField(d, field, value) {
  const { layer } = state;
  const [oldInput, oldKernel] = [inputRanges(layer), kernelRanges(layer)];
  const isPad = field === 'paddingBegin' || field === 'paddingEnd';
  const fields = isPad && state.alikePads ? ['paddingBegin', 'paddingEnd'] : [field];
  const notes = [];
  const allStamped = state.step >= stampCount();
  layer.dims.forEach((dim, index) => {
    if (index !== d && !state.alikeDims) return;
    for (const name of fields) dim[name] = value;
    const limit = Math.max(dim.stride, dim.dilation) - 1;
    if (dim.outputPadding > limit) {
      dim.outputPadding = limit;
      notes.push(`Output padding has to stay below stride or dilation and is now ${limit}.`);
    }
  });
  if (layer.held) {
    const at = layer.dims.map((dim, index) => clamp(state.at[index], 0, Math.max(outputSize(dim) - 1, 0)));
    layer.held = heldAround(layer, at, state.room);
  }
  const [newInput, newKernel] = [inputRanges(layer), kernelRanges(layer)];
  if (volumeOf(newInput) + volumeOf(newKernel) < 1e6) {
    const note = (text, value) => {
      notes.push(text);
      return value;
    };
    layer.x = reshaped(state.kept.x, layer.x, oldInput, newInput,
      () => note('Elements of x that were not here before are 1.', 1));
    layer.w = reshaped(state.kept.w, layer.w, oldKernel, newKernel,
      (known) => note('Elements of w that were not here before go on counting.', known + 1));
  }
  state.notice = [...new Set(notes)].join(' ');
  state.changed = true;
  if (allStamped) state.step = Infinity;
  refresh();
}

function setValue(tensor, flat, value) {
  state.layer[tensor][flat] = value;
  state.notice = '';
  state.changed = true;
  refresh();
}
