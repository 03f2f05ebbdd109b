// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A grid of numbers in a figure: drawn once, then patched in place, so that the focus
// and the pointer stay where they are. What is too big shows a window.

/** An element with attributes and children; text is never read as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

const MOST_CELLS = 32;
const LARGEST_CELL = 46;
/** Of the labels of rows and columns, in pixels. */
const DIGIT = 7;

/** The room that labels take beside the rows. */
function labelWidth({ label, rows }) {
  return label === 'rows' ? Math.max(26, DIGIT * String(rows.hi - 1).length + 9) : label ? 26 : 0;
}

/** Every how many-th column has a label, lest one covers the next. */
function labelStep({ hi }, size) {
  return Math.ceil((DIGIT * String(hi - 1).length + 4) / size);
}

/**
 * The part of [lo, hi) that is drawn: `start` stays unless the focus, with a margin on
 * both sides, would leave it.
 */
function windowOf({ lo, hi }, count, focus, start, margin) {
  if (hi - lo <= count) return { from: lo, to: hi };
  let from = start ?? lo;
  const [first, last] = [Math.max(focus - margin, lo), Math.min(focus + margin, hi - 1)];
  if (first < from || last >= from + count) from = focus - Math.floor(count / 2);
  from = clamp(from, lo, hi - count);
  return { from, to: from + count };
}

class Grid {
  constructor(figure, handlers) {
    this.figure = figure;
    this.handlers = handlers;
    this.caption = make('figcaption');
    this.body = make('div', { class: 'grid' });
    this.frames = make('div', { class: 'frames', 'aria-hidden': 'true' });
    this.holder = make('div', { class: 'holder' }, this.body, this.frames);
    this.leftOut = make('p', { class: 'left-out' });
    figure.append(this.caption, this.holder, this.leftOut);
    this.cursor = null;
    this.key = '';
    this.start = {};
    const cellOf = (event) => event.target.closest?.('.cell');
    this.body.addEventListener('pointerover', (event) => {
      const cell = cellOf(event);
      if (!cell || event.pointerType === 'touch') return;
      this.pointed = true;
      handlers.point?.(cell.info);
    });
    this.body.addEventListener('pointerleave', () => {
      this.pointed = false;
      handlers.leave?.();
    });
    this.body.addEventListener('click', (event) => {
      const cell = cellOf(event);
      if (!cell) return;
      if (cell.tabIndex === 0 || cell.tabIndex === -1) this.cursor = [cell.info.row, cell.info.col];
      handlers.press?.(cell.info, cell);
    });
    this.body.addEventListener('keydown', (event) => this.onKey(event, cellOf(event)));
  }

  /** Arrow keys move, Enter and typing go to the handlers. */
  onKey(event, cell) {
    if (!cell || event.altKey || event.metaKey) return;
    const { rows, cols } = this.spec.reach;
    let { row, col } = cell.info;
    const [first, last] = [cols.lo, cols.hi - 1];
    switch (event.key) {
      case 'ArrowLeft': col -= 1; break;
      case 'ArrowRight': col += 1; break;
      case 'ArrowUp': row -= 1; break;
      case 'ArrowDown': row += 1; break;
      case 'Home': col = first; if (event.ctrlKey) row = rows.lo; break;
      case 'End': col = last; if (event.ctrlKey) row = rows.hi - 1; break;
      default:
        if (!event.ctrlKey && this.handlers.key?.(event, cell.info, cell)) event.preventDefault();
        return;
    }
    event.preventDefault();
    this.moveTo(clamp(row, rows.lo, rows.hi - 1), clamp(col, first, last));
  }

  moveTo(row, col) {
    this.pointed = false;
    this.cursor = [row, col];
    this.handlers.move?.(row, col);
    this.update({ ...this.spec, focus: [row, col] });
    this.cellAt(row, col)?.focus({ preventScroll: false });
  }

  cellAt(row, col) {
    return this.cells?.find(({ info }) => info.row === row && info.col === col);
  }

  /** How many cells fit, and how large they are. */
  measure({ rows, cols, widest, label, least = clamp(13 + 5.5 * widest, 24, LARGEST_CELL) }) {
    const room = Math.max(this.figure.clientWidth - labelWidth({ label, rows }) - 4, 60);
    const across = Math.min(cols.hi - cols.lo, MOST_CELLS, Math.max(1, Math.floor(room / least)));
    const tallest = cols.hi - cols.lo > across ? Math.max(across, 12) : MOST_CELLS;
    const down = Math.min(rows.hi - rows.lo, tallest);
    const size = Math.floor(Math.min(LARGEST_CELL, room / across));
    return { across, down, size };
  }

  /**
   * Draws `spec`: rows and cols, [lo, hi) each, of which `reach` can be chosen; `focus`
   * is a cell to keep in sight, with `margin` more around it; `cell(row, col)` says what a cell shows.
   */
  update(spec) {
    this.spec = spec;
    const { across, down, size } = this.measure(spec);
    const focused = this.body.contains(document.activeElement);
    const focus = focused && this.cursor ? this.cursor : spec.focus;
    // Under the pointer nothing moves.
    const margin = this.pointed ? 0 : spec.margin ?? 1;
    const rows = windowOf(spec.rows, down, focus[0], this.start.row, margin);
    const cols = windowOf(spec.cols, across, focus[1], this.start.col, margin);
    this.start = { row: rows.from, col: cols.from };
    this.caption.replaceChildren(make('b', {}, spec.title), ` ${spec.detail}`);
    const step = labelStep(spec.cols, size);
    const key = [rows.from, rows.to, cols.from, cols.to, spec.label, spec.role, step].join();
    if (key !== this.key) this.build(rows, cols, spec, step);
    this.key = key;
    this.body.style.setProperty('--cell', `${size}px`);
    this.body.style.setProperty('--labels', `${labelWidth(spec)}px`);
    this.frames.style.setProperty('--cell', `${size}px`);
    setAttribute(this.body, 'aria-label', spec.name);
    this.body.dataset.widest = clamp(spec.widest, 2, 6);
    this.patch(spec);
    this.drawFrames(spec, rows, cols, size);
    this.sayLeftOut(spec, rows, cols);
  }

