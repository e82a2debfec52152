// What the page shows, and what the hands ask for.
const byId = (id) => document.getElementById(id);
const SHOWN = QUANTITIES.filter((quantity) => quantity.key !== 'lat' && quantity.key !== 'lon');
const FAVOURITES = [DATA.choice, 'pm25_ugm3', 'laeq_db', 'voc_index'];

const track = new Track(byId('map'));
const curve = new Curve(byId('main'), false);
const small = new Map();
let choice;
let [from, to] = [0, COUNT];
let cursor = -1;

/** An element with text in it; nothing that is data is ever read as HTML. */
function make(name, text, kind) {
  const element = document.createElement(name);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

function card(name, value, note) {
  const box = document.createElement('div');
  const dd = make('dd', value);
  dd.append(make('small', note || ''));
  box.append(make('dt', name), dd);
  byId('cards').append(box);
}

function span(ms) {
  const minutes = Math.round(ms / 60000);
  if (minutes < 2) return Math.round(ms / 1000) + ' s';
  return minutes < 120 ? minutes + ' min' : number(minutes / 60, 1) + ' h';
}

function writeSummary() {
  byId('cards').replaceChildren();
  const {summary} = DATA;
  const known = (key) => QUANTITIES.find((quantity) => quantity.key === key);
  byId('title').textContent = document.title = 'Box ' + DATA.box;
  const ended = (day(summary.first_t) === day(summary.last_t) ? '' : day(summary.last_t) + ' ') + clock(summary.last_t, true);
  const every = DATA.stride > 1 ? '; one row in ' + DATA.stride + ' is drawn, the summary counts all' : '';
  byId('span').textContent = day(summary.first_t) + ' ' + clock(summary.first_t, true) + ' to ' + ended + ' ' + zone() + every;
  card('span', span(summary.last_t - summary.first_t), summary.boots + (summary.boots === 1 ? ' boot' : ' boots') + (summary.off_ms ? ', off ' + span(summary.off_ms) : ''));
  const missing = Object.entries(summary.missing);
  const why = missing.map(([reason, rows]) => number(rows, 0) + ' ' + reason).join(', ');
  card('rows', number(summary.rows, 0), missing.length ? 'missing: ' + why : 'none missing' + (summary.off_ms ? ' while it was on' : ''));
  card('distance', known('lat') ? number(summary.metres / 1000, 2) + '\u202fkm' : '–', 'where it was known');
  const laeq = known('laeq_db');
  card('LAeq', laeq ? withUnit(laeq.mean, laeq) : '–', laeq ? 'energy mean, max ' + withUnit(laeq.max, laeq) : 'not measured');
  const pm = known('pm25_ugm3') || known('pm10_ugm3');
  card(pm ? pm.label : 'PM', pm ? withUnit(pm.mean, pm) : '–', pm ? 'mean, max ' + withUnit(pm.max, pm) : 'not measured');
  const worst = DATA.flags.filter((flag) => flag.rows > 0).sort((a, b) => b.rows - a.rows);
  card('flags', worst.length ? worst.length + (worst.length === 1 ? ' kind' : ' kinds') : 'none', worst.length ? 'most often ' + worst[0].key : 'every row is good');
}

function table(heads, rows) {
  const element = document.createElement('table');
  element.createTHead().insertRow().append(...heads.map((head) => make('th', head)));
  const body = element.createTBody();
  for (const cells of rows) {
    body.insertRow().append(...cells.map((cell) => make('td', cell)));
  }
  return element;
}

function writeTables() {
  const share = (part, whole) => (whole ? number((100 * part) / whole, 1) + ' %' : '–');
  const values = SHOWN.map((quantity) => [
    quantity.label + (quantity.unit ? ' in ' + quantity.unit : ''),
    'mean' in quantity ? number(quantity.mean, quantity.decimals) : '–',
    number(quantity.min, quantity.decimals),
    number(quantity.max, quantity.decimals),
    number(quantity.count, 0),
    share(quantity.flagged, quantity.count),
  ]);
  const flags = DATA.flags
    .filter((flag) => flag.rows > 0)
    .map((flag) => [flag.key, number(flag.rows, 0), share(flag.rows, DATA.summary.rows)]);
  const left = make('div', '', 'wide');
  left.append(make('h2', 'Quantities'), table(['', 'mean', 'least', 'greatest', 'values', 'flagged'], values));
  const right = make('div', '', 'wide');
  right.append(make('h2', 'Flags'), table(['', 'rows', 'share'], flags));
  byId('tables').append(left, right);
}

function writeLegend(range) {
  const legend = byId('legend');
  const scale = make('span', choice.label + '  ');
  const ramp = make('span', '', 'ramp');
  ramp.style.background = 'linear-gradient(to right,' + PALETTE.join(',') + ')';
  scale.append('≤ ' + number(range[0], choice.decimals), ramp, '≥ ' + withUnit(range[1], choice));
  const doubt = make('span', '');
  doubt.append(make('span', '', 'thin'), 'thin track, this curve: doubted by a flag');
  const none = make('span', '');
  none.append(make('span', '', 'none'), 'not measured');
  const source = make('span', range[2] ? 'scale: ' + range[2] : '');
  legend.replaceChildren(scale, source, ...(choice.mask ? [doubt] : []), none);
}

function writeRow() {
  const box = byId('row');
  if (cursor < 0) {
    box.replaceChildren(make('h2', 'Row'), make('p', 'Move over the track or a curve.'));
    return;
  }
  const place = Number.isNaN(LAT[cursor]) ? 'no position' : LAT[cursor].toFixed(6) + ' ' + LON[cursor].toFixed(6);
  const rows = SHOWN.filter((quantity) => !Number.isNaN(COLUMN[quantity.key][cursor])).map((quantity) => [
    quantity.label,
    withUnit(COLUMN[quantity.key][cursor], quantity),
  ]);
  const flags = flagsOf(cursor, -1);
  box.replaceChildren(
    make('h2', day(COLUMN.t[cursor]) + ' ' + clock(COLUMN.t[cursor], true) + ' ' + zone()),
    make('p', 'boot ' + COLUMN.boot[cursor] + ', row ' + number(COLUMN.seq[cursor], 0)),
    make('p', place),
    make('p', flags.length ? flags.join(', ') : 'good', flags.length ? 'doubt' : ''),
    table([], rows)
  );
}

function point(row, dragged) {
  cursor = row;
  track.cursor(row);
  curve.cursor(row, dragged);
  small.forEach((other) => other.cursor(row));
  writeRow();
}

function draw() {
  const range = colourRange(choice, byId('range').value);
  track.draw(choice, range, from, to);
  curve.draw(choice, from, to);
  small.forEach((other, quantity) => other.draw(quantity, from, to));
  writeLegend(range);
  byId('map').setAttribute('aria-label', 'Track coloured by ' + choice.label);
  byId('main').setAttribute('aria-label', choice.label + ' over time');
  point(cursor >= from && cursor < to ? cursor : -1);
}

function choose(quantity) {
  choice = quantity;
  byId('choice').value = quantity.key;
  byId('range').disabled = !FIXED[quantity.key];
  small.forEach((other, its) => other.box.setAttribute('aria-pressed', String(its === quantity)));
  draw();
}

function zoom(first, end) {
  if (end - first >= 3) {
    [from, to] = [Math.max(0, first), Math.min(COUNT, end)];
    draw();
  }
}

function zoomBy(factor) {
  const middle = cursor < 0 ? (from + to) / 2 : cursor;
  zoom(Math.round(middle - (middle - from) * factor), Math.round(middle + (to - middle) * factor));
}

function onKey(event) {
  const step = event.shiftKey ? Math.max(1, Math.round(60 / DATA.stride)) : 1;
  const move = (by) => point(Math.min(to - 1, Math.max(from, cursor < 0 ? from : cursor + by)));
  const actions = {
    ArrowLeft: () => move(-step),
    ArrowRight: () => move(step),
    Home: () => point(from),
    End: () => point(to - 1),
    Escape: () => zoom(0, COUNT),
    '+': () => zoomBy(0.5),
    '-': () => zoomBy(2),
  };
  if (actions[event.key]) {
    actions[event.key]();
    event.preventDefault();
  }
}

function listen() {
  const [map, main] = [byId('map'), byId('main')];
  let start = -1;
  const x = (event) => event.clientX - main.getBoundingClientRect().left;
  map.addEventListener('pointermove', (event) => {
    const box = map.getBoundingClientRect();
    const row = track.rowAt(event.clientX - box.left, event.clientY - box.top);
    if (row >= 0) point(row);
  });
  main.addEventListener('pointerdown', (event) => {
    start = event.pointerType === 'mouse' ? x(event) : -1;
    point(curve.rowAt(x(event)));
  });
  main.addEventListener('pointermove', (event) => {
    point(curve.rowAt(x(event)), start >= 0 && event.buttons ? [start, x(event)] : undefined);
  });
  window.addEventListener('pointerup', (event) => {
    if (start >= 0 && Math.abs(x(event) - start) > 6) {
      const rows = [curve.rowAt(start), curve.rowAt(x(event))].sort((a, b) => a - b);
      zoom(rows[0], rows[1] + 1);
    }
    start = -1;
  });
  main.addEventListener('dblclick', () => zoom(0, COUNT));
  map.addEventListener('keydown', onKey);
  main.addEventListener('keydown', onKey);
  byId('choice').addEventListener('change', (event) => {
    choose(SHOWN.find((quantity) => quantity.key === event.target.value));
  });
  byId('range').addEventListener('change', draw);
  byId('zone').addEventListener('change', (event) => {
    utc = event.target.value === 'utc';
    writeSummary();
    draw();
  });
  for (const button of document.querySelectorAll('#zoom button')) {
    button.addEventListener('click', () => onKey({key: button.dataset.key, preventDefault() {}}));
  }
  listenToFingers(main);
  window.addEventListener('resize', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}

/** Two fingers that part or close zoom the curve around their middle. */
function listenToFingers(main) {
  const fingers = new Map();
  let pinch;
  const places = () => [...fingers.values()];
  const away = () => Math.max(20, Math.abs(places()[0] - places()[1]));
  main.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) {
      const middle = (places()[0] + places()[1]) / 2 - main.getBoundingClientRect().left;
      pinch = {from, to, away: away(), row: curve.rowAt(middle)};
    }
  });
  main.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) {
      const factor = pinch.away / away();
      const first = Math.round(pinch.row - (pinch.row - pinch.from) * factor);
      zoom(first, Math.round(pinch.row + (pinch.to - pinch.row) * factor));
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
}

