// Puts the parts together: login, filters, selection, keys.
'use strict';

const $ = (id) => document.getElementById(id);
const MAX_LISTED = 500;
const ARMED_MS = 5000; // a final state is given by a second press within this time
const STORED_LOGIN = 'streetbox-desk';

/** Shows the entries of a Sync and hands on what the dispatcher does. */
class Desk {
  constructor(settings, login) {
    this.settings = settings;
    this.sync = new Sync(settings, login);
    this.filter = 'open';
    this.kinds = new Set(settings.kinds.filter((kind) => kind !== 'sound'));
    this.map = new ReportMap($('map'), settings, (id) => this.select(id, false));
    this.sync.onChange = () => this.#later();
    this.sync.onLink = () => this.#showLink();
    this.sync.onFault = (text) => this.#showFault(text);
    this.#buildFilters();
    this.#listen();
    this.#showLink();
    this.timer = setInterval(() => this.#draw(), 5000);
  }

  start(onRefused) {
    this.sync.onRefused = onRefused;
    this.sync.start();
  }

  /** Selects an entry; the map moves there unless the entry was picked on the map. */
  select(id, moves = true) {
    this.selected = id;
    this.armed = undefined;
    document.body.classList.toggle('has-selection', id !== undefined);
    if (moves) this.map.focus(this.sync.entries.get(id));
    this.#draw();
    $(`item-${id}`)?.scrollIntoView({block: 'nearest'});
  }

  #listen() {
    $('list').addEventListener('click', (event) => {
      const item = event.target.closest('[data-id]');
      if (item) this.select(item.dataset.id);
    });
    $('back').addEventListener('click', () => this.select(undefined));
    $('logout').addEventListener('click', () => {
      sessionStorage.removeItem(STORED_LOGIN);
      this.sync.end();
      location.reload();
    });
    $('help-button').addEventListener('click', () => this.#toggleHelp());
    document.addEventListener('keydown', (event) => this.#onKey(event));
  }

  #toggleHelp() {
    $('help').hidden = !$('help').hidden;
    $('help-button').setAttribute('aria-expanded', String(!$('help').hidden));
  }

  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, .scroll, .leaflet-container')) return;
    const actions = {
      j: () => this.#step(1),
      k: () => this.#step(-1),
      ArrowDown: () => this.#step(1),
      ArrowUp: () => this.#step(-1),
      d: () => this.#press('dispatched'),
      o: () => this.#press('done'),
      r: () => this.#press('rejected'),
      f: () => this.map.frame(),
      '?': () => this.#toggleHelp(),
      Escape: () => this.select(undefined),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  #step(by) {
    const ids = this.listed.map((entry) => entry.id);
    const at = ids.indexOf(this.selected);
    const next = at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by));
    if (ids[next] !== undefined) this.select(ids[next]);
  }

  async #press(name) {
    const entry = this.sync.entries.get(this.selected);
    if (!entry || !this.sync.isLoaded || !mayFollow(entry, name)) return;
    const key = `${entry.id} ${name}`;
    if (FINAL_STATES.includes(name) && this.armed !== key) {
      this.armed = key;
      setTimeout(() => {
        if (this.armed === key) this.armed = undefined;
        this.#draw();
      }, ARMED_MS);
    } else {
      this.armed = undefined;
      await this.sync.give(entry.id, name).catch(() => {}); // Published again after the next connection.
    }
    this.#draw();
  }

  #later() {
    if (this.isDrawn === false) return;
    this.isDrawn = false;
    setTimeout(() => this.#draw(), 20);
  }

  #draw() {
    this.isDrawn = true;
    const all = [...this.sync.entries.values()].filter((entry) => entry.kind);
    all.sort((a, b) => (b.event?.t ?? b.arrived) - (a.event?.t ?? a.arrived) || (a.id < b.id ? -1 : 1));
    const fits = (entry) => this.kinds.has(entry.kind) && FILTERS[this.filter](entry);
    this.listed = all.filter((entry) => fits(entry) || entry.id === this.selected).slice(0, MAX_LISTED);
    this.#drawFilters(all);
    this.#drawList();
    this.map.show(this.listed, this.selected);
    this.#drawDetails(this.sync.entries.get(this.selected));
    const open = all.filter((entry) => entry.kind === 'report' && status(entry) === 'received' && entry.cancelled === undefined);
    document.title = open.length > 0 ? `(${open.length}) Streetbox desk` : 'Streetbox desk';
  }

  #drawList() {
    const now = Date.now();
    const items = this.listed.map((entry) => listItem(entry, entry.id === this.selected, now));
    if (items.length === 0) items.push(make('li', {class: 'soft', role: 'presentation'}, this.sync.isLoaded ? 'Nothing here.' : 'Loading …'));
    const scrolled = $('list').scrollTop;
    $('list').replaceChildren(...items);
    $('list').scrollTop = scrolled;
    if (this.selected) $('list').setAttribute('aria-activedescendant', `item-${this.selected}`);
  }

  #drawDetails(entry) {
    $('details').hidden = !entry;
    if (!entry) return;
    const isOnline = this.sync.online.get(entry.box);
    $('badge').replaceChildren(badge(entry), ...notes(entry));
    $('headline').textContent = summary(entry);
    this.#drawButtons(entry);
    const [tone, text] = delivery(entry, isOnline, Date.now());
    $('delivery').className = tone;
    if ($('delivery').firstChild?.textContent !== text || tone === 'bad') {
      $('delivery').replaceChildren(text);
      if (tone === 'bad') {
        const again = make('button', {type: 'button'}, 'Send again');
        again.addEventListener('click', () => this.sync.tellAgain(entry.id).catch(() => {}));
        $('delivery').append(' ', again);
      }
    }
    const shown = JSON.stringify([entry, isOnline]);
    if (this.shown === shown) return; // The reader may be scrolling in the table.
    this.shown = shown;
    $('facts').replaceChildren(...detailsView(entry, isOnline));
  }

  #drawButtons(entry) {
    const holding = status(entry);
    const key = JSON.stringify([entry.id, holding, this.armed, this.sync.isLoaded]);
    if (this.shownButtons === key) return;
    this.shownButtons = key;
    const focused = document.activeElement?.dataset?.state;
    $('buttons').replaceChildren(
      ...STATES.map((name) => {
        const isArmed = this.armed === `${entry.id} ${name}`;
        const button = make('button', {
          type: 'button',
          'data-state': name,
          class: `give ${name}${isArmed ? ' armed' : ''}`,
          'aria-pressed': String(holding === name),
          disabled: !this.sync.isLoaded || !mayFollow(entry, name),
        }, make('span', {class: 'symbol', 'aria-hidden': 'true'}, SYMBOLS[name]), isArmed ? `${name}? Press again` : name);
        button.addEventListener('click', () => this.#press(name));
        return button;
      }),
    );
    if (focused) $('buttons').querySelector(`[data-state="${focused}"]`)?.focus();
  }

  #buildFilters() {
    const add = (group, name, toggle) => {
      const button = make('button', {type: 'button', [`data-${group}`]: name, 'aria-pressed': 'false'}, name);
      button.addEventListener('click', () => {
        toggle();
        this.#draw();
      });
      $('filters').append(button);
    };
    for (const name of Object.keys(FILTERS)) add('filter', name, () => (this.filter = name));
    for (const kind of this.settings.kinds) {
      add('kind', kind, () => this.kinds.delete(kind) || this.kinds.add(kind));
    }
  }

  #drawFilters(all) {
    for (const button of $('filters').children) {
      const {filter, kind} = button.dataset;
      button.setAttribute('aria-pressed', String(filter ? filter === this.filter : this.kinds.has(kind)));
      const fits = filter ? FILTERS[filter] : FILTERS[this.filter];
      const count = all.filter((entry) => fits(entry) && (filter ? this.kinds.has(entry.kind) : entry.kind === kind)).length;
      button.textContent = `${filter ?? kind} ${count}`;
    }
  }

  #showLink() {
    const {isLoaded, reason} = this.sync;
    document.body.dataset.link = isLoaded ? 'up' : 'down';
    document.body.dataset.intake = this.sync.isIntake ? 'yes' : 'no';
    $('link').className = isLoaded ? 'good' : 'bad';
    $('link').textContent = isLoaded ? 'Connected' : reason ? `Not connected: ${reason}. Nothing can be sent.` : 'Connecting …';
    if (isLoaded) $('fault').hidden = true;
    this.#later();
  }

  #showFault(text) {
    $('fault').hidden = false;
    $('fault').textContent = text;
  }
}

