// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Form 1: every element of x stamps the kernel, times its value, onto the output.

/** More overlapping stamps than these are not told apart by outlines. */
const MOST_FRAMES = 9;

class StampsForm {
  constructor(render) {
    const point = (stamp) => {
      state.pointed = stamp;
      this.drawOutput();
    };
    this.x = new Grid(document.getElementById('stamps-x'), editHandlers(render, {
      point: ({ ci, i }) => point({ ci, i }), leave: () => point(null) }));
    this.w = new Grid(document.getElementById('stamps-w'), editHandlers(render));
    this.y = new Grid(document.getElementById('stamps-y'), chooseHandlers(render));
    this.ladder = new Grid(document.getElementById('stamps-ladder'), {});
    this.slider = document.getElementById('step');
    const goTo = (step) => {
      state.step = clamp(step, 0, stampCount());
      followSelection();
      render();
    };
    this.slider.addEventListener('input', () => goTo(Number(this.slider.value)));
    for (const button of document.querySelectorAll('[data-step]'))
      button.addEventListener('click', () => goTo({
        first: 0, previous: state.step - 1, next: state.step + 1, last: Infinity }[button.dataset.step]));
  }

  termHue({ ci, i }) {
    return hueOf(ci, i);
  }

  how() {
    return 'Put the kernel’s corner at i·s − pb for every element i of x, multiply it by x[i], and add up. ' +
      'What lands outside the frame is cut off. Press a number of x or w to change it.';
  }

  note(terms, at) {
    const count = countTerms(state.layer, at);
    if (!count) return 'No stamp reaches this element.';
    const places = terms.map(({ ci, i }) => inputName(state.layer, state.n, ci, i));
    if (count === 1 && terms.length) return `One stamp lies here: the one of ${places[0]}.`;
    const shown = places.slice(0, 8);
    const listed = [...shown, ...(count > shown.length ? ['…'] : [])].join(', ');
    return `${plural(count, 'stamp')} ${count === 1 ? 'lies' : 'overlap'} here: ` +
      `${shown.length ? `those of ${listed}` : 'left out'}${count > shown.length ? '' : '.'}`;
  }

  draw() {
    const stamps = stampsOf(state.layer, state.co);
    const current = currentStamp();
    const put = new Set(stamps.slice(0, state.step).map(({ ci, i }) => indexKey([ci, ...i])));
    this.x.update(inputSpec((i, value, term) => {
      const isCurrent = current && current.ci === state.ci && sameIndex(current.i, i);
      const waiting = !put.has(indexKey([state.ci, ...i]));
      return { kind: `barred ${term ? 'used' : ''} ${isCurrent ? 'current' : ''} ${waiting ? 'waiting' : ''}` };
    }));
    this.w.update(kernelSpec());
    this.drawOutput();
    this.drawLadder(put);
    this.drawStepper(stamps.length, current);
  }

  /** In one dimension the stamps fit below each other, so that the columns add up to y. */
  drawLadder(put) {
    const { layer, n, co, ci, at } = state;
    this.ladder.figure.hidden = layer.dims.length > 1;
    if (layer.dims.length > 1) return;
    const [dim] = layer.dims;
    this.ladder.update({
      rows: heldOf(layer).input[0], cols: uncutRange(layer, 0), label: 'rows', role: 'table', title: 'Stamps',
      detail: 'one row for each element of x; what stands below each other adds up to y',
      name: 'The stamps, one in each row', widest: widestText(Array.from(this.canvas().canvas)),
      focus: [meetingsOf(layer, 0, at[0])[0]?.i ?? heldOf(layer).input[0].lo, at[0]],
      cell(row, col) {
        const k = (col + dim.paddingBegin - row * dim.stride) / dim.dilation;
        const inside = col >= 0 && col < outputSize(dim);
        const reached = put.has(indexKey([ci, row])) && isIndex([k], heldOf(layer).kernel);
        const value = reached ? inputAt(layer, n, ci, [row]) * weightAt(layer, ci, co, [k]) : 0;
        return {
          text: reached ? shortText(value) : '', color: hueOf(ci, [row]), info: {},
          kind: `${inside ? '' : 'cut'} ${reached ? 'stamped' : ''} ${reached && col === at[0] ? 'chosen' : ''}`,
          name: reached ? `stamp of input ${row}, at ${col}: ${numberText(value)}` : '',
        };
      },
    });
  }

