// MQTT 5 over a WebSocket, as much of it as the desk needs: QoS 0 and 1 with acknowledgements by the caller,
// durable sessions, a will, retained messages with an expiry. Section numbers are those of the OASIS standard
// MQTT 5.0. What the broker sends is checked: a malformed packet ends the connection in words.
'use strict';

const MQTT_MAX_PACKET = 262144; // bytes that the broker may send in one packet
const MQTT_RECEIVE_MAX = 20; // messages that the broker may send before the first is acknowledged

// Properties (2.2.2.2) by their type; a property that is none of these is a malformed packet.
const MQTT_PROPERTY = {
  byte: [1, 23, 25, 36, 37, 40, 41, 42],
  two: [19, 33, 34, 35],
  four: [2, 17, 24, 39],
  variable: [11],
  text: [3, 8, 18, 21, 26, 28, 31],
  data: [9, 22],
  pair: [38],
};
const MQTT_RECEIVE_MAXIMUM = 33;
const MQTT_MAXIMUM_PACKET_SIZE = 39;

// Reason codes (2.4) that a dispatcher can do something about.
const MQTT_REASONS = {
  0x82: 'the broker says that this page violates the protocol',
  0x84: 'the broker does not speak MQTT 5',
  0x86: 'wrong user name or password',
  0x87: 'this login is not allowed to do that',
  0x88: 'the broker is unavailable',
  0x89: 'the broker is busy',
  0x8b: 'the broker is shutting down',
  0x8d: 'the broker has not heard from this page',
  0x8e: 'another page has taken over',
  0x95: 'the message is too large for the broker',
  0x97: 'the broker’s quota is used up',
};

function reasonText(code) {
  return MQTT_REASONS[code] ?? `the broker answered with code 0x${code.toString(16).padStart(2, '0')}`;
}

/** Collects the bytes of a packet. */
class PacketWriter {
  constructor() {
    this.bytes = [];
  }

  byte(value) {
    this.bytes.push(value & 0xff);
    return this;
  }

  two(value) {
    return this.byte(value >> 8).byte(value);
  }

  four(value) {
    return this.two(value >>> 16).two(value & 0xffff);
  }

