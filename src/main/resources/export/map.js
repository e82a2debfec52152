// The track, drawn to scale with north up: coloured where the value is good, thin where a flag
// doubts it, grey where nothing was measured, broken where there is no position.
const METRES_PER_DEGREE = 111195;

class Track {
  constructor(box) {
    this.box = box;
    this.base = box.querySelector('.base');
    this.over = box.querySelector('.over');
  }

  /** Fits the rows of a window into the box. */
  fit(from, to) {
    let [south, north, west, east] = [90, -90, 180, -180];
    for (let i = from; i < to; i++) {
      if (!Number.isNaN(LAT[i])) {
        south = Math.min(south, LAT[i]);
        north = Math.max(north, LAT[i]);
        west = Math.min(west, LON[i]);
        east = Math.max(east, LON[i]);
      }
    }
    this.empty = north < south;
    this.middle = [(west + east) / 2, (south + north) / 2];
    this.lonMetres = METRES_PER_DEGREE * Math.cos((this.middle[1] * Math.PI) / 180);
    const wide = Math.max((east - west) * this.lonMetres, 40);
    const tall = Math.max((north - south) * METRES_PER_DEGREE, 40);
    const {clientWidth: width, clientHeight: height} = this.box;
    this.pixels = Math.min((width - 80) / wide, (height - 90) / tall);
  }

  x(row) {
    return this.box.clientWidth / 2 + (LON[row] - this.middle[0]) * this.lonMetres * this.pixels;
  }

  y(row) {
    const up = (LAT[row] - this.middle[1]) * METRES_PER_DEGREE * this.pixels;
    return this.box.clientHeight / 2 - up;
  }

  draw(quantity, range, from, to) {
    const context = pen(this.base);
    this.window = [from, to];
    this.fit(from, to);
    if (this.empty) {
      context.fillStyle = ink('soft');
      context.font = '14px system-ui, sans-serif';
      context.fillText('No positions in these rows.', 24, 40);
    } else {
      this.grid(context);
      this.lines(context, quantity, range, true);
      this.lines(context, quantity, range, false);
      this.scale(context);
      this.ends(context);
    }
  }

  /** A grid of a round length, which the scale bar shows. */
  grid(context) {
    const most = 140 / this.pixels;
    const power = Math.pow(10, Math.floor(Math.log10(most)));
    const length = [5, 2, 1].map((n) => n * power).find((n) => n <= most);
    const step = length * this.pixels;
    this.bar = [step, length >= 1000 ? length / 1000 + ' km' : length + ' m'];
    const {clientWidth: width, clientHeight: height} = this.box;
    context.strokeStyle = ink('line');
    context.lineWidth = 0.5;
    context.beginPath();
    for (let x = (width / 2) % step; x < width; x += step) {
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
    for (let y = (height / 2) % step; y < height; y += step) {
      context.moveTo(0, y);
      context.lineTo(width, y);
    }
    context.stroke();
  }

  /** The scale bar, on the canvas and not beside it, so that it stays true when the page is printed. */
  scale(context) {
    const [step, text] = this.bar;
    const foot = this.box.clientHeight - 14;
    context.strokeStyle = context.fillStyle = ink('soft');
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(14, foot - 6);
    context.lineTo(14, foot);
    context.lineTo(14 + step, foot);
    context.lineTo(14 + step, foot - 6);
    context.stroke();
    context.font = '12px system-ui, sans-serif';
    context.fillText(text, 14 + step / 2 - context.measureText(text).width / 2, foot - 5);
  }

  /**
   * In the order of time, so that the last ride lies on top; a line for each run of one colour. An
   * edge is drawn below the colours, because the lightest and the darkest are near the background.
   */
  lines(context, quantity, [low, high], edge) {
    context.beginPath();
    const values = COLUMN[quantity.key];
    const [from, to] = this.window;
    const grey = ink('none');
    let last = -1;
    let look = '';
    for (let i = from; i < to; i++) {
      if (Number.isNaN(LAT[i]) || BROKEN[i]) {
        last = Number.isNaN(LAT[i]) ? -1 : i;
        this.begin(context, last);
        continue;
      }
      const far = last < 0 || Math.hypot(this.x(i) - this.x(last), this.y(i) - this.y(last)) >= 0.7;
      if (!far) {
        continue;
      }
      const bin = Math.round(((values[i] - low) / (high - low)) * (BINS - 1));
      const style = Number.isNaN(bin) ? grey : PALETTE[Math.min(Math.max(bin, 0), BINS - 1)];
      const width = Number.isNaN(bin) ? 1.2 : isFlagged(quantity, i) ? 2 : 5;
      if (look !== style + width || last < 0) {
        this.begin(context, last);
        look = style + width;
        context.strokeStyle = edge ? ink('soft') : style;
        context.lineWidth = edge ? width + 1.5 : width;
      }
      context.lineTo(this.x(i), this.y(i));
      last = i;
    }
    context.stroke();
  }

  /** Ends a line, and begins the next one at a row. */
  begin(context, row) {
    context.stroke();
    context.beginPath();
    if (row >= 0) {
      context.moveTo(this.x(row), this.y(row));
    }
  }

  /** Where it began and where it ended. */
  ends(context) {
    const [from, to] = this.window;
    let [first, last] = [from, to - 1];
    while (Number.isNaN(LAT[first])) first++;
    while (Number.isNaN(LAT[last])) last--;
    context.font = '600 12px system-ui, sans-serif';
    const near = Math.hypot(this.x(first) - this.x(last), this.y(first) - this.y(last)) < 40;
    const marks = near ? [[first, 'start and end']] : [[first, 'start'], [last, 'end']];
    for (const [row, name] of marks) {
      context.beginPath();
      context.arc(this.x(row), this.y(row), 5, 0, 7);
      context.fillStyle = ink('panel');
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = ink('ink');
      context.stroke();
      const text = context.measureText(name).width;
      const right = this.x(row) + text + 14 < this.box.clientWidth;
      context.lineWidth = 4;
      context.strokeStyle = ink('panel');
      context.fillStyle = ink('ink');
      const x = right ? this.x(row) + 10 : this.x(row) - text - 10;
      context.strokeText(name, x, this.y(row) + 4);
      context.fillText(name, x, this.y(row) + 4);
    }
  }

  cursor(row) {
    const context = pen(this.over);
    if (row < 0 || this.empty || Number.isNaN(LAT[row])) {
      return;
    }
    context.beginPath();
    context.arc(this.x(row), this.y(row), 8, 0, 7);
    context.lineWidth = 5;
    context.strokeStyle = ink('panel');
    context.stroke();
    context.lineWidth = 2.5;
    context.strokeStyle = ink('ink');
    context.stroke();
  }

  /** The row nearest to a point, or −1. */
  rowAt(x, y) {
    const [from, to] = this.window;
    let best = -1;
    let least = 60 * 60;
    for (let i = from; i < to && !this.empty; i++) {
      const away = (this.x(i) - x) ** 2 + (this.y(i) - y) ** 2;
      if (away < least) {
        [best, least] = [i, away];
      }
    }
    return best;
  }
}
