// The desk's memory is the broker: one retained message an entry under DESK/report/ID. Every page reads all of
// them, and what a page knows more than the message it received, it publishes. One page at a time, the intake,
// reads the boxes' events and answers, in a session that the broker keeps for 30 days while no page is open; it
// acknowledges a message after its entry is acknowledged, so that a page that dies in between loses nothing.
'use strict';

const KEEP_ALIVE_S = 60; // a browser runs the timers of a hidden page once a minute
const HEARTBEAT_MS = 30000;
const INTAKE_SILENT_MS = 150000; // then another page takes over
const TELL_AGAIN_MS = 5000; // a command that another page should have sent is sent after this long
const LOAD_LIMIT_MS = 20000;
const FIRST_WAIT_MS = 500; // before a new connection; doubled up to LONGEST_WAIT_MS
const LONGEST_WAIT_MS = 15000;
const NO_SUBSCRIBERS = 0x10;

function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** Reads and writes the entries; onChange(id), onLink(), onFault(words) and onRefused(words) are set by the page. */
class Sync {
  constructor(settings, login) {
    this.settings = settings;
    this.login = login;
    this.page = randomId();
    this.entries = new Map();
    this.online = new Map(); // box → whether its state is online
    this.firstSeenMs = new Map(); // command id → when this page first saw that it is wanted
    this.telling = new Set();
    this.isLoaded = false;
    this.waitMs = FIRST_WAIT_MS;
    this.intake = undefined;
    this.intakePage = undefined;
    this.intakeHeardMs = Infinity;
    this.onChange = () => {};
    this.onLink = () => {};
    this.onFault = () => {};
    this.onRefused = () => {};
    this.isEnded = false;
  }

  start() {
    this.#open();
    this.timer = setInterval(() => this.#everySecond(), 1000);
  }

  end() {
    this.isEnded = true;
    clearInterval(this.timer);
    this.intake?.drop('logged out');
    this.link?.drop('logged out');
  }

  /** Gives an entry a state, tells every page, and tells the box. */
  async give(id, name) {
    const entry = this.entries.get(id);
    if (!entry || !mayFollow(entry, name)) return;
    const given = {...entry, states: {...entry.states, [name]: compact({t: Date.now(), by: this.login.by || undefined})}};
    await this.#save(given);
    await this.#tell(id);
  }

  /** Sends the command of the present state once more. */
  async tellAgain(id) {
    const entry = this.entries.get(id);
    const name = status(entry);
    const {t, by} = entry.states[name];
    entry.states = {...entry.states, [name]: compact({t, by})};
    await this.#tell(id);
  }

  get isIntake() {
    return this.intake !== undefined && this.intake.isOpen;
  }

  #topic(...levels) {
    return [this.settings.desk_topic, ...levels].join('/');
  }