  variable(value) {
    let rest = value;
    do {
      this.byte((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      rest >>= 7;
    } while (rest > 0);
    return this;
  }

  raw(data) {
    for (const value of data) this.bytes.push(value);
    return this;
  }

  data(data) {
    return this.two(data.length).raw(data);
  }

  text(text) {
    return this.data(new TextEncoder().encode(text));
  }

  /** Appends properties with their length before them. */
  properties(fill) {
    const inner = new PacketWriter();
    fill(inner);
    return this.variable(inner.bytes.length).raw(inner.bytes);
  }

  packet(header) {
    return new Uint8Array(new PacketWriter().byte(header).variable(this.bytes.length).raw(this.bytes).bytes);
  }
}

/** Reads the fields of a packet's body; throws where the body ends too early. */
class PacketReaderOfBody {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get left() {
    return this.bytes.length - this.at;
  }

  byte() {
    if (this.left < 1) throw new Error('a packet that ends too early');
    return this.bytes[this.at++];
  }

  two() {
    return this.byte() * 256 + this.byte();
  }

  four() {
    return this.two() * 65536 + this.two();
  }

  variable() {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a length of more than four bytes');
  }

  raw(length) {
    if (this.left < length) throw new Error('a packet that ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  data() {
    return this.raw(this.two());
  }

  text() {
    return new TextDecoder('utf-8', {fatal: true}).decode(this.data());
  }

  pair() {
    return [this.text(), this.text()];
  }

  /** Returns properties by their number; of one that repeats, the last. */
  properties() {
    const found = new Map();
    if (this.left === 0) return found; // The packet ends before them (3.4.2.2.1).
    const length = this.variable();
    const end = this.at + length;
    if (this.left < length) throw new Error('properties that are longer than their packet');
    while (this.at < end) {
      const number = this.variable();
      const type = Object.keys(MQTT_PROPERTY).find((t) => MQTT_PROPERTY[t].includes(number));
      if (!type) throw new Error(`property ${number}, which MQTT 5 does not have`);
      found.set(number, this[type]());
    }
    return found;
  }
}

/**
 * One connection. Options: url, clientId, username, password, cleanStart, sessionExpiryS, keepAliveS,
 * will {topic, retain}; the callbacks onOpen(sessionPresent), onMessage(message), onClose(reason, code) are
 * called once, often, once. A message has topic, text, retain and ack(); the caller calls ack() when it has
 * done with the message, and a message without that comes again with the next connection of the session.
 */
class Mqtt5 {
  constructor(options) {
    this.options = options;
    this.received = new Uint8Array(0);
    this.waiting = new Map(); // packet id → {resolve, reject} of a SUBSCRIBE or a PUBLISH
    this.unsent = []; // publishes beyond what the broker accepts at once
    this.inFlight = 0;
    this.sendQuota = 65535;
    this.largestPacket = Infinity;
    this.nextId = 1;
    this.isOpen = false;
    this.isClosed = false;
    this.lastHeardMs = performance.now();
    this.socket = new WebSocket(options.url, ['mqtt']);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => this.#connect();
    this.socket.onmessage = (event) => this.#receive(new Uint8Array(event.data));
    this.socket.onclose = () => this.#closed('the broker does not answer');
  }

  /** Subscribes at QoS 1; resolves with one reason code a filter. */
  subscribe(filters) {
    const id = this.#id();
    const body = new PacketWriter().two(id).variable(0);
    for (const filter of filters) body.text(filter).byte(1);
    return this.#answered(id, body.packet(0x82));
  }

  /** Publishes at QoS 1; resolves with the PUBACK's reason code, rejects if the connection ends before it. */
  publish(topic, text, {retain = false, expiryS = 0, type = 'application/json', correlation = ''} = {}) {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        reject(new Error('not connected'));
        return;
      }
      const id = this.#id();
      const packet = new PacketWriter()
        .text(topic)
        .two(id)
        .properties((p) => {
          if (text !== '') p.byte(1).byte(1).byte(3).text(type);
          if (expiryS > 0) p.byte(2).four(expiryS);
          if (correlation) p.byte(9).text(correlation);
        })
        .raw(new TextEncoder().encode(text))
        .packet(0x32 | (retain ? 1 : 0));
      if (packet.length > this.largestPacket) {
        reject(new Error(reasonText(0x95)));
        return;
      }
      this.waiting.set(id, {resolve, reject, isPublish: true});
      this.unsent.push(packet);
      this.#sendWaiting();
    });
  }

  /** Closes without DISCONNECT, so that the broker publishes the will. */
  drop(reason) {
    this.#closed(reason);
  }

