// The last minutes of an instance as a picture: when it was listed, calls per second, and what happened.

import { attribute, clock, svg } from './dom.js';
import { WINDOW_MILLIS } from './model.js';

const WIDTH = 600;
const HEIGHT = 34;
const TOP = 13;
const BASE = 29;
const SCALE = WIDTH / WINDOW_MILLIS;

/** Marks in a box from -4 to 4. */
const MARKS = {
  ready: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z',
  unready: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z',
  dead: 'M-4-4l8 8M4-4l-8 8',
  restart: 'M3.5-1.5A4 4 0 1 0 4 1M4-4.5v3.200H.8',
  listed: 'M-4 3L0-4 4 3Z',
  unlisted: 'M-4-3L0 4 4-3Z',
  bars: 'M-2-4v8M2-4v8',
  fault: 'M0-4V1M0 3.5V4',
};

const MARK_OF_STATE = { ready: 'ready', 'not ready': 'unready', killed: 'dead', 'backing off': 'dead', dead: 'dead', stopped: 'dead',
  removed: 'dead',
  frozen: 'bars', starting: 'restart', restarted: 'restart', running: 'ready' };

/** The mark of an event; undefined for those that only the list of events has. */
export function markOf({ kind, what, detail }) {
  if (what === 'waiting' && detail.endsWith('at once')) {
    // a process has ended and the next one starts without a back-off
    return 'dead';
  }
  if (kind === 'state') {
    return MARK_OF_STATE[what];
  }
  return kind === 'weight' || kind === 'fault' ? 'fault' : kind;
}

/** A mark as a picture of its own. */
export function markIcon(mark) {
  return svg('svg', { viewBox: '-6 -6 12 12', class: 'mark-icon', 'aria-hidden': 'true' },
    svg('path', { d: MARKS[mark] ?? 'M-1 0h2', class: 'mark mark-' + mark }));
}

export class Strip {

  #origin = null;
  #drawn = '';
  #spans = svg('g');
  #area = svg('path', { class: 'area' });
  #marks = svg('g');
  #moving = svg('g', {}, this.#spans, this.#area, this.#marks);

  node = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'strip', preserveAspectRatio: 'none', role: 'img' },
    svg('line', { x1: 0, x2: WIDTH, y1: BASE + .5, y2: BASE + .5, class: 'base' }), this.#moving);

  /** Draws what is new; what is old only moves to the left. */
  update(past, now, highest) {
    this.#origin ??= now;
    const x = (at) => (at - this.#origin) * SCALE;
    attribute(this.#moving, 'transform', `translate(${(WIDTH - x(now)).toFixed(1)} 0)`);
    this.#drawSpans(past, now, x);
    attribute(this.#area, 'd', area(past.rates, x, highest));
    const last = past.marks.at(-1)?.id + ' ' + past.marks.length + ' ' + this.#width();
    if (last !== this.#drawn) {
      this.#drawn = last;
      this.#drawMarks(past.marks, x);
      attribute(this.node, 'aria-label', described(past));
    }
  }

  /** Spans that have ended stay as they are; the last one grows. */
  #drawSpans({ listed }, now, x) {
    while (this.#spans.childElementCount > listed.length) {
      this.#spans.firstChild.remove();
    }
    while (this.#spans.childElementCount < listed.length) {
      this.#spans.append(svg('rect', { y: TOP, height: BASE - TOP, class: 'listed' }));
    }
    listed.forEach(([from, to], i) => {
      const rect = this.#spans.children[i];
      attribute(rect, 'x', x(from).toFixed(1));
      attribute(rect, 'width', Math.max(1, x(to ?? now) - x(from)).toFixed(1));
    });
  }

  /** The picture is stretched to the width there is; marks keep their shape. */
  #width() {
    return Math.round(this.node.clientWidth / 20) * 20 || WIDTH;
  }

  #drawMarks(marks, x) {
    const narrow = WIDTH / this.#width();
    const used = { above: -Infinity, within: -Infinity };
    this.#marks.replaceChildren(...marks.filter(markOf).map((event) => {
      const mark = markOf(event);
      const row = mark.endsWith('listed') ? 'within' : 'above';
      // what happened at the same time stands side by side
      used[row] = Math.max(x(event.at), used[row] + 11 * narrow);
      return svg('path', {
        d: MARKS[mark],
        class: 'mark mark-' + mark,
        transform: `translate(${used[row].toFixed(1)} ${row === 'above' ? 6 : 21}) scale(${narrow.toFixed(2)} 1)`,
      }, svg('title', {}, `${clock(event.at)} ${event.what}${event.detail ? ': ' + event.detail : ''}`));
    }));
  }

}

function area(rates, x, highest) {
  if (highest === 0 || rates.every(([, rate]) => rate === 0)) {
    return '';
  }
  const line = rates.map(([at, rate]) => `L${x(at).toFixed(1)} ${(BASE - (BASE - TOP) * rate / highest).toFixed(1)}`);
  return `M${x(rates[0][0]).toFixed(1)} ${BASE}${line.join('')}L${x(rates.at(-1)[0]).toFixed(1)} ${BASE}Z`;
}

function described({ marks }) {
  const last = marks.filter(markOf).slice(-5).map(({ at, what }) => `${what} at ${clock(at)}`);
  return 'Last 5 minutes: ' + (last.join(', ') || 'nothing happened');
}
