// The fleet, behind the desk's login: a list and the last place of each box, from the retained messages that
// deploy/backend/map/fleet publishes every 15 seconds. Nothing of it is a file, because files need no login.
'use strict';

const STORED_LOGIN = 'streetbox-desk'; // the desk's, so that one login serves both pages of a tab
const FLEET_TOPIC = 'streetbox/map/fleet/';
const PART_KEPT_MS = 600000; // as long as the broker keeps a message
const RETRY_MS = 5000;
const LIVE_MS = 120000; // a box whose place is older is shown hollow
const PLACE_KEPT_MS = 3600000;

/** Returns the boxes of all parts of which none is much older than the newest, and when that was made. */
function mergedFleet(parts) {
  const all = [...parts.values()];
  const made = Math.max(0, ...all.map((part) => part.made));
  const fresh = all.filter((part) => part.made > made - PART_KEPT_MS);
  return {made, boxes: fresh.flatMap((part) => part.boxes).sort((a, b) => a.box.localeCompare(b.box))};
}

/** Holds the connection; onFleet(fleet), onRefused(words) and onLink(words) are set by the page. */
class LiveFleet {
  constructor(login) {
    this.login = login;
    this.parts = new Map();
    this.isEnded = false;
    this.onFleet = () => {};
    this.onRefused = () => {};
    this.onLink = () => {};
  }

  start() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.link = new Mqtt5({
      url: `${scheme}//${location.host}/mqtt`,
      clientId: `map-page-${[...crypto.getRandomValues(new Uint8Array(6))].map((b) => b.toString(16).padStart(2, '0')).join('')}`,
      username: this.login.username,
      password: this.login.password,
      cleanStart: true,
      sessionExpiryS: 0,
      keepAliveS: 60,
      onOpen: () => this.#subscribe().catch((error) => this.link.drop(error.message)),
      onMessage: (message) => {
        message.ack();
        this.#onMessage(message);
      },
      onClose: (reason, code) => this.#onClose(reason, code),
    });
  }

  end() {
    this.isEnded = true;
    this.link.drop('logged out');
  }

  async #subscribe() {
    const [code] = await this.link.subscribe([`${FLEET_TOPIC}+`]);
    if (code >= 0x80) {
      this.#refuse('this login may not read the fleet');
      return;
    }
    this.onLink('');
  }

  #onMessage({topic, text}) {
    try {
      const part = JSON.parse(text);
      if (!Array.isArray(part.boxes) || !Number.isFinite(part.made)) return;
      this.parts.set(topic, part);
      this.onFleet(mergedFleet(this.parts));
    } catch {
      // A message that is no JSON, or an empty one, changes nothing.
    }
  }

  #onClose(reason, code) {
    if (this.isEnded) return;
    if (code === 0x86 || code === 0x87) { // Mosquitto sends 0x87 for a wrong password too.
      this.#refuse('wrong user name or password');
      return;
    }
    this.onLink(`Not connected: ${reason}.`);
    setTimeout(() => this.isEnded || this.start(), RETRY_MS);
  }

  #refuse(reason) {
    this.isEnded = true;
    this.link.drop(reason);
    this.onRefused(reason);
  }
}

/** Draws the last place of each box above the cells. */
class LiveBoxes {
  constructor(map, settings) {
    this.map = map;
    this.settings = settings;
    this.layer = L.layerGroup().addTo(map);
    // Above the cells, as SVG, because a second canvas would take the clicks that cells should get.
    map.createPane('boxes').style.zIndex = 450;
    this.renderer = L.svg({pane: 'boxes'});
  }

  show(boxes) {
    this.layer.clearLayers();
    const colour = getComputedStyle(document.documentElement).getPropertyValue('--focus').trim();
    for (const box of boxes) {
      if (!this.isPlaced(box)) continue;
      const isLive = box.online && Date.now() - box.place[2] < LIVE_MS;
      const look = {radius: 7, weight: 3, color: colour, fillColor: colour, fillOpacity: isLive ? 1 : 0};
      L.circleMarker(this.#at(box), {...look, renderer: this.renderer, pane: 'boxes'})
        .bindTooltip(make('span', {}, isLive ? box.box : `${box.box}, ${ago(box.place[2])}`), {permanent: boxes.length <= 30, direction: 'right', offset: [8, 0]})
        .addTo(this.layer);
    }
  }

  isPlaced(box) {
    return Array.isArray(box.place) && Date.now() - box.place[2] < PLACE_KEPT_MS;
  }

  go(box) {
    this.map.setView(this.#at(box), 17, {animate: false});
  }

  #at({place: [lat, lon]}) {
    return this.settings.gcj02 ? gcj02(lat, lon) : [lat, lon];
  }
}