  #options(more) {
    return {
      url: this.settings.url,
      username: this.login.username,
      password: this.login.password,
      keepAliveS: KEEP_ALIVE_S,
      ...more,
    };
  }

  #open() {
    this.isLoaded = false;
    this.link = new Mqtt5(
      this.#options({
        clientId: `desk-page-${this.page}`,
        cleanStart: true,
        sessionExpiryS: 0,
        onOpen: () => this.#load().catch((error) => this.link.drop(error.message)),
        onMessage: (message) => {
          message.ack();
          this.#onMessage(message);
        },
        onClose: (reason, code) => this.#onClose(reason, code),
      }),
    );
  }

  async #load() {
    const link = this.link;
    const root = this.settings.topic_root;
    const filters = [this.#topic('report', '+'), this.#topic('intake'), this.#topic('page', this.page), `${root}/+/state`];
    const codes = await link.subscribe(filters);
    const denied = filters.filter((_, i) => codes[i] >= 0x80);
    if (denied.length > 0) this.onFault(`This login may not read ${denied.join(', ')}.`);
    // Comes after all retained messages, because the broker keeps the order.
    const limit = setTimeout(() => this.onFault(`This login may not use the topic ${this.settings.desk_topic}.`), LOAD_LIMIT_MS);
    this.onLoaded = () => clearTimeout(limit);
    await link.publish(this.#topic('page', this.page), '{"v":1}');
  }

  #onMessage({topic, text}) {
    if (topic.startsWith(this.#topic('report', ''))) {
      this.#onEntry(topic.slice(this.#topic('report', '').length), text);
    } else if (topic === this.#topic('intake')) {
      this.#onIntake(text);
    } else if (topic === this.#topic('page', this.page)) {
      this.#onAllLoaded();
    } else {
      const box = topic.split('/').at(-2);
      this.online.set(box, json(text).state === 'online');
      this.onChange();
    }
  }

  #onEntry(id, text) {
    const received = text === '' ? undefined : entryOfMessage(id, text);
    if (text === '') this.entries.delete(id);
    if (received) {
      const merged = merge(this.entries.get(id), received);
      this.entries.set(id, merged);
      this.#see(merged);
      if (this.isLoaded && JSON.stringify(merged) !== JSON.stringify(received)) this.#publish(merged).catch(() => {});
    }
    this.onChange(id);
  }

  /** Publishes what was given while there was no connection. */
  #onAllLoaded() {
    if (this.isLoaded) return;
    this.onLoaded();
    this.isLoaded = true;
    this.waitMs = FIRST_WAIT_MS;
    for (const id of this.unsaved ?? []) {
      if (this.entries.has(id)) this.#publish(this.entries.get(id)).catch(() => {});
    }
    this.#takeIntake();
    this.onLink();
  }

  #see(entry) {
    const name = status(entry);
    if (!name) return;
    const command = commandId(entry, name);
    if (!this.firstSeenMs.has(command)) this.firstSeenMs.set(command, performance.now());
  }

  async #save(entry) {
    const merged = merge(this.entries.get(entry.id), entry);
    this.entries.set(entry.id, merged);
    this.#see(merged);
    this.onChange(entry.id);
    await this.#publish(merged);
  }

  async #publish(entry) {
    this.unsaved = (this.unsaved ?? new Set()).add(entry.id);
    const code = await this.link.publish(this.#topic('report', entry.id), JSON.stringify(entry), {
      retain: true,
      expiryS: expiryS(entry, Date.now()),
    });
    if (code >= 0x80) {
      this.onFault(`The desk’s memory cannot be written: ${reasonText(code)}.`);
      throw new Error('not saved');
    }
    this.unsaved.delete(entry.id);
  }

  async #tell(id) {
    const entry = this.entries.get(id);
    if (!entry || !isUntold(entry, Date.now()) || this.telling.has(id) || !this.isLoaded) return;
    const name = status(entry);
    this.telling.add(id);
    try {
      const command = {id: commandId(entry, name), cmd: 'report-status', args: {id, status: name}};
      const topic = `${this.settings.topic_root}/${entry.box}/cmd/report-status`;
      const code = await this.link.publish(topic, JSON.stringify(command), {
        expiryS: COMMAND_DAYS * 86400,
        correlation: command.id,
      });
      if (code >= 0x80) {
        this.onFault(`The command cannot be sent: ${reasonText(code)}.`);
        return;
      }
      const state = compact({...entry.states[name], taken: Date.now(), nobody: code === NO_SUBSCRIBERS ? true : undefined});
      const now = this.entries.get(id);
      await this.#save({...now, states: {...now.states, [name]: mergeState(now.states[name], state)}});
    } finally {
      this.telling.delete(id);
    }
  }

  #onClose(reason, code) {
    this.isLoaded = false;
    this.intake?.drop('the connection of the page has ended');
    if (this.isEnded) return;
    if (code === 0x86 || code === 0x87) {
      this.isEnded = true;
      this.onRefused(reason);
      return;
    }
    this.reason = reason;
    this.onLink();
    setTimeout(() => this.isEnded || this.#open(), this.waitMs * (0.5 + Math.random() / 2));
    this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2);
  }

  // The intake.

  #onIntake(text) {
    this.intakePage = words(json(text).page);
    this.intakeHeardMs = performance.now();
    if (this.intakePage === undefined && this.isLoaded) {
      setTimeout(() => this.intakePage === undefined && this.#takeIntake(), Math.random() * 1000);
    }
  }

  /** Opens the session that the broker keeps; the page that had it before gives it up. */
  #takeIntake() {
    if (!this.isLoaded || this.isEnded || this.intake) return;
    const queue = [];
    let isBusy = false;
    const work = async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        while (queue.length > 0) {
          const message = queue.shift();
          await this.#take(message);
          message.ack();
        }
      } catch (error) {
        intake.drop(error.message); // What is not acknowledged comes again with the next connection.
      }
      isBusy = false;
    };
    const intake = new Mqtt5(
      this.#options({
        clientId: this.settings.intake_client,
        cleanStart: false,
        sessionExpiryS: ENTRY_DAYS * 86400,
        will: {topic: this.#topic('intake'), retain: true},
        onOpen: () => this.#onIntakeOpen().catch((error) => intake.drop(error.message)),
        onMessage: (message) => {
          queue.push(message);
          work();
        },
        onClose: (reason, code) => this.#onIntakeClose(reason, code),
      }),
    );
    this.intake = intake;
  }

  async #onIntakeOpen() {
    await this.#beat();
    const root = this.settings.topic_root;
    await this.intake.subscribe([`${root}/+/event`, `${root}/+/ack`]);
    this.onLink();
  }

  #onIntakeClose(reason, code) {
    this.intake = undefined;
    this.onLink();
    if (code === 0x8e || this.isEnded) return;
    setTimeout(() => this.#takeIntake(), 2000);
  }

  #beat() {
    this.beatMs = performance.now();
    const expiry = {retain: true, expiryS: INTAKE_SILENT_MS / 1000};
    return this.intake.publish(this.#topic('intake'), JSON.stringify({v: 1, page: this.page}), expiry);
  }

  /** Handles a message of a box; resolves when its entry is with the broker. */
  async #take({topic, text}) {
    const [box, kind] = topic.split('/').slice(-2);
    if (kind === 'event') {
      const made = entryOfEvent(box, text, Date.now());
      if (!made || (made.kind && !this.settings.kinds.includes(made.kind))) return;
      const known = this.entries.get(made.id);
      const merged = merge(known, made);
      if (!known || JSON.stringify(known) !== JSON.stringify(merged)) await this.#save(merged);
      this.#tell(made.id).catch(() => {}); // Sent again by the timer below.
    } else if (kind === 'ack') {
      await this.#onAnswer(box, json(text));
    }
  }

  async #onAnswer(box, body) {
    const [id, name] = commandOf(body.id) ?? [];
    const entry = this.entries.get(id);
    if (!entry || entry.box !== box || !entry.states[name]) return;
    const answer = compact({t: Date.now(), ok: body.ok === true, status: words(body.result?.status), error: words(body.error)});
    const state = entry.states[name];
    if (state.answer && state.answer.ok === answer.ok && state.answer.status === answer.status) return;
    await this.#save({...entry, states: {...entry.states, [name]: {...state, answer}}});
  }

  /** Returns whether a command that another page should have sent, or that went nowhere, is due again. */
  #isToTellNow(entry, now) {
    if (!isUntold(entry, Date.now())) return false;
    const name = status(entry);
    const {nobody, taken} = entry.states[name];
    if (nobody) return this.online.get(entry.box) === true && Math.abs(Date.now() - taken) > TELL_AGAIN_MS;
    return now - this.firstSeenMs.get(commandId(entry, name)) > TELL_AGAIN_MS;
  }

  #everySecond() {
    const now = performance.now();
    if (!this.isLoaded) return;
    if (this.isIntake) {
      if (now - this.beatMs > HEARTBEAT_MS) this.#beat().catch(() => {});
      for (const entry of this.entries.values()) {
        if (this.#isToTellNow(entry, now)) this.#tell(entry.id).catch(() => {});
      }
    } else if (now - this.intakeHeardMs > INTAKE_SILENT_MS) {
      this.intakeHeardMs = now;
      this.#takeIntake();
    }
  }
}
