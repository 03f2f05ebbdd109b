// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Form 3: elements of y that are s apart use the same taps, so each such phase is a
// small convolution of its own, without a single inserted zero.

const MOST_PHASES = 36;

class PhasesForm {
  constructor(render) {
    this.render = render;
    this.x = new Grid(document.getElementById('phases-x'), editHandlers(render));
    this.w = new Grid(document.getElementById('phases-w'), editHandlers(render));
    this.sub = new Grid(document.getElementById('phases-sub'), {});
    this.y = new Grid(document.getElementById('phases-y'), chooseHandlers(render));
    this.legend = document.getElementById('legend');
    this.legend.addEventListener('click', (event) => {
      const first = event.target.closest('button')?.first;
      if (first && selectOutput(first)) render();
    });
  }

  how() {
    const { dims } = state.layer;
    const parts = dims.map((dim) => dim.stride);
    return `Elements of y that are s apart use the same weights. ${timesText(parts)} strides make ` +
      `${plural(product(parts), 'phase')}: each is a small convolution of x with every s-th weight, ` +
      'and no zero is multiplied.';
  }

  phases(o) {
    return state.layer.dims.map((dim, d) => phaseOf(dim, o[d]));
  }

  /** The number of the phase of `o`: y[0, ...] is in phase 0, the others follow in C order. */
  numberOf(o) {
    const strides = state.layer.dims.map((dim) => dim.stride);
    return flatten(o.map((entry, d) => entry % strides[d]), strides);
  }

  termHue() {
    return this.hue(this.numberOf(state.at));
  }

  /** Letters for the phases that have weights, by number: A comes first in y. */
  letters() {
    if (this.lettersOf === state.version) return this.kept;
    const strides = state.layer.dims.map((dim) => dim.stride);
    const tapped = indicesOf(strides).filter((o) => this.phases(o).every(({ taps }) => taps.length));
    this.kept = new Map(tapped.map((o, index) => [this.numberOf(o), letterOf(index)]));
    this.lettersOf = state.version;
    return this.kept;
  }

  hue(number) {
    return this.letters().has(number) ? [...this.letters().keys()].indexOf(number) % 6 + 1 : null;
  }

  sizeText(o) {
    const sizes = this.phases(o).map(({ taps }) => taps.length);
    return `${timesText(sizes)} ${product(sizes) === 1 ? 'weight' : 'weights'}`;
  }

  note(terms, at) {
    const { layer } = state;
    const phases = this.phases(at);
    const residues = layer.dims.map((dim, d) =>
      `(${at[d]} + ${dim.paddingBegin}) mod ${dim.stride} = ${phases[d].residue}`.replace('+ -', '− '));
    const taps = product(phases.map((phase) => phase.taps.length));
    const where = residues.join(', ');
    if (!taps)
      return `${where}: no weight reaches this phase, so it is ${layer.bias ? 'the bias' : '0'} everywhere.`;
    const start = `Phase ${this.letters().get(this.numberOf(at))}: ${where}; ${this.sizeText(at)}`;
    const outside = taps * layer.inputChannels / layer.groups - countTerms(layer, at);
    return outside ? `${start}, ${outside} of them meet nothing, being outside x.` : `${start}.`;
  }

