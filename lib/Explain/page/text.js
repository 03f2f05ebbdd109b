// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Numbers and indices as text: pure functions, no DOM.

/** A number for the equation: six digits. */
function numberText(value) {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value + 0);
  return String(Number(value.toPrecision(6)));
}

/** A number for a cell: at most six characters. */
function shortText(value) {
  const exact = numberText(value);
  if (exact.length <= 4) return exact;
  const power = value.toExponential(0).replace('e+', 'e');
  if (Number(power) === value && power.length < exact.length) return power;
  const rounded = [3, 2].map((digits) => String(Number(value.toPrecision(digits))));
  return rounded.find((text) => text.length <= 6) ?? power;
}

/** A number as it follows a plus or a times. */
function operandText(value) {
  const text = numberText(value);
  return text.startsWith('-') ? `(${text})` : text;
}

function isPlain(layer) {
  return layer.batch === 1 && layer.inputChannels === 1 && layer.outputChannels === 1;
}

/** An element's name; batch and channels are left out where there is one of each. */
function elementName(layer, tensor, lead, position) {
  const index = isPlain(layer) ? position : [...lead, ...position];
  return `${tensor}[${index.join(',')}]`;
}

function inputName(layer, n, ci, i) {
  return elementName(layer, 'x', [n, ci], i);
}

function weightName(layer, ci, co, k) {
  return elementName(layer, 'w', [ci, co % (layer.outputChannels / layer.groups)], k);
}

function outputName(layer, n, co, o) {
  return elementName(layer, 'y', [n, co], o);
}

/** `output row 0, column 1`, as many of these as there are dimensions. */
function positionText(position) {
  const names = [['position'], ['row', 'column'], ['depth', 'row', 'column']][position.length - 1];
  return names.map((name, d) => `${name} ${position[d]}`).join(', ');
}

/** The layer in one line, as tconv-explain --layer takes it. */
function descriptorText(layer) {
  const { dims, batch, inputChannels, outputChannels, groups } = layer;
  const each = (name, text, otherwise) => {
    const texts = dims.map(text);
    const alike = texts.every((one) => one === texts[0]);
    if (alike && texts[0] === otherwise) return [];
    return [name + (alike && otherwise !== undefined ? texts[0] : texts.join('x'))];
  };
  const count = (name, value) => (value === 1 ? [] : [`${name}${value}`]);
  const padding = ({ paddingBegin, paddingEnd }) =>
    (paddingBegin === paddingEnd ? `${paddingBegin}` : `${paddingBegin}:${paddingEnd}`);
  return [...count('n', batch), ...count('ci', inputChannels), ...count('co', outputChannels),
    ...each('i', (dim) => `${dim.input}`), ...each('k', (dim) => `${dim.kernel}`),
    ...each('s', (dim) => `${dim.stride}`, '1'), ...each('p', padding, '0'),
    ...each('d', (dim) => `${dim.dilation}`, '1'), ...each('op', (dim) => `${dim.outputPadding}`, '0'),
    ...count('g', groups), ...(layer.bias ? ['b'] : [])].join(' ');
}

function plural(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function timesText(sizes) {
  return sizes.join(' × ');
}

/**
 * The equation of an output element in parts: `head = symbols = products = result`.
 * Each of `terms` has its name, its factors and its product as text; `missing` is how many
 * more there are, of which the page has no numbers.
 */
function equationOf(layer, n, co, o) {
  const met = contributions(layer, n, co, o);
  const bias = layer.bias ? biasOf(layer, co) : null;
  const terms = met.map((term) => ({
    ...term,
    name: `${inputName(layer, n, term.ci, term.i)}*${weightName(layer, term.ci, co, term.k)}`,
    factors: `${operandText(term.x)}*${operandText(term.w)}`,
    product: term.x * term.w,
  }));
  const result = terms.reduce((sum, term) => sum + term.product, bias ?? 0);
  const missing = countTerms(layer, o) - terms.length;
  return { head: outputName(layer, n, co, o), bias, biasName: `b[${co}]`, terms, missing, result };
}

/** The size formula of one dimension with its numbers put in. */
function sizeFormula(dim) {
  const { input, kernel, stride, paddingBegin, paddingEnd, dilation, outputPadding } = dim;
  const minus = (value) => (value < 0 ? `− (${value})` : `− ${value}`);
  return {
    symbols: '(I − 1)·s − pb − pe + d·(K − 1) + op + 1',
    numbers: `(${input} − 1)·${stride} ${minus(paddingBegin)} ${minus(paddingEnd)} + ` +
      `${dilation}·(${kernel} − 1) + ${outputPadding} + 1`,
    size: outputSize(dim),
  };
}

function cutText(amount, where) {
  if (amount === 0) return `nothing is cut ${where}`;
  return amount > 0 ? `${amount} cut ${where}` : `${-amount} added ${where}`;
}

/** What the padding does to one dimension, in words. */
function paddingText(dim) {
  const { paddingBegin, paddingEnd, outputPadding } = dim;
  const rest = outputPadding ? `, ${outputPadding} more kept by the output padding` : '';
  if (paddingBegin === 0 && paddingEnd === 0)
    return `The stamps reach over ${fullSize(dim)}; nothing is cut${rest}.`;
  return `The stamps reach over ${fullSize(dim)}: ${cutText(paddingBegin, 'in front')}, ` +
    `${cutText(paddingEnd, 'behind')}${rest}.`;
}

const DIM_NAMES = [['length'], ['rows', 'columns'], ['depth', 'rows', 'columns']];

function dimName(rank, d) {
  return DIM_NAMES[rank - 1][d];
}

/** A, B, ... Z, AA, AB, ... */
function letterOf(index) {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
