// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Form 2: zeros between the elements of x and around them, then an ordinary convolution.

class ZerosForm {
  constructor(render) {
    this.z = new Grid(document.getElementById('zeros-z'), editHandlers(render));
    this.w = new Grid(document.getElementById('zeros-w'), editHandlers(render));
    this.y = new Grid(document.getElementById('zeros-y'), chooseHandlers(render));
  }

  termHue({ ci, i }) {
    return hueOf(ci, i);
  }

  how() {
    const { dims } = state.layer;
    const border = dims.map((dim) => {
      const { front, back } = zeroInserted(dim);
      return front === back ? String(front) : `${front} and ${back}`;
    });
    const alike = border.every((text) => text === border[0]) ? [border[0]] : border;
    const gaps = [...new Set(dims.map((dim) => dim.stride - 1))].join(', ');
    return `Put s − 1 = ${gaps} zeros between neighbours of x and a border of d·(K − 1) − p = ` +
      `${alike.join('; ')} zeros around them (plus op behind; a negative border cuts). ` +
      'Then slide the flipped kernel over it in steps of 1.';
  }

  /** How many of the products of one output channel are with a zero that x does not have. */
  note(terms, at) {
    const { layer } = state;
    const channels = layer.inputChannels / layer.groups;
    const all = layer.dims.map((dim, d) => {
      const line = zeroInserted(dim);
      return Array.from({ length: dim.kernel }, (_, k) => line.at(at[d] + k * dim.dilation).kind);
    });
    const total = product(all.map((kinds) => kinds.length)) * channels;
    const elements = product(all.map((kinds) => kinds.filter((kind) => kind === 'element').length)) * channels;
    const within = product(all.map((kinds) => kinds.filter((kind) => kind !== 'padding').length)) * channels;
    const zeros = total - elements;
    if (!zeros) return `None of the ${plural(total, 'product')} is with an inserted zero.`;
    return `${zeros} of ${plural(total, 'product')} ${zeros === 1 ? 'is' : 'are'} with an inserted zero: ` +
      `${within - elements} between elements of x, ${total - within} in the border.`;
  }

  draw() {
    this.drawInserted();
    this.w.update(kernelSpec(true));
    this.y.update(outputSpec());
  }

  drawInserted() {
    const { layer, n, ci, co, at, kernelDepth } = state;
    const rank = layer.dims.length;
    const lines = layer.dims.map(zeroInserted);
    const sizes = lines.map(({ length }) => length);
    const { input, kernel } = heldOf(layer);
    // In a slice of three dimensions: the one that the shown slice of the kernel meets.
    const tapDepth = rank === 3 ? layer.dims[0].kernel - 1 - kernelDepth : 0;
    const depth = rank === 3 ? at[0] + tapDepth * layer.dims[0].dilation : 0;
    const [row, col] = cellOfPosition(at);
    const reach = layer.dims.map((dim) => dim.dilation * (dim.kernel - 1) + 1);
    const [height, width] = rank === 1 ? [1, reach[0]] : reach.slice(-2);
    const plane = planeOf(state.y.ranges.slice(2).map(({ lo, hi }, d) => ({ lo, hi: hi + reach[d] - 1 })));
    const windowed = (p) => p.map((entry, d) => (entry - at[d]) / layer.dims[d].dilation);
    this.z.update({
      ...plane, label: null, reach: plane, role: 'grid', title: 'x with zeros',
      detail: `${timesText(sizes)}${sliceText(rank, depth)}; in the frame, each number over its weight`,
      name: 'x with zeros inserted and around it. Arrow keys move, Enter edits an element of x.',
      widest: Math.max(3, widestText(layer.x), widestText(layer.w) + 1),
      focus: [row + Math.floor(height / 2), col + Math.floor(width / 2)],
      margin: Math.ceil(Math.max(height, width) / 2), least: 30,
      frames: [{ row, col, height, width, kind: 'window' }],
      cell(r, c) {
        const p = positionAt(rank, depth, r, c);
        const places = p.map((entry, d) => lines[d].at(entry));
        const kind = places.some((place) => place.kind === 'padding') ? 'padding'
          : places.some((place) => place.kind === 'inserted') ? 'inserted' : 'element';
        const i = places.map((place) => place.i);
        if (kind === 'element' && !isIndex(i, input))
          return { text: '', kind, name: `input ${positionText(i)}, left out`, info: { tensor: null } };
        const value = kind === 'element' ? inputAt(layer, n, ci, i) : 0;
        const k = windowed(p).map((entry, d) => layer.dims[d].kernel - 1 - entry);
        const met = isIndex(k, kernel);
        const weight = met ? weightAt(layer, ci, co, k) : 0;
        const what = {
          padding: 'zero of the border', inserted: 'inserted zero',
          element: `input ${positionText(i)}, value ${numberText(value)}`,
        }[kind];
        return {
          text: shortText(value), under: met ? `×${shortText(weight)}` : '',
          kind: `${kind} ${met ? 'met' : ''} ${met && kind === 'element' ? 'used' : ''}`,
          color: kind === 'element' ? hueOf(ci, i) : null,
          name: `${what}${met ? `, times ${numberText(weight)}` : ''}`,
          info: kind === 'element'
            ? { tensor: 'x', flat: flattenIn([n, ci, ...i], inputRanges(layer)),
              label: inputName(layer, n, ci, i) }
            : { tensor: null },
        };
      },
    });
  }
}
