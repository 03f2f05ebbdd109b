// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the three forms have in common: x, w and y as grids. One row stands for one
// dimension, a slice for three.

/** An interval of rows and one of columns, out of one interval per dimension. */
function planeOf(ranges) {
  const rows = ranges.length === 1 ? { lo: 0, hi: 1 } : ranges[ranges.length - 2];
  return { rows, cols: ranges[ranges.length - 1], label: ranges.length === 1 ? 'columns' : 'rows' };
}

function positionAt(rank, depth, row, col) {
  return [[col], [row, col], [depth, row, col]][rank - 1];
}

/** Row and column of a position. */
function cellOfPosition(position) {
  return position.length === 1 ? [0, position[0]] : position.slice(-2);
}

function widestText(values) {
  return values.length > 20000 ? 5 : values.reduce((most, value) => Math.max(most, shortText(value).length), 1);
}

/** One of six hues such that the stamps of neighbours differ. */
function hueOf(ci, i) {
  const [column, row = 0, depth = 0] = [...i].reverse();
  return modulo(column + 2 * row + 3 * depth + ci, 6) + 1;
}

function sameIndex(a, b) {
  return a.every((entry, d) => entry === b[d]);
}

/** What the chosen element is made of, with its hues. */
function chosenTerms() {
  return contributions(state.layer, state.n, state.co, state.at)
    .map((term) => ({ ...term, hue: hueOf(term.ci, term.i) }));
}

/** Whether these are whole numbers inside the ranges. */
function isIndex(index, ranges) {
  return index.every((entry, d) => Number.isInteger(entry) && within(ranges[d], entry));
}

function partText(term) {
  return term ? ', part of the chosen element' : '';
}

function sliceText(rank, depth) {
  return rank === 3 ? `, slice ${depth}` : '';
}

/** x in the shown channel; `look` adds to what a cell looks like. */
function inputSpec(look) {
  const { layer, n, ci, inputDepth } = state;
  const rank = layer.dims.length;
  const sizes = layer.dims.map((dim) => dim.input);
  const plane = planeOf(heldOf(layer).input);
  const terms = chosenTerms().filter((term) => term.ci === ci);
  const used = terms.find(({ i }) => rank < 3 || i[0] === inputDepth);
  return {
    ...plane, reach: plane, role: 'grid', title: 'x', widest: widestText(layer.x),
    detail: `input, ${timesText(sizes)}${sliceText(rank, inputDepth)}`,
    name: 'Input x. Arrow keys move, Enter edits the value.',
    focus: used ? cellOfPosition(used.i) : [plane.rows.lo, plane.cols.lo], margin: 3,
    cell(row, col) {
      const i = positionAt(rank, inputDepth, row, col);
      const value = inputAt(layer, n, ci, i);
      const term = terms.find((candidate) => sameIndex(candidate.i, i));
      const flat = flattenIn([n, ci, ...i], inputRanges(layer));
      return {
        text: shortText(value), color: hueOf(ci, i), kind: term ? 'used' : '',
        name: `input ${positionText(i)}, value ${numberText(value)}${partText(term)}`,
        info: { tensor: 'x', flat, ci, i, label: inputName(layer, n, ci, i) },
        ...look?.(i, value, term),
      };
    },
  };
}