  #id() {
    do {
      this.nextId = (this.nextId % 65535) + 1;
    } while (this.waiting.has(this.nextId));
    return this.nextId;
  }

  #answered(id, packet) {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {resolve, reject, isPublish: false});
      this.#send(packet);
    });
  }

  #sendWaiting() {
    while (this.unsent.length > 0 && this.inFlight < this.sendQuota && this.isOpen) {
      this.inFlight++;
      this.#send(this.unsent.shift());
    }
  }

  #send(packet) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(packet);
  }

  #connect() {
    const {clientId, username, password, cleanStart, sessionExpiryS, keepAliveS, will} = this.options;
    const flags =
      (username ? 0x80 : 0) | (password ? 0x40 : 0) | (will ? (will.retain ? 0x20 : 0) | 0x0c : 0) | (cleanStart ? 2 : 0);
    const body = new PacketWriter()
      .text('MQTT')
      .byte(5)
      .byte(flags)
      .two(keepAliveS)
      .properties((p) =>
        p.byte(17).four(sessionExpiryS).byte(33).two(MQTT_RECEIVE_MAX).byte(39).four(MQTT_MAX_PACKET));
    body.text(clientId);
    if (will) body.variable(0).text(will.topic).two(0);
    if (username) body.text(username);
    if (password) body.text(password);
    this.#send(body.packet(0x10));
    this.pinger = setInterval(() => this.#ping(), (keepAliveS * 1000) / 3);
  }

  #ping() {
    if (performance.now() - this.lastHeardMs > this.options.keepAliveS * 1500) {
      this.#closed('the broker does not answer');
    } else {
      this.#send(new Uint8Array([0xc0, 0]));
    }
  }

  #receive(bytes) {
    this.lastHeardMs = performance.now();
    const all = new Uint8Array(this.received.length + bytes.length);
    all.set(this.received);
    all.set(bytes, this.received.length);
    this.received = all;
    try {
      while (!this.isClosed && this.#packet()) {
        // A frame of the WebSocket may hold several packets, or a part of one (6.0).
      }
    } catch (error) {
      this.#closed(`the broker sent ${error.message}`);
    }
  }

  /** Handles the first packet if it is complete; returns whether it was. */
  #packet() {
    let length = 0;
    let at = 1;
    for (let shift = 0; ; shift += 7, at++) {
      if (at >= this.received.length) return false;
      if (shift > 21) throw new Error('a length of more than four bytes');
      length += (this.received[at] & 0x7f) << shift;
      if (this.received[at] < 0x80) break;
    }
    at++;
    if (length > MQTT_MAX_PACKET) throw new Error('a packet that is too large');
    if (this.received.length < at + length) return false;
    const header = this.received[0];
    const body = new PacketReaderOfBody(this.received.slice(at, at + length));
    this.received = this.received.slice(at + length);
    this.#handle(header, body);
    return true;
  }

  #handle(header, body) {
    switch (header >> 4) {
      case 2:
        return this.#onConnack(body);
      case 3:
        return this.#onPublish(header, body);
      case 4:
      case 9:
        return this.#onAnswer(header >> 4, body);
      case 13:
        return undefined;
      case 14: {
        const code = body.left > 0 ? body.byte() : 0;
        return this.#closed(reasonText(code), code);
      }
      default:
        throw new Error(`a packet of type ${header >> 4}`);
    }
  }

  #onConnack(body) {
    const sessionPresent = (body.byte() & 1) === 1;
    const code = body.byte();
    const properties = body.properties();
    if (code !== 0) {
      this.#closed(reasonText(code), code);
      return;
    }
    this.sendQuota = properties.get(MQTT_RECEIVE_MAXIMUM) ?? 65535;
    this.largestPacket = properties.get(MQTT_MAXIMUM_PACKET_SIZE) ?? Infinity;
    this.isOpen = true;
    this.options.onOpen(sessionPresent);
    this.#sendWaiting();
  }

  #onPublish(header, body) {
    const topic = body.text();
    const qos = (header >> 1) & 3;
    if (qos > 1) throw new Error('a message of a QoS that was not asked for');
    const id = qos === 1 ? body.two() : 0;
    body.properties();
    const text = new TextDecoder('utf-8').decode(body.raw(body.left)); // What is no UTF-8 will be no JSON.
    const ack = () => {
      if (qos === 1 && !this.isClosed) this.#send(new PacketWriter().two(id).packet(0x40));
    };
    this.options.onMessage({topic, text, retain: (header & 1) === 1, ack});
  }

  #onAnswer(type, body) {
    const id = body.two();
    const request = this.waiting.get(id);
    if (!request || request.isPublish !== (type === 4)) return;
    this.waiting.delete(id);
    if (request.isPublish) {
      request.resolve(body.left > 0 ? body.byte() : 0);
      this.inFlight--;
      this.#sendWaiting();
    } else {
      body.properties();
      request.resolve([...body.raw(body.left)]);
    }
  }

  #closed(reason, code = 0) {
    if (this.isClosed) return;
    this.isClosed = true;
    this.isOpen = false;
    clearInterval(this.pinger);
    this.socket.close();
    for (const request of this.waiting.values()) request.reject(new Error(reason));
    this.waiting.clear();
    this.options.onClose(reason, code);
  }
}
