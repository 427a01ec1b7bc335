// What the page knows: the last state, and what has happened in the last minutes.

/** How far the strips look back. */
export const WINDOW_MILLIS = 5 * 60 * 1000;

const RATE_MILLIS = 3000;
const SAMPLE_MILLIS = 2000;
const CHECKS = 24;
const IDLE_MILLIS = 10_000;

/** What is remembered of an instance. */
class Past {

  /** Spans in which it was listed: [from, to], to = null while it is. */
  listed = [];

  /** Events that make a mark. */
  marks = [];

  /** The last checks by kind: true for each that passed. */
  checks = {};

  /** Calls per second from time to time: [at, rate]. */
  rates = [];

  rate = 0;

  /** Whether no call has come for a while. */
  idle = true;

  #lastCall = -Infinity;

  #counts = [];

  add(event) {
    const at = Date.parse(event.at);
    if (event.kind === 'passed' || event.kind === 'failed') {
      const checks = (this.checks[event.what] ??= []);
      checks.push({ passed: event.kind === 'passed', at, detail: event.detail });
      checks.splice(0, checks.length - CHECKS);
      return;
    }
    const open = this.listed.at(-1);
    if (event.kind === 'listed') {
      this.listed.push([at, null]);
    } else if (event.kind === 'unlisted' && open) {
      open[1] ??= at;
    }
    this.marks.push({ ...event, at });
  }

  /** Takes the number of requests, and forgets what is too old to be shown. */
  count(now, requests) {
    if (requests > (this.#counts.at(-1)?.[1] ?? requests)) {
      this.#lastCall = now;
    }
    this.idle = now - this.#lastCall > IDLE_MILLIS;
    this.#counts.push([now, requests]);
    while (this.#counts.length > 2 && this.#counts[1][0] <= now - RATE_MILLIS) {
      this.#counts.shift();
    }
    const [then, before] = this.#counts[0];
    this.rate = now > then ? (requests - before) / ((now - then) / 1000) : 0;
    if (now - (this.rates.at(-1)?.[0] ?? 0) >= SAMPLE_MILLIS) {
      this.rates.push([now, this.rate]);
    }
    const oldest = now - WINDOW_MILLIS;
    this.rates = this.rates.filter(([at]) => at > oldest);
    this.marks = this.marks.filter(({ at }) => at > oldest);
    this.listed = this.listed.filter(([, to]) => to === null || to > oldest);
  }

}

/** All that is known; changed by each update from the server. */
export class Model {

  state = { endpoint: '', discovery: { fault: 'none', requests: 0 }, services: [] };

  now = 0;

  /** Events of the last update, without checks. */
  news = [];

  #pasts = new Map();

  /** After a reconnection the server begins anew. */
  reset() {
    this.#pasts.clear();
  }

  update({ at, state, events }) {
    this.now = Date.parse(at);
    this.state = state ?? this.state;
    events.filter((event) => event.instance).forEach((event) => this.past(event.instance).add(event));
    this.news = events.filter(({ kind }) => kind !== 'passed' && kind !== 'failed');
    const names = new Set();
    for (const instance of this.state.services.flatMap((service) => service.instances)) {
      names.add(instance.name);
      this.past(instance.name).count(this.now, instance.requests);
    }
    [...this.#pasts.keys()].filter((name) => !names.has(name)).forEach((name) => this.#pasts.delete(name));
  }

  past(instance) {
    if (!this.#pasts.has(instance)) {
      this.#pasts.set(instance, new Past());
    }
    return this.#pasts.get(instance);
  }

}
