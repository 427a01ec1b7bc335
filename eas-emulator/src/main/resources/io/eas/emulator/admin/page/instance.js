// One instance: a line with its state, its last minutes and its numbers, and below it, if wanted, all about it.

import { INSTANCE_ACTIONS, actionButton, call, pathOf } from './actions.js';
import { SHAPES } from './condition.js';
import { attribute, el, rate, svg, text } from './dom.js';
import { Strip } from './strip.js';

/** A condition as a picture; the text next to it says the same. */
export function shape(name) {
  return svg('svg', { viewBox: '-9 -9 18 18', class: 'shape shape-' + name, 'aria-hidden': 'true' },
    svg('path', { d: SHAPES[name].line ?? '', class: 'line' }), svg('path', { d: SHAPES[name].fill ?? '', class: 'fill' }));
}

/** The last checks: a dot for each that passed, a cross for each that failed. */
function checkMarks(results) {
  const at = (i) => 5 + i * 9;
  const dots = results.map((each, i) => (each.passed ? `M${at(i) - 2} 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0Z` : '')).join('');
  const crosses = results.map((each, i) => (each.passed ? '' : `M${at(i) - 3} 2l6 6m0-6l-6 6`)).join('');
  const failed = results.filter((each) => !each.passed).length;
  return svg('svg', { width: 220, height: 10, class: 'check-marks', role: 'img',
    'aria-label': `of the last ${results.length} checks, ${failed} failed` },
  svg('path', { d: dots, class: 'passed' }), svg('path', { d: crosses, class: 'failed' }));
}

export class InstanceView {

  #service;
  #instance;
  #shape = el('span', { class: 'shape-box' });
  #label = el('strong');
  #why = el('span', { class: 'why' });
  #rate = el('span', { class: 'number rate' });
  #inFlight = el('span', { class: 'number in-flight' });
  #weight = el('span', { class: 'number weight' });
  #strip = new Strip();
  #facts = null;
  #toggle;
  #checksSeen = 0;

  constructor(service, name) {
    this.#service = service;
    this.name = name;
    this.#toggle = el('button', { type: 'button', class: 'name', 'aria-expanded': 'false', onclick: () => this.toggle() },
      name);
    this.node = el('li', { class: 'instance', 'data-instance': name },
      el('div', { class: 'row' }, this.#shape,
        el('div', { class: 'who' }, this.#toggle, el('p', { class: 'state' }, this.#label, this.#why)),
        el('div', { class: 'strip-box' }, this.#strip.node),
        this.#rate, this.#inFlight, this.#weight,
        el('button', { type: 'button', class: 'kill', 'aria-label': 'kill ' + name, onclick: () => this.kill() }, 'Kill')));
    this.node.addEventListener('keydown', (event) => this.#key(event));
  }

  /** By name, since its index changes as others come and go. */
  #path(...rest) {
    return pathOf(this.#service.name, 'instances', this.name, ...rest);
  }

  kill() {
    return call(this.name + ': kill', 'POST', this.#path('kill'));
  }

  #key(event) {
    if (event.target !== this.#toggle || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === 'Escape' && this.#facts) {
        this.toggle();
        this.#toggle.focus();
      }
      return;
    }
    if (event.key === 'k' || event.key === 'K') {
      this.kill();
    } else if (event.key === 'Escape' && this.#facts) {
      this.toggle();
    }
  }

  toggle() {
    if (this.#facts) {
      this.#facts.node.remove();
      this.#facts = null;
    } else {
      this.#facts = this.#newFacts();
      this.node.append(this.#facts.node);
    }
    this.#toggle.setAttribute('aria-expanded', String(this.#facts !== null));
    this.#service.redraw(this);
  }

  #newFacts() {
    const list = el('dl', { class: 'facts' });
    const checks = el('div', { class: 'checks' });
    const button = (action, method) => actionButton(action, this.name,
      (name, query) => (name === 'remove' ? this.#path() : this.#path(name)) + query, method);
    const groups = INSTANCE_ACTIONS.map(([title, actions]) => el('div', { class: 'group' },
      title ? el('span', { class: 'title' }, title) : null, ...actions.map((action) => button(action))));
    groups.push(el('div', { class: 'group' }, el('span', { class: 'title' }, 'Instance'),
      button({ path: 'weight', parameter: 'value', number: 'value', value: this.#instance.weight }, 'PUT'),
      button('remove', 'DELETE')));
    return { list, checks, drawn: '', node: el('div', { class: 'about' }, el('div', {}, list, checks),
      el('div', { class: 'actions' }, ...groups)) };
  }

  update(instance, past, now, highest, othersCalled) {
    this.#instance = instance;
    const { shape: name, label, why, traffic } = instance.condition;
    if (this.node.dataset.shape !== name) {
      this.node.dataset.shape = name;
      this.#shape.replaceChildren(shape(name));
    }
    text(this.#label, label);
    text(this.#why, why || (traffic && past.idle ? (othersCalled
      ? 'no calls now, while others have some: a client may leave it out' : 'no calls now') : ''));
    attribute(this.#why, 'title', this.#why.textContent);
    text(this.#rate, rate(past.rate));
    text(this.#inFlight, String(instance.inFlight));
    text(this.#weight, String(instance.weight));
    this.#strip.update(past, now, highest);
    this.#pulse(past);
    if (this.#facts) {
      this.#drawFacts(instance, past);
    }
  }

  /** A check that comes in is seen as it comes. */
  #pulse(past) {
    const latest = Math.max(0, ...Object.values(past.checks).map((results) => results.at(-1).at));
    if (latest > this.#checksSeen) {
      this.#checksSeen = latest;
      this.#shape.classList.remove('pulse');
      requestAnimationFrame(() => this.#shape.classList.add('pulse'));
    }
  }

  #drawFacts({ address, pid, fault, answers, requests, health }, past) {
    const facts = { address, process: pid === null ? 'none' : String(pid), fault, calls: String(requests),
      answers: Object.entries(answers).map(([status, count]) => `${status}: ${count}`).join(', ') || 'none',
      ...(health ? { restarts: String(health.restarts) } : {}) };
    const checks = health?.checks ?? {};
    const drawn = JSON.stringify([facts, checks, this.#checksSeen]);
    if (drawn !== this.#facts.drawn) {
      this.#facts.drawn = drawn;
      this.#facts.list.replaceChildren(...Object.entries(facts)
        .map(([title, value]) => el('div', {}, el('dt', {}, title), el('dd', {}, value))));
      this.#facts.checks.replaceChildren(...Object.entries(checks).map(([kind, detail]) => el('p', {},
        el('span', { class: 'title' }, kind), checkMarks(past.checks[kind] ?? []), el('span', { class: 'detail' }, detail))));
    }
  }

}