  build(rows, cols, spec, step) {
    const choice = spec.role === 'grid';
    this.cells = [];
    this.body.setAttribute('role', spec.role);
    this.body.style.setProperty('--across', cols.to - cols.from);
    this.body.classList.toggle('labelled', Boolean(spec.label));
    const lines = [];
    if (spec.label) {
      const axis = make('div', { class: 'line axis', 'aria-hidden': 'true' }, make('span'));
      for (let col = cols.from; col < cols.to; ++col)
        axis.append(make('span', {}, modulo(col, step) === 0 ? String(col) : ''));
      lines.push(axis);
    }
    for (let row = rows.from; row < rows.to; ++row) {
      const line = make('div', { class: 'line', role: 'row' });
      if (spec.label)
        line.append(make('span', { class: 'row-label', 'aria-hidden': 'true' },
          spec.label === 'rows' ? String(row) : ''));
      for (let col = cols.from; col < cols.to; ++col) {
        const parts = ['value', 'under', 'corner'].map((name) => make('span', { class: name }));
        const cell = make('div', { role: choice ? 'gridcell' : 'cell' }, ...parts);
        cell.parts = parts;
        cell.info = { row, col };
        this.cells.push(cell);
        line.append(cell);
      }
      lines.push(line);
    }
    this.body.replaceChildren(...lines);
  }

  patch(spec) {
    const chosen = spec.chosen ?? this.cursor;
    const home = (chosen && this.cellAt(...chosen)) ?? this.cells[0];
    for (const cell of this.cells) {
      const look = spec.cell(cell.info.row, cell.info.col);
      cell.info = { row: cell.info.row, col: cell.info.col, ...look.info };
      const texts = [look.text, look.under ?? '', look.corner ?? ''];
      texts.forEach((text, part) => setText(cell.parts[part], text));
      setAttribute(cell, 'class', `cell ${look.kind ?? ''}`);
      setAttribute(cell, 'style', look.color ? `--c: var(--hue-${look.color})` : null);
      setAttribute(cell, 'aria-label', look.name);
      if (spec.role !== 'grid') continue;
      setAttribute(cell, 'tabindex', look.fixed ? null : cell === home ? 0 : -1);
      setAttribute(cell, 'aria-selected', spec.chosen && !look.fixed ? String(cell === home) : null);
    }
  }

  /** Outlines over the cells; `inset` keeps those apart that share an edge. */
  drawFrames(spec, rows, cols, size) {
    const { frames = [], label } = spec;
    const left = labelWidth(spec);
    const top = label ? 18 : 0;
    // Names go on where no two of one row would cover each other.
    const named = frames.filter(({ tag }) => tag);
    const tags = named.every((one) => named.every((other) => one === other || one.row !== other.row ||
      Math.abs(one.col - other.col) * size >= 7 * one.tag.length + 8));
    const drawn = frames.map(({ row, col, height, width, kind, color, tag }) => {
      const [r0, r1] = [Math.max(row, rows.from), Math.min(row + height, rows.to)];
      const [c0, c1] = [Math.max(col, cols.from), Math.min(col + width, cols.to)];
      if (r0 >= r1 || c0 >= c1) return null;
      const frame = make('div', { class: `frame ${kind}` });
      if (color) frame.style.setProperty('--c', `var(--hue-${color})`);
      frame.style.left = `${left + (c0 - cols.from) * size}px`;
      frame.style.top = `${top + (r0 - rows.from) * size}px`;
      frame.style.width = `${(c1 - c0) * size}px`;
      frame.style.height = `${(r1 - r0) * size}px`;
      // A side that the window cuts off stays open.
      const open = { Top: r0 > row, Bottom: r1 < row + height, Left: c0 > col, Right: c1 < col + width };
      for (const side of Object.keys(open)) if (open[side]) frame.style[`border${side}`] = '0';
      const leans = (c0 - cols.from) * size + 7 * (tag?.length ?? 0) + 10 > (cols.to - cols.from) * size;
      if (tag && tags) frame.append(make('span', { class: `tag on-${color} ${leans ? 'leans' : ''}` }, tag));
      return frame;
    });
    this.frames.replaceChildren(...drawn.filter(Boolean));
  }

  sayLeftOut({ rows, cols }, shownRows, shownCols) {
    const part = (name, all, { from, to }) =>
      (to - from < all.hi - all.lo ? `${name} ${from} to ${to - 1} of ${all.lo} to ${all.hi - 1}` : '');
    const parts = [part('rows', rows, shownRows), part('columns', cols, shownCols)].filter(Boolean);
    setText(this.leftOut, parts.length
      ? `Drawn: ${parts.join(', ')}. The rest is left out; the arrow keys move on.` : '');
  }
}
