// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Puts the parts together: draws what the state says, and wires tabs and start.

/** More terms than these are summed up in the equation. */
const MOST_TERMS = 12;

const FORMS = ['stamps', 'zeros', 'phases'];

function drawEquation(form, at) {
  const { layer, n, co } = state;
  const { head, bias, biasName, terms, missing, result } = equationOf(layer, n, co, at);
  const shown = terms.slice(0, MOST_TERMS);
  const rest = terms.length - shown.length;
  const parts = [make('b', { class: 'head' }, head), ' = '];
  const join = (pieces) => pieces.flatMap((piece, index) => (index ? [' + ', piece] : [piece]));
  const left = missing ? [`… (${missing} left out)`] : [];
  const more = [...(rest ? [`… (${rest} more)`] : []), ...left];
  const named = [
    ...(bias === null ? [] : [make('span', { class: 'bias' }, biasName)]),
    ...shown.map((term) => make('span', {
      class: 'term', style: `--c: var(--hue-${form.termHue(term)})` }, term.name)),
    ...more];
  const summands = [...(bias === null ? [] : [bias]), ...shown.map((term) => term.product)];
  const products = summands.map((value, index) => (index ? operandText(value) : numberText(value)));
  products.push(...more);
  if (named.length) parts.push(...join(named), ' = ');
  if (products.length > 1) parts.push(join(products).join(''), ' = ');
  parts.push(make('b', { class: 'result' }, join([numberText(result), ...left]).join('')));
  document.getElementById('equation').replaceChildren(...parts);
  const plain = shown.every(({ x }) => x === 1);
  const factors = shown.map((term) => term.factors);
  setText(document.getElementById('values'), shown.length && !plain
    ? `with the numbers: ${join([...factors, ...more]).join('')}` : '');
  setText(document.getElementById('note'), form.note(terms, at));
}

/** An element of y with as many contributions as any has. */
function busiestElement() {
  return state.layer.dims.map((_, d) => {
    let best = { count: -1 };
    for (const o of entriesOf(outputRange(state.layer, d))) {
      const count = meetingsOf(state.layer, d, o).length;
      if (count > best.count) best = { o, count };
    }
    return best.o;
  });
}

/** Keeps the room that the longest equation needs, lest the grids move under the pointer. */
function reserveRoom(form) {
  const answer = document.getElementById('answer');
  const key = [state.version, state.form, state.n, state.co, window.innerWidth].join();
  if (answer.dataset.key !== key) {
    answer.dataset.key = key;
    answer.style.minHeight = '';
    drawEquation(form, busiestElement());
    answer.style.minHeight = `${answer.offsetHeight}px`;
    answer.classList.toggle('sticky', answer.offsetHeight < 0.3 * window.innerHeight);
  }
}

function drawFormulas() {
  const { dims } = state.layer;
  const alike = dims.every((dim) => FIELDS.every(({ field }) => dim[field] === dims[0][field]));
  const shown = alike ? [0] : dims.map((_, d) => d);
  const formulas = shown.map((d) => {
    const { symbols, numbers, size } = sizeFormula(dims[d]);
    const name = alike ? (dims.length > 1 ? 'each dimension' : 'length') : dimName(dims.length, d);
    return make('div', { class: size < 1 ? 'formula bad' : 'formula' },
      make('h3', {}, name), make('p', {}, `O = ${symbols}`),
      make('p', {}, `= ${numbers} `, make('span', { class: 'total' }, '= ', make('b', {}, String(size)))),
      make('p', { class: 'cuts' }, paddingText(dims[d])));
  });
  document.getElementById('formulas').replaceChildren(...formulas);
}