const DEFAULTS = {
  topic_root: 'streetbox/v1',
  desk_topic: 'streetbox/desk',
  intake_client: 'desk-intake',
  kinds: KINDS,
  tiles: '',
  tiles_by: '',
  gcj02: false,
};

async function settings() {
  const answer = await fetch('settings.json', {cache: 'no-store'});
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return {...DEFAULTS, ...(answer.ok ? await answer.json() : {}), url: `${scheme}//${location.host}/mqtt`};
}

function showLogin(refused = '') {
  $('login').hidden = false;
  $('desk').hidden = true;
  $('refused').textContent = refused;
  $('user').focus();
}

async function enter(login) {
  sessionStorage.setItem(STORED_LOGIN, JSON.stringify(login));
  $('login').hidden = true;
  $('desk').hidden = false;
  const desk = new Desk(await settings(), login);
  desk.start((reason) => {
    sessionStorage.removeItem(STORED_LOGIN);
    sessionStorage.setItem('streetbox-refused', reason);
    location.reload();
  });
}

$('login').addEventListener('submit', (event) => {
  event.preventDefault();
  enter({username: $('user').value, password: $('password').value, by: $('by').value.trim()});
});

const stored = sessionStorage.getItem(STORED_LOGIN);
if (stored) {
  enter(JSON.parse(stored));
} else {
  const refused = sessionStorage.getItem('streetbox-refused');
  sessionStorage.removeItem('streetbox-refused');
  showLogin(refused ? `Not logged in: ${refused}.` : '');
}
