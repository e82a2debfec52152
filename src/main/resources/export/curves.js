// One quantity over time: a line where values are good, another colour where a flag doubts them,
// nothing where nothing was measured. A pixel shows the least and the greatest of its rows.
class Curve {
  constructor(box, small) {
    this.box = box;
    this.small = small;
    box.innerHTML = '<canvas class="base"></canvas><canvas class="over"></canvas>';
    [this.base, this.over] = box.children;
    this.edge = small ? [8, 26, 8, 10] : [58, 30, 16, 26]; // left, top, right, bottom
  }

  draw(quantity, from, to) {
    const context = pen(this.base);
    this.quantity = quantity;
    this.window = [from, to];
    this.range();
    this.title(context);
    if (!this.small) {
      this.axes(context);
    }
    this.line(context);
  }

  range() {
    const values = COLUMN[this.quantity.key];
    let [low, high] = [Infinity, -Infinity];
    for (let i = this.window[0]; i < this.window[1]; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
    this.extremes = [low, high];
    [low, high] = this.withoutPeaks(low, high);
    const least = 4 * Math.pow(10, -this.quantity.decimals);
    const spare = Math.max((high - low) * 0.06, least);
    this.low = low >= 0 && low < 0.3 * high ? 0 : low - spare;
    this.high = high + spare;
  }

  /** The axis leaves out the highest 0.2 % if they are so high that they would flatten the rest. */
  withoutPeaks(low, high) {
    const values = COLUMN[this.quantity.key].slice(...this.window).filter((v) => !Number.isNaN(v)).sort();
    const usual = values[Math.floor((values.length - 1) * 0.998)];
    const span = usual - low;
    this.peaked = span > 0 && high - usual > 2 * span;
    return this.peaked ? [low, usual + span / 4] : [low, high];
  }

  x(row) {
    const [left, , right] = this.edge;
    const start = ALONG[this.window[0]];
    const span = ALONG[this.window[1] - 1] - start || 1;
    return left + ((ALONG[row] - start) / span) * (this.box.clientWidth - left - right);
  }

  y(value) {
    const [, top, , bottom] = this.edge;
    const share = Math.min(1, (value - this.low) / (this.high - this.low));
    return this.box.clientHeight - bottom - share * (this.box.clientHeight - top - bottom);
  }

  rowAt(x) {
    const [left, , right] = this.edge;
    const [from, to] = this.window;
    const share = (x - left) / (this.box.clientWidth - left - right);
    const along = ALONG[from] + share * (ALONG[to - 1] - ALONG[from]);
    return nearestRow(along, from, to - 1);
  }

  title(context) {
    const [low, high] = this.extremes;
    context.fillStyle = ink('ink');
    context.font = '600 13px system-ui, sans-serif';
    const left = this.small ? 10 : 12;
    context.fillText(this.quantity.label, left, 18);
    const after = left + context.measureText(this.quantity.label).width + 8;
    context.fillStyle = ink('soft');
    context.font = '12px system-ui, sans-serif';
    const range =
      low > high ? 'not measured' : number(low, this.quantity.decimals) + ' to ' + withUnit(high, this.quantity) + (this.peaked ? ', peaks cut off' : '');
    context.fillText(range, after, 18);
  }

  axes(context) {
    const [left, top, right, bottom] = this.edge;
    const {clientWidth: width, clientHeight: height} = this.box;
    context.font = '11px system-ui, sans-serif';
    context.fillStyle = ink('soft');
    context.strokeStyle = ink('line');
    context.lineWidth = 1;
    context.textAlign = 'right';
    for (const value of Number.isFinite(this.low) ? ticks(this.low, this.high, 4) : []) {
      context.beginPath();
      context.moveTo(left, this.y(value));
      context.lineTo(width - right, this.y(value));
      context.stroke();
      context.fillText(value.toLocaleString('en'), left - 8, this.y(value) + 4);
    }
    context.textAlign = 'center';
    let free = left + 18;
    for (const row of this.timeTicks()) {
      const x = this.x(row);
      if (x >= free && x <= width - right - 16) {
        context.fillText(clock(COLUMN.t[row], this.fine), x, height - 8);
        context.fillRect(x, height - bottom, 1, 4);
        free = x + 70;
      }
    }
    this.cuts(context, top, height - bottom);
    context.textAlign = 'left';
  }

  /** The first row of each round span of time. */
  timeTicks() {
    const [from, to] = this.window;
    const span = ALONG[to - 1] - ALONG[from];
    const steps = [1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 21600, 86400];
    const fit = Math.max(3, this.box.clientWidth / 110);
    const step = 1000 * (steps.find((s) => (span / 1000 / s) <= fit) || 86400);
    this.fine = step < 60000;
    const rows = [];
    for (let i = from + 1; i < to; i++) {
      if (Math.floor(COLUMN.t[i] / step) !== Math.floor(COLUMN.t[i - 1] / step)) {
        rows.push(i);
      }
    }
    return rows;
  }

  /** Where time was cut out, and on which day it goes on. */
  cuts(context, top, foot) {
    const [from, to] = this.window;
    for (let i = from + 1; i < to; i++) {
      if (Math.abs(COLUMN.t[i] - COLUMN.t[i - 1]) > LONG_GAP_MS) {
        const x = (this.x(i - 1) + this.x(i)) / 2;
        context.setLineDash([3, 3]);
        context.strokeStyle = ink('soft');
        context.beginPath();
        context.moveTo(x, top);
        context.lineTo(x, foot);
        context.stroke();
        context.setLineDash([]);
        if (day(COLUMN.t[i]) !== day(COLUMN.t[i - 1])) {
          context.fillText(day(COLUMN.t[i]), x + 36, top + 10);
        }
      }
    }
  }

  line(context) {
    const values = COLUMN[this.quantity.key];
    const paths = [new Path2D(), new Path2D()];
    let kind = -1; // 0 good, 1 doubtful, −1 none
    let [pixel, low, high, last] = [0, 0, 0, 0];
    const flush = () => {
      if (kind >= 0) {
        paths[kind].lineTo(pixel, this.y(low));
        paths[kind].lineTo(pixel, this.y(high));
        paths[kind].lineTo(pixel, this.y(last));
      }
    };
    for (let i = this.window[0]; i < this.window[1]; i++) {
      const value = values[i];
      if (Number.isNaN(value)) {
        flush();
        kind = -1;
        continue;
      }
      const x = Math.round(this.x(i) * 2) / 2;
      const now = isFlagged(this.quantity, i) ? 1 : 0;
      if (now === kind && x === pixel && !BROKEN[i]) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        last = value;
        continue;
      }
      flush();
      if (kind < 0 || BROKEN[i]) {
        paths[now].moveTo(x, this.y(value));
      } else if (now !== kind) {
        paths[now].moveTo(pixel, this.y(last));
      }
      [kind, pixel, low, high, last] = [now, x, value, value, value];
    }
    flush();
    context.lineWidth = this.small ? 1 : 1.3;
    context.strokeStyle = ink('doubt');
    context.stroke(paths[1]);
    context.strokeStyle = ink('curve');
    context.stroke(paths[0]);
  }