  drawStepper(count, current) {
    const { layer, n, step } = state;
    setAttribute(this.slider, 'max', count);
    this.slider.value = step;
    for (const button of document.querySelectorAll('[data-step]'))
      button.disabled = /first|previous/.test(button.dataset.step) ? step <= 0 : step >= count;
    const say = (text) => {
      setText(document.getElementById('step-text'), text);
      setAttribute(this.slider, 'aria-valuetext', text);
    };
    if (step === 0) return say(`No stamps yet: y is ${layer.bias ? 'the bias' : '0'} everywhere.`);
    if (!current) return say(`All ${count} stamps are down.`);
    const corner = current.i.map((entry, d) => entry * layer.dims[d].stride - layer.dims[d].paddingBegin);
    return say(`Stamp ${step} of ${count}: ${inputName(layer, n, current.ci, current.i)} = ` +
      `${numberText(inputAt(layer, n, current.ci, current.i))} times the kernel, ` +
      `corner at (${corner.join(', ')}).`);
  }

  /** The uncut canvas with what is on it, kept until something changes. */
  canvas() {
    const { layer, n, co, step, version } = state;
    const key = [version, n, co, step].join();
    if (key !== this.canvasKey) {
      const ranges = layer.dims.map((_, d) => uncutRange(layer, d));
      this.kept = { ranges, ...stampOnto(layer, n, co, ranges, step) };
      this.canvasKey = key;
    }
    return this.kept;
  }

  frameOf(ci, i, kind, tag) {
    const { layer, n } = state;
    const from = i.map((entry, d) => entry * layer.dims[d].stride - layer.dims[d].paddingBegin);
    const [row, col] = cellOfPosition(from);
    const sizes = layer.dims.map((dim) => dim.dilation * (dim.kernel - 1) + 1);
    const [height, width] = sizes.length === 1 ? [1, sizes[0]] : sizes.slice(-2);
    return { row, col, height, width, kind, color: hueOf(ci, i), tag: tag && inputName(layer, n, ci, i) };
  }

  frames(terms, current) {
    const { layer, pointed } = state;
    const sizes = layer.dims.map(outputSize);
    const [height, width] = sizes.length === 1 ? [1, sizes[0]] : sizes.slice(-2);
    const crop = { row: 0, col: 0, height, width, kind: 'crop' };
    if (pointed) return [crop, this.frameOf(pointed.ci, pointed.i, 'stamp', true)];
    if (current) return [crop, this.frameOf(current.ci, current.i, 'stamp', true)];
    const shown = terms.filter(({ ci, i }) => ci === state.ci && (i.length < 3 || i[0] === state.inputDepth));
    const told = state.step > 0 && shown.length <= MOST_FRAMES ? shown : [];
    return [crop, ...told.map(({ ci, i }) => this.frameOf(ci, i, 'stamp', true))];
  }

  drawOutput() {
    const { layer, at, co } = state;
    const { ranges, canvas } = this.canvas();
    const rank = layer.dims.length;
    const sizes = layer.dims.map(outputSize);
    const current = currentStamp();
    const tapAt = (o) => current && o.map((entry, d) => {
      const dim = layer.dims[d];
      return (entry + dim.paddingBegin - current.i[d] * dim.stride) / dim.dilation;
    });
    const isTap = (k) => k && isIndex(k, heldOf(layer).kernel);
    this.y.update({
      ...planeOf(ranges), reach: planeOf(state.y.ranges.slice(2)), role: 'grid', title: 'y',
      detail: `result, ${timesText(sizes)}${sliceText(rank, at[0])}, ` +
        `inside what all stamps cover, ${timesText(layer.dims.map(coveredSize))}`,
      name: 'Output y inside the uncut result. Arrow keys choose an element.',
      widest: widestText(Array.from(canvas)), focus: cellOfPosition(at), chosen: cellOfPosition(at), margin: 4,
      frames: this.frames(chosenTerms(), current),
      cell(row, col) {
        const o = positionAt(rank, at[0], row, col);
        const value = canvas[flattenIn(o, ranges)];
        const inside = o.every((entry, d) => entry >= 0 && entry < sizes[d]);
        const k = tapAt(o);
        const stamped = isTap(k);
        const added = !stamped ? 0
          : inputAt(layer, state.n, current.ci, current.i) * weightAt(layer, current.ci, co, k);
        return {
          text: shortText(value), under: stamped ? `+${shortText(added)}` : '',
          color: stamped ? hueOf(current.ci, current.i) : null,
          kind: `${inside ? '' : 'cut'} ${stamped ? 'stamped' : ''} ${inside && sameIndex(o, at) ? 'chosen' : ''}`,
          name: inside ? outputLabel(o, value) : `cut off, value ${numberText(value)}`,
          fixed: !inside, info: { o: inside ? o : null },
        };
      },
    });
  }
}
