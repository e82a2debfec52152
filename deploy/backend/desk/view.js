// The list and the details. Text from the broker reaches the page by textContent only.
'use strict';

const FILTERS = {
  open: (entry) => !isFinal(entry) && entry.cancelled === undefined,
  all: () => true,
};

/** Makes an element; children may be elements or text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

function badge(entry) {
  const name = status(entry) ?? 'received';
  return make('span', {class: `state ${name}`}, make('span', {class: 'symbol', 'aria-hidden': 'true'}, SYMBOLS[name]), name);
}

function notes(entry) {
  return [
    entry.cancelled !== undefined && make('span', {class: 'note'}, 'taken back by the courier'),
    entry.event?.sim && make('span', {class: 'note'}, 'simulated'),
    entry.event?.tq === 'est' && make('span', {class: 'note'}, 'time estimated'),
    entry.event && entry.event.lat === undefined && make('span', {class: 'note'}, 'no place'),
  ].filter(Boolean);
}

/** Returns the item of the list for an entry. */
function listItem(entry, isSelected, nowMs) {
  const t = entry.event?.t ?? entry.arrived;
  return make(
    'li',
    {
      id: `item-${entry.id}`,
      role: 'option',
      'aria-selected': String(isSelected),
      'data-id': entry.id,
      class: entry.cancelled === undefined ? undefined : 'cancelled',
    },
    make('div', {class: 'line'}, badge(entry), make('span', {class: 'kind'}, entry.kind ?? 'report'), make('time', {}, duration((nowMs - t) / 1000))),
    make('div', {class: 'text'}, summary(entry)),
    make('div', {class: 'line small'}, make('span', {class: 'box'}, entry.box), ...notes(entry)),
  );
}

/** Draws a small curve of one quantity of the rows. */
function curve(rows, key, label, unit) {
  const values = rows.map((r) => r[key]).filter((value) => value !== undefined);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  const points = rows.flatMap((r, i) =>
    r[key] === undefined ? [] : [`${(i / Math.max(1, rows.length - 1)) * 100},${28 - ((r[key] - least) / span) * 26}`]);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 100 30');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('points', points.join(' '));
  svg.append(line);
  return make('figure', {}, make('figcaption', {}, `${label} `, make('b', {}, `${least} – ${most}`), ` ${unit}`), svg);
}

/** Returns the rows before an event as curves and as a table; doubtful values are marked. */
function rowsView(rows) {
  const columns = QUANTITIES.filter(([key]) => rows.some((r) => r[key] !== undefined));
  const curves = columns.slice(0, 4).map(([key, label, unit]) => curve(rows, key, label, unit));
  const head = make('tr', {}, make('th', {scope: 'col'}, 'time'), ...columns.map(([, label, unit]) => make('th', {scope: 'col'}, label, make('small', {}, unit))));
  const body = rows.map((r) =>
    make('tr', {}, make('th', {scope: 'row'}, clock(r.t)), ...columns.map(([key]) =>
      make('td', isDoubted(key, r.q ?? 0) ? {class: 'doubt', title: 'the box flags this value'} : {}, r[key] === undefined ? '–' : String(r[key])))));
  return make('details', {class: 'rows', open: true},
    make('summary', {}, `The ${rows.length} rows before it`),
    make('div', {class: 'curves'}, ...curves),
    make('div', {class: 'scroll', tabindex: '0'}, make('table', {}, make('thead', {}, head), make('tbody', {}, ...body))));
}

function fact(name, ...value) {
  return [make('dt', {}, name), make('dd', {}, ...value)];
}

function history(entry) {
  const items = STATES.filter((name) => entry.states[name]).map((name) => {
    const {t, by} = entry.states[name];
    return make('li', {}, `${name} ${day(t)}${by ? ` by ${by}` : ''}`);
  });
  if (entry.cancelled !== undefined) items.push(make('li', {}, `taken back ${day(entry.cancelled)}`));
  return make('ul', {class: 'history'}, ...items);
}

/** Returns the facts and rows of an entry. */
function detailsView(entry, isOnline) {
  const event = entry.event ?? {};
  const facts = [
    event.t && fact('made', `${day(event.t)}${event.tq === 'est' ? ' (estimated)' : ''}`),
    fact('box', `${entry.box}${isOnline === undefined ? '' : isOnline ? ', online' : ', off'}`),
    event.lat !== undefined &&
      fact('place', `${event.lat.toFixed(6)}, ${event.lon.toFixed(6)} (WGS-84)${event.fix_age_s ? `, ${duration(event.fix_age_s)} old` : ''}`),
    event.quantity && fact('measured', quantityWords(event)),
    event.lafmax_db !== undefined && fact('level', level(event)),
    event.duration_s !== undefined && fact('lasted', duration(event.duration_s)),
    fact('states', history(entry)),
    fact('id', entry.id),
  ].filter(Boolean).flat();
  return [make('dl', {}, ...facts), event.rows ? rowsView(event.rows) : make('p', {class: 'soft'}, 'It came without rows.')];
}