  /** Marks a row, and a span that is being chosen. */
  cursor(row, span) {
    const context = pen(this.over);
    const {clientWidth: width, clientHeight: height} = this.box;
    const foot = height - this.edge[3];
    if (span) {
      context.globalAlpha = 0.15;
      context.fillStyle = ink('curve');
      context.fillRect(Math.min(...span), this.edge[1], Math.abs(span[1] - span[0]), foot - this.edge[1]);
      context.globalAlpha = 1;
    }
    if (row < 0) {
      return;
    }
    const x = this.x(row);
    const value = COLUMN[this.quantity.key][row];
    context.strokeStyle = ink('ink');
    context.beginPath();
    context.moveTo(x, this.edge[1] - 4);
    context.lineTo(x, foot);
    context.stroke();
    const words = Number.isNaN(value) ? 'not measured' : withUnit(value, this.quantity);
    context.font = '600 12px system-ui, sans-serif';
    context.textAlign = 'right';
    context.fillStyle = isFlagged(this.quantity, row) ? ink('doubt') : ink('ink');
    context.fillText(words, width - 10, 18);
    if (!Number.isNaN(value)) {
      context.beginPath();
      context.arc(x, this.y(value), this.small ? 3 : 4, 0, 7);
      context.fill();
    }
  }
}
