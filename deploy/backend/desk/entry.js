// What the desk keeps about one report (or odour, sound, tamper): the event as the box sent it, and each state
// that it was given, when and by whom, whether the broker took the command and what the box answered. Entries of
// two pages merge to the same entry in whatever order, so that pages need no lock. Everything that comes from the
// broker is checked here; what does not fit is left out.
'use strict';

const STATES = ['received', 'dispatched', 'done', 'rejected'];
const FINAL_STATES = ['done', 'rejected'];
const KINDS = ['report', 'odour', 'sound', 'tamper'];
const DAY_MS = 86400000;
const ENTRY_DAYS = 30; // as long as the broker keeps an entry
const COMMAND_DAYS = 7; // as long as a command waits for a box that is off, which is the length of its session
const MAX_ROWS = 60;
const MAX_TEXT = 500;
const ID = /^([a-z0-9-]{3,32})-[0-9]{1,10}-[0-9a-f]{1,16}$/;

function number(value, least, most) {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}

function time(value) {
  return number(value, 1577836800000, 4102444800000);
}

function words(value) {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
}

function json(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** Returns a copy without members that are undefined. */
function compact(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function position(value) {
  const lat = number(value.lat, -90, 90);
  const lon = number(value.lon, -180, 180);
  return lat === undefined || lon === undefined ? {} : {lat, lon};
}

/** Returns the numbers of a row; a row carries whatever quantities its box has. */
function row(value) {
  if (value === null || typeof value !== 'object' || time(value.t) === undefined) return [];
  const numbers = Object.entries(value)
    .filter(([key, field]) => /^[a-z0-9_]{1,24}$/.test(key) && Number.isFinite(field))
    .slice(0, 40);
  return [{...Object.fromEntries(numbers), tq: words(value.tq)}];
}

/** Returns the checked parts of an event's body that the desk shows. */
function checkedEvent(body) {
  const rows = Array.isArray(body.rows) ? body.rows.slice(-MAX_ROWS).flatMap(row) : [];
  return compact({
    t: time(body.t),
    tq: words(body.tq)?.slice(0, 8),
    ...position(body),
    fix_age_s: number(body.fix_age_s, 0, 1e7),
    text: words(body.text),
    sim: body.sim === true ? true : undefined,
    by: words(body.by)?.slice(0, 40),
    quantity: words(body.quantity)?.slice(0, 40),
    peak: number(body.peak, -1e9, 1e9),
    duration_s: number(body.duration_s, 0, 1e7),
    lae_db: number(body.lae_db, -50, 250),
    lafmax_db: number(body.lafmax_db, -50, 250),
    part: words(body.part)?.slice(0, 40),
    reason: words(body.reason)?.slice(0, 80),
    rows: rows.length > 0 ? rows : undefined,
  });
}

/**
 * Returns the entry that an event of a box makes, or undefined if the desk has no use for the event.
 *
 * @param box the box by the topic, which the broker has checked; an event cannot speak for another box
 */
function entryOfEvent(box, text, nowMs) {
  const body = json(text);
  const id = typeof body.id === 'string' ? body.id : '';
  if (body.v !== 1 || body.box !== box || ID.exec(id)?.[1] !== box || !KINDS.includes(body.kind)) return undefined;
  if (time(body.t) === undefined) return undefined;
  if (body.kind === 'report' && body.cancelled !== undefined) {
    const isOwn = typeof body.cancelled === 'string' && ID.exec(body.cancelled)?.[1] === box;
    return isOwn ? {v: 1, id: body.cancelled, box, arrived: nowMs, cancelled: body.t, states: {}} : undefined;
  }
  return {
    v: 1,
    id,
    box,
    kind: body.kind,
    arrived: nowMs,
    event: checkedEvent(body),
    states: {received: {t: nowMs}},
  };
}

/** Returns the entry that a retained message of the desk's topic holds, or undefined. */
function entryOfMessage(id, text) {
  const body = json(text);
  const box = ID.exec(id)?.[1];
  const arrived = time(body.arrived);
  if (body.v !== 1 || body.id !== id || body.box !== box || arrived === undefined) return undefined;
  const states = {};
  for (const name of STATES) {
    const state = body.states?.[name];
    const t = time(state?.t);
    if (t === undefined) continue;
    const answer = state.answer;
    states[name] = compact({
      t,
      by: words(state.by)?.slice(0, 40),
      taken: time(state.taken),
      nobody: state.nobody === true ? true : undefined,
      answer: time(answer?.t) && compact({t: answer.t, ok: answer.ok === true, status: words(answer.status), error: words(answer.error)}),
    });
  }
  const event = body.event && typeof body.event === 'object' ? checkedEvent(body.event) : undefined;
  const kind = KINDS.includes(body.kind) ? body.kind : undefined;
  return compact({v: 1, id, box, kind, arrived, cancelled: time(body.cancelled), event: event?.t && event, states});
}

function earlier(a, b) {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

function mergeState(a, b) {
  if (!a || !b) return a ?? b;
  const first = a.t < b.t || (a.t === b.t && (a.by ?? '') <= (b.by ?? '')) ? a : b;
  const newer = (a.taken ?? 0) >= (b.taken ?? 0) ? a : b;
  const answered = (a.answer?.t ?? 0) >= (b.answer?.t ?? 0) ? a : b;
  return compact({t: first.t, by: first.by, taken: newer.taken, nobody: newer.nobody, answer: answered.answer});
}

/** Returns what two entries of one id say together; the order does not matter, nor does a repetition. */
function merge(a, b) {
  if (!a || !b) return a ?? b;
  const states = {};
  for (const name of STATES) {
    const state = mergeState(a.states[name], b.states[name]);
    if (state) states[name] = state;
  }
  const kind = a.kind ?? b.kind;
  const arrived = Math.min(a.arrived, b.arrived);
  const cancelled = earlier(a.cancelled, b.cancelled);
  return compact({v: 1, id: a.id, box: a.box, kind, arrived, cancelled, event: a.event ?? b.event, states});
}

/** Returns the state that holds: they never go back, and of the two final ones the first stays. */
function status(entry) {
  const finals = FINAL_STATES.filter((name) => entry.states[name]);
  finals.sort((a, b) => entry.states[a].t - entry.states[b].t);
  return finals[0] ?? ['dispatched', 'received'].find((name) => entry.states[name]);
}

function isFinal(entry) {
  return FINAL_STATES.includes(status(entry));
}

/** Returns whether a state may follow the one that holds. */
function mayFollow(entry, name) {
  return !isFinal(entry) && STATES.indexOf(name) > STATES.indexOf(status(entry) ?? '');
}

/** Returns whether the box waits for commands about the entry; it does about its courier's reports. */
function isTold(entry) {
  return entry.kind === 'report';
}

/** Returns the id of the command that tells a state: always the same, so that the box does it once. */
function commandId(entry, name) {
  return `${entry.id}_${name.slice(0, 3)}`; // 64 characters at most
}

/** Returns [event id, state] of a command's id, or undefined if it is none of the desk's. */
function commandOf(id) {
  const [event, short] = String(id).split('_');
  const name = STATES.find((state) => state.slice(0, 3) === short);
  return ID.test(event) && name ? [event, name] : undefined;
}

/** Returns how many seconds the broker has to keep the entry. */
function expiryS(entry, nowMs) {
  return Math.max(60, Math.round((entry.arrived + ENTRY_DAYS * DAY_MS - nowMs) / 1000));
}

/** Returns whether the box has to be told a state, and no session of the box has the command. */
function isUntold(entry, nowMs) {
  const state = entry.states[status(entry)];
  if (!isTold(entry) || !state || state.answer) return false;
  return (state.taken === undefined || state.nobody === true) && nowMs - state.t < COMMAND_DAYS * DAY_MS;
}

/** Returns in words how far the command with the present state has come, and whether that is well. */
function delivery(entry, isOnline, nowMs) {
  const name = status(entry);
  const state = entry.states[name];
  if (!isTold(entry)) return ['note', 'The box waits for no answer to this kind.'];
  if (!state) return ['note', 'Nobody has it yet.'];
  if (state.answer?.ok) {
    const held = state.answer.status ?? name;
    return held === name
      ? ['good', `The box shows “${name}” since ${clock(state.answer.t)}.`]
      : ['bad', `The box keeps “${held}”, which it had before.`];
  }
  if (state.answer) return ['bad', `The box refused: ${state.answer.error ?? 'no reason given'}.`];
  if (state.taken === undefined) return ['wait', 'The broker does not have the command yet.'];
  const until = state.taken + COMMAND_DAYS * DAY_MS;
  if (nowMs > until) return ['bad', 'The box was off for seven days; the command has expired. Send it again.'];
  if (state.nobody) {
    return ['bad', 'The broker has no session of this box, so that the command went nowhere. It is sent again when the box is online.'];
  }
  if (isOnline === false) return ['wait', `The box is off. The command waits for it until ${day(until)} (7 days).`];
  const waitedS = Math.round((nowMs - state.taken) / 1000);
  if (waitedS < 15) return ['wait', 'The command is on its way to the box.'];
  return ['wait', `No answer from the box for ${duration(waitedS)}. The command waits for it until ${day(until)} (7 days).`];
}