  draw() {
    const { layer, at, ci, co, kernelDepth } = state;
    const rank = layer.dims.length;
    const chosen = this.numberOf(at);
    const letter = this.letters().get(chosen);
    const phases = this.phases(at);
    const inPhase = (k) => k.every((entry, d) => phases[d].taps.includes(entry));
    this.drawLegend(chosen);
    this.x.update(inputSpec((i, value, term) => ({ color: term ? this.hue(chosen) : null })));
    const kindOf = (k, term) => (term ? 'used' : inPhase(k) ? 'unmet' : 'waiting');
    this.w.update(kernelSpec(false, (k, value, term) => (
      { color: inPhase(k) ? this.hue(chosen) : null, kind: kindOf(k, term) })));
    const sizes = phases.map(({ taps }) => taps.length);
    const heldTaps = phases.map(({ taps }, d) => taps.filter((k) => within(heldOf(layer).kernel[d], k)));
    const bare = heldTaps.some((taps) => !taps.length) || (rank === 3 && !heldTaps[0].includes(kernelDepth));
    const plane = planeOf(heldTaps.map((taps) => wholeRange(taps.length)));
    const met = contributions(layer, state.n, co, at).map(({ k }) => indexKey(k));
    this.sub.figure.hidden = bare;
    if (!bare) this.sub.update({
      ...plane, label: null, reach: plane, role: 'table', title: `w of phase ${letter}`,
      detail: `${timesText(sizes)}${sliceText(rank, kernelDepth)}`, name: `Weights of phase ${letter}`,
      widest: widestText(layer.w), focus: [0, 0],
      cell: (row, col) => {
        const taps = heldTaps.slice(-2);
        const tail = rank === 1 ? [taps[0][col]] : [taps[0][row], taps[1][col]];
        const k = rank === 3 ? [kernelDepth, ...tail] : tail;
        const value = weightAt(layer, ci, co, k);
        return {
          text: shortText(value), under: `[${k.join()}]`, color: this.hue(chosen),
          kind: met.includes(indexKey(k)) ? 'used' : 'unmet', info: {},
          name: `${weightName(layer, ci, co, k)} is ${numberText(value)}`,
        };
      },
    });
    this.y.update(outputSpec((o) => {
      const number = this.numberOf(o);
      const empty = this.phases(o).some(({ taps }) => !taps.length);
      const letter = this.letters().get(number);
      const marks = [empty ? 'bias-only' : '', number === chosen ? 'same' : 'other',
        sameIndex(o, at) ? 'chosen' : ''];
      return {
        kind: `phase ${marks.join(' ')}`, corner: letter, color: this.hue(number),
        name: `${outputLabel(o, outputAt(o))}, ${empty ? 'bias only' : `phase ${letter}`}`,
      };
    }));
  }

  /** One entry per phase that occurs in y. */
  drawLegend(chosen) {
    const { layer } = state;
    const starts = state.y.ranges.slice(2).map(({ lo, hi }, d) => ({ lo, hi: Math.min(lo + layer.dims[d].stride, hi) }));
    const firsts = new Map();
    for (const o of indicesIn(starts)) firsts.set(this.numberOf(o), o);
    const letters = this.letters();
    const numbers = [...firsts.keys()].filter((number) => letters.has(number)).sort((a, b) => a - b);
    const bare = firsts.size - numbers.length;
    const shown = numbers.slice(0, MOST_PHASES);
    const key = `${state.version} ${chosen}`;
    if (key === this.legendKey) return;
    this.legendKey = key;
    const focused = this.legend.contains(document.activeElement) ? document.activeElement.dataset.phase : null;
    this.legend.replaceChildren(...shown.map((number) => {
      const button = make('button', {
        type: 'button', 'data-phase': number, 'aria-pressed': String(number === chosen),
        style: `--c: var(--hue-${this.hue(number)})`,
      }, make('b', {}, letters.get(number)), ` ${this.sizeText(firsts.get(number))}`);
      button.first = firsts.get(number);
      return make('li', {}, button);
    }));
    if (numbers.length > shown.length)
      this.legend.append(make('li', {}, `and ${numbers.length - shown.length} more`));
    if (bare) {
      const swatch = make('span', { class: 'swatch bias-only', 'aria-hidden': 'true' });
      const value = layer.bias ? 'bias only' : 'always 0 (there is no bias)';
      this.legend.append(make('li', {}, swatch, `${plural(bare, 'phase')} without weights: ${value}`));
    }
    this.legend.querySelector(`[data-phase="${focused}"]`)?.focus();
  }
}