/** What is said in place of a picture. */
function problemParts({ kind, text }) {
  const { layer } = state;
  if (kind === 'fault')
    return [make('h2', {}, 'This is not a transposed convolution'), make('p', {}, `${text}.`)];
  if (kind === 'huge') {
    return [make('h2', {}, 'Too large to work out in a page'),
      make('p', {}, `This layer takes up to ${multiplyAdds(layer).toLocaleString('en')} multiply-adds; ` +
        `a page does ${MOST_WORK.toLocaleString('en')}. Make the input, the kernel or the channels smaller.`)];
  }
  const parts = [make('h2', {}, 'Nothing is left of the output')];
  const alike = state.alikeDims && layer.dims.length > 1;
  layer.dims.forEach((dim, d) => {
    const { symbols, numbers, size } = sizeFormula(dim);
    if (size > 0 || (alike && d > 0)) return;
    const total = dim.paddingBegin + dim.paddingEnd;
    parts.push(make('p', { class: 'formula bad' },
      `${alike ? 'Each dimension' : dimName(layer.dims.length, d)}: O = ${symbols} = ${numbers} = `,
      make('b', {}, String(size))));
    parts.push(make('p', {}, `The stamps reach over ${fullSize(dim)}` +
      `${dim.outputPadding ? ` and the output padding adds ${dim.outputPadding}` : ''}; the padding cuts ` +
      `${dim.paddingBegin} in front and ${dim.paddingEnd} behind, ${total} in all. An output has at least one element: ` +
      'use less padding, or a larger stride, kernel or input.'));
  });
  return parts;
}

function drawAbout() {
  const { layer } = state;
  const shapes = [`x ${timesText(inputShape(layer))}`, `w ${timesText(kernelShape(layer))}`,
    layer.dims.some((dim) => !(outputSize(dim) > 0)) ? 'y is empty' : `y ${timesText(outputShape(layer))}`];
  if (layer.groups > 1) shapes.push(plural(layer.groups, 'group'));
  if (layer.bias) shapes.push('with bias');
  const name = state.changed ? descriptorText(layer) : layer.title;
  const title = name ? [make('b', {}, name), state.changed ? ' (changed) · ' : ' · '] : [];
  const about = [...title, shapes.join(' · ')];
  const leftOut = [leftOutText(layer), layer.omitted].filter(Boolean).join('; ');
  if (leftOut) about.push(make('span', { class: 'omitted' }, `Left out: ${leftOut}`));
  document.getElementById('about').replaceChildren(...about);
}

function startPage() {
  const render = () => draw();
  const forms = {
    stamps: new StampsForm(render), zeros: new ZerosForm(render), phases: new PhasesForm(render) };
  const sliders = new Sliders(render);

  function draw() {
    const form = forms[state.form];
    const failed = document.getElementById('problem');
    drawAbout();
    setText(document.getElementById('notice'), state.notice);
    for (const id of ['answer', 'board']) document.getElementById(id).hidden = Boolean(state.problem);
    document.getElementById('selectors').hidden = true;
    failed.hidden = !state.problem;
    if (state.problem?.kind === 'fault') document.getElementById('formulas').replaceChildren();
    else drawFormulas();
    if (state.problem) {
      failed.replaceChildren(...problemParts(state.problem));
      return;
    }
    drawSelectors(render);
    setText(document.querySelector(`#panel-${state.form} .how`), form.how());
    reserveRoom(form);
    drawEquation(form, state.at);
    form.draw();
  }

  function show(name) {
    state.form = name;
    state.pointed = null;
    for (const other of FORMS) {
      const tab = document.getElementById(`tab-${other}`);
      setAttribute(tab, 'aria-selected', String(other === name));
      setAttribute(tab, 'tabindex', other === name ? 0 : -1);
      document.getElementById(`panel-${other}`).hidden = other !== name;
    }
    if (!state.problem) followSelection();
    draw();
  }

  function start(raw) {
    loadLayer(raw);
    if (state.layer.dims.length) sliders.build();
    draw();
  }

  FORMS.forEach((name, index) => {
    const tab = document.getElementById(`tab-${name}`);
    tab.addEventListener('click', () => show(name));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const next = { Home: 0, End: FORMS.length - 1 }[event.key] ??
        (step && modulo(index + step, FORMS.length));
      if (next === undefined) return;
      event.preventDefault();
      show(FORMS[next]);
      document.getElementById(`tab-${FORMS[next]}`).focus();
    });
  });

  const given = JSON.parse(document.getElementById('layer').textContent);
  const example = document.getElementById('example');
  const starts = [{ name: given.title || 'The given layer', layer: () => given }, ...EXAMPLES];
  example.append(...starts.map(({ name }, index) => make('option', { value: index }, name)));
  const startAgain = () => start(starts[Number(example.value)].layer());
  example.addEventListener('change', startAgain);
  document.getElementById('reset').addEventListener('click', startAgain);
  wireEditor(render);
  loadLayer(given);
  if (state.layer.dims.length) sliders.build();
  show('stamps');
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth !== width) draw();
    width = window.innerWidth;
  });
}

startPage();