/** The kernel from the shown input channel, flipped for the zero insertion. */
function kernelSpec(flipped = false, look) {
  const { layer, co, ci, kernelDepth } = state;
  const rank = layer.dims.length;
  const sizes = layer.dims.map((dim) => dim.kernel);
  const turn = (k) => (flipped ? k.map((entry, d) => sizes[d] - 1 - entry) : k);
  const turned = ({ lo, hi }, d) => (flipped ? { lo: sizes[d] - hi, hi: sizes[d] - lo } : { lo, hi });
  const plane = planeOf(heldOf(layer).kernel.map(turned));
  const terms = chosenTerms().filter((term) => term.ci === ci);
  const used = terms.find(({ k }) => rank < 3 || k[0] === kernelDepth);
  return {
    ...plane, reach: plane, role: 'grid', title: flipped ? 'w, flipped' : 'w', widest: widestText(layer.w),
    label: flipped ? null : plane.label,
    detail: `kernel, ${timesText(sizes)}${sliceText(rank, kernelDepth)}`,
    name: `${flipped ? 'Kernel w, flipped in space.' : 'Kernel w.'} Arrow keys move, Enter edits the value.`,
    focus: used ? cellOfPosition(turn(used.k)) : [plane.rows.lo, plane.cols.lo],
    cell(row, col) {
      const place = positionAt(rank, kernelDepth, row, col);
      const k = rank === 3 ? [kernelDepth, ...turn(place).slice(1)] : turn(place);
      const value = weightAt(layer, ci, co, k);
      const term = terms.find((candidate) => sameIndex(candidate.k, k));
      const flat = flattenIn([ci, co % kernelShape(layer)[1], ...k], kernelRanges(layer));
      return {
        text: shortText(value), color: term?.hue, kind: term ? 'used' : '',
        name: `kernel ${positionText(k)}, value ${numberText(value)}${partText(term)}`,
        info: { tensor: 'w', flat, k, label: weightName(layer, ci, co, k) },
        ...look?.(k, value, term),
      };
    },
  };
}

function outputAt(o) {
  const { layer, y, n, co } = state;
  return y.y[flattenIn([n, co, ...o], y.ranges)];
}

function outputLabel(o, value) {
  const count = countTerms(state.layer, o);
  return `output ${positionText(o)}, value ${numberText(value)}, ${plural(count, 'contribution')}`;
}

/** y in the chosen channel, at the depth of the chosen element. */
function outputSpec(look) {
  const { layer, at, y } = state;
  const rank = layer.dims.length;
  const sizes = layer.dims.map(outputSize);
  const plane = planeOf(y.ranges.slice(2));
  return {
    ...plane, reach: plane, role: 'grid', title: 'y', widest: widestText(y.y),
    detail: `result, ${timesText(sizes)}${sliceText(rank, at[0])}`,
    name: 'Output y. Arrow keys choose an element.',
    focus: cellOfPosition(at), chosen: cellOfPosition(at),
    cell(row, col) {
      const o = positionAt(rank, at[0], row, col);
      const value = outputAt(o);
      return {
        text: shortText(value), kind: sameIndex(o, at) ? 'chosen' : '',
        name: outputLabel(o, value), info: { o }, ...look?.(o, value),
      };
    },
  };
}

/** Pointing at, pressing or moving to an element of y chooses it. */
function chooseHandlers(render) {
  const choose = (o) => {
    if (o && selectOutput(o)) render();
  };
  return {
    point: ({ o }) => choose(o),
    press: ({ o }) => choose(o),
    move: (row, col) => choose(positionAt(state.layer.dims.length, state.at[0], row, col)),
    key(event) {
      const step = { PageUp: -1, PageDown: 1 }[event.key];
      if (!step || state.layer.dims.length < 3) return false;
      const { lo, hi } = outputRange(state.layer, 0);
      choose([clamp(state.at[0] + step, lo, hi - 1), ...state.at.slice(1)]);
      return true;
    },
  };
}

/** Pressing an element of x or w, or Enter or a digit on it, edits its value. */
function editHandlers(render, extra = {}) {
  return {
    press: (info, cell) => info.tensor && openEditor(info, cell),
    key(event, info, cell) {
      if (!info.tensor) return false;
      if (event.key === 'Enter' || event.key === 'F2' || event.key === ' ') openEditor(info, cell);
      else if (/^[-0-9.]$/.test(event.key)) openEditor(info, cell, event.key);
      else return false;
      return true;
    },
    ...extra,
  };
}