function begin() {
  if (COUNT === 0 || SHOWN.length === 0) {
    byId('title').textContent = document.title = 'Box ' + DATA.box;
    byId('span').textContent = 'No rows in this period.';
    document.querySelector('main').hidden = true;
    document.querySelector('header label').hidden = true;
    return;
  }
  writeSummary();
  writeTables();
  for (const quantity of SHOWN) {
    const option = make('option', quantity.label + (quantity.unit ? ' in ' + quantity.unit : ''));
    option.value = quantity.key;
    byId('choice').append(option);
    if (!quantity.detail) {
      const button = make('button', '', 'plot');
      button.setAttribute('aria-label', 'Show ' + quantity.label);
      button.addEventListener('click', () => choose(quantity));
      byId('small').append(button);
      small.set(quantity, new Curve(button, true));
    }
  }
  listen();
  const wanted = FAVOURITES.map((key) => SHOWN.find((quantity) => quantity.key === key));
  choose(wanted.find((quantity) => quantity) || SHOWN[0]);
  showLinked();
}

/** A row can be linked to: #BOOT/SEQ. */
function showLinked() {
  const [boot, seq] = location.hash.slice(1).split('/').map(Number);
  const row = COLUMN.seq.findIndex((its, i) => its === seq && COLUMN.boot[i] === boot);
  if (row >= 0) point(row);
}

begin();
document.documentElement.dataset.rendered = String(COUNT);
