// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sliders for the sizes, selectors for channels and slices, and the editor of a value.

function fieldLabel(spec) {
  const isPad = spec.field === 'paddingBegin' && state.alikePads;
  return isPad ? { label: 'Padding', symbol: 'p' } : spec;
}

/** The largest value a slider offers: enough for what the layer came with. */
function fieldLimit(spec, dim) {
  if (spec.field === 'outputPadding') return Math.max(dim.stride, dim.dilation) - 1;
  return Math.max(spec.max, dim[spec.field]);
}

class Sliders {
  constructor(render) {
    this.render = render;
    this.holder = document.getElementById('sliders');
    this.links = document.getElementById('links');
  }

  /** Builds what the number of dimensions and the two links ask for. */
  build() {
    const { dims } = state.layer;
    const shown = state.alikeDims ? [0] : dims.map((_, d) => d);
    const link = (text, name) => {
      const box = make('input', { type: 'checkbox' });
      box.checked = state[name];
      box.addEventListener('change', () => {
        state[name] = box.checked;
        if (box.checked) this.align(name);
        this.build();
        this.render();
        this.links.querySelector(`[data-link=${name}] input`).focus();
      });
      return make('label', { 'data-link': name }, box, ` ${text}`);
    };
    this.links.replaceChildren(
      ...(dims.length > 1 ? [link('All dimensions alike', 'alikeDims')] : []),
      link('Same padding in front and behind', 'alikePads'));
    this.rows = [];
    this.holder.replaceChildren(...shown.map((d) => this.buildDim(d)));
    this.update();
  }

  buildDim(d) {
    const name = state.alikeDims ? 'All dimensions' : `Dimension ${d}: ${dimName(state.layer.dims.length, d)}`;
    const group = make('fieldset', {}, make('legend', { class: state.alikeDims ? 'hidden' : '' }, name));
    for (const spec of FIELDS) {
      if (spec.field === 'paddingEnd' && state.alikePads) continue;
      const id = `slider-${d}-${spec.field}`;
      const { label, symbol } = fieldLabel(spec);
      const range = make('input', { type: 'range', id, step: 1, 'data-field': spec.field });
      const shownValue = make('output', { for: id });
      range.addEventListener('input', () => {
        setField(d, spec.field, Number(range.value));
        this.update();
        this.render();
      });
      group.append(make('div', { class: 'slider' },
        make('label', { for: id }, `${label} `, make('i', {}, symbol)), shownValue, range));
      this.rows.push({ d, spec, range, shownValue });
    }
    return group;
  }

  /** Makes the dimensions, or the two sides, equal after their link was switched on. */
  align(name) {
    const first = { ...state.layer.dims[0] };
    state.layer.dims.forEach((dim, d) => {
      const source = name === 'alikeDims' ? first : { paddingEnd: dim.paddingBegin };
      const saved = state.alikeDims;
      state.alikeDims = false;
      const pads = state.alikePads;
      state.alikePads = false;
      for (const [field, value] of Object.entries(source)) setField(d, field, value);
      state.alikeDims = saved;
      state.alikePads = pads;
    });
  }

  update() {
    for (const { d, spec, range, shownValue } of this.rows) {
      const dim = state.layer.dims[d];
      setAttribute(range, 'min', Math.min(spec.min, dim[spec.field]));
      setAttribute(range, 'max', fieldLimit(spec, dim));
      range.disabled = range.min === range.max;
      range.value = dim[spec.field];
      setText(shownValue, String(dim[spec.field]));
    }
  }
}

/** Selectors of batch, channels and slices: only those that have something to select. */
function drawSelectors(render) {
  const { layer } = state;
  const rank = layer.dims.length;
  const channels = channelsOf(layer, state.co);
  const held = heldOf(layer);
  const all = [
    ['Batch', 'n', entriesOf(held.batch), state.n, (value) => { state.n = value; }],
    ['Output channel', 'co', entriesOf(held.outputChannels), state.co, (value) => { state.co = value; }],
    ['Input channel', 'ci', channels, state.ci, (value) => { state.ci = value; }],
  ];
  if (rank === 3)
    all.push(
      ['Slice of y', 'depth', entriesOf(outputRange(layer, 0)), state.at[0],
        (value) => { state.at = [value, ...state.at.slice(1)]; }],
      ['Slice of x', 'inputDepth', entriesOf(held.input[0]), state.inputDepth, null],
      ['Slice of w', 'kernelDepth', entriesOf(held.kernel[0]), state.kernelDepth, null]);
  const holder = document.getElementById('selectors');
  const shown = all.filter(([, , values]) => values.length > 1);
  holder.hidden = shown.length === 0;
  const focused = document.activeElement?.dataset?.select;
  holder.replaceChildren(...shown.map(([label, name, values, value, set]) => {
    const options = values.map((entry) => make('option', { value: entry }, String(entry)));
    const select = make('select', { 'data-select': name }, ...options);
    select.value = value;
    select.addEventListener('change', () => {
      if (set) set(Number(select.value));
      else state[name] = Number(select.value);
      if (set) followSelection();
      render();
    });
    return make('label', {}, `${label} `, select);
  }));
  if (focused) holder.querySelector(`[data-select=${focused}]`)?.focus();
}

const editor = { form: document.getElementById('editor'), info: null, opener: null };

/** Asks for a new value of an element of x or w, next to its cell. */
function openEditor(info, cell, typed = '') {
  const input = document.getElementById('editor-value');
  editor.info = info;
  editor.opener = cell;
  setText(editor.form.querySelector('label'), `${info.label} =`);
  input.value = typed || numberText(state.layer[info.tensor][info.flat]);
  input.removeAttribute('aria-invalid');
  editor.form.hidden = false;
  const box = cell.getBoundingClientRect();
  const { offsetWidth } = editor.form;
  const left = clamp(box.left - 12, 8, document.documentElement.clientWidth - offsetWidth - 8);
  editor.form.style.left = `${left + window.scrollX}px`;
  editor.form.style.top = `${box.bottom + 6 + window.scrollY}px`;
  input.focus();
  editor.form.scrollIntoView({ block: 'nearest' });
  if (!typed) input.select();
}

function closeEditor() {
  if (editor.form.hidden) return;
  editor.form.hidden = true;
  editor.opener?.focus({ preventScroll: true });
}

function wireEditor(render) {
  const input = document.getElementById('editor-value');
  editor.form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim().toLowerCase();
    const value = ['nan', 'inf', '-inf'].includes(text) ? toNumber(text) : Number(text);
    if (text === '' || (Number.isNaN(value) && text !== 'nan')) {
      input.setAttribute('aria-invalid', 'true');
      return;
    }
    setValue(editor.info.tensor, editor.info.flat, value);
    closeEditor();
    render();
  });
  editor.form.querySelector('.quiet').addEventListener('click', closeEditor);
  editor.form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeEditor();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!editor.form.hidden && !editor.form.contains(event.target)) editor.form.hidden = true;
  });
}
