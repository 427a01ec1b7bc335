// A service: its numbers, the changes of it, and its instances.

import { actionButton, pathOf } from './actions.js';
import { el, rate, text } from './dom.js';
import { InstanceView } from './instance.js';

/** From so many instances on, a line each is enough. */
const MANY = 13;

export class ServiceView {

  #views = new Map();
  #model = null;
  #list = el('ol', { class: 'instances' });
  #summary = el('p', { class: 'summary' });
  #scale;

  instances = [];

  constructor(service) {
    this.name = service.name;
    const button = (action) => actionButton(action, this.name, (name, query) => pathOf(this.name, name) + query);
    this.#scale = button({ path: 'scale', parameter: 'instances', number: 'instances', value: service.instances.length });
    const title = 'service-' + service.name;
    this.node = el('section', { class: 'card service', 'aria-labelledby': title, 'data-service': service.name },
      el('div', { class: 'head' }, el('h2', { id: title }, service.name), this.#summary,
        el('div', { class: 'changes' }, this.#scale, button('rollout'), button('restart'))),
      el('div', { class: 'row titles', 'aria-hidden': 'true' }, el('span'), el('span', {}, 'instance'),
        el('span', { class: 'axis' }, el('span', {}, '5 minutes ago'), el('span', {}, 'now')),
        el('span', { class: 'number' }, 'calls/s'), el('span', { class: 'number' }, 'in flight'),
        el('span', { class: 'number' }, 'weight'), el('span')),
      this.#list);
    this.#list.addEventListener('keydown', (event) => this.#move(event));
  }

  /** The arrow keys go from name to name. */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.target.matches('.name')) {
      const names = [...this.#list.querySelectorAll('.name')];
      names[names.indexOf(event.target) + step]?.focus();
      event.preventDefault();
    }
  }

  update({ instances }, model) {
    this.#model = model;
    if (instances.length !== this.instances.length) {
      this.#scale.querySelector('input').value = instances.length;
    }
    this.instances = instances;
    this.#arrange();
    const pasts = instances.map(({ name }) => model.past(name));
    const highest = Math.max(0, ...pasts.flatMap((past) => past.rates.map(([, each]) => each)));
    const called = pasts.some((past) => !past.idle);
    instances.forEach((instance, i) => this.#views.get(instance.name)
      .update(instance, pasts[i], model.now, highest, called));
    this.#summarize(pasts);
  }

  /** Draws one instance again without waiting for news. */
  redraw() {
    this.update({ instances: this.instances }, this.#model);
  }

  #arrange() {
    const names = new Set(this.instances.map(({ name }) => name));
    for (const [name, view] of this.#views) {
      if (!names.has(name)) {
        view.node.remove();
        this.#views.delete(name);
      }
    }
    for (const name of names) {
      if (!this.#views.has(name)) {
        const view = new InstanceView(this, name);
        this.#views.set(name, view);
        this.#list.append(view.node);
      }
    }
    this.node.classList.toggle('dense', this.instances.length >= MANY);
  }

  #summarize(pasts) {
    const ready = this.instances.filter(({ condition }) => condition.shape === 'ready').length;
    const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
    text(this.#summary, `${ready} of ${this.instances.length} ready · ${this.instances.filter(({ listed }) => listed).length} listed · `
      + `${rate(sum(pasts.map((past) => past.rate)))} calls/s · ${sum(this.instances.map(({ inFlight }) => inFlight))} in flight`);
  }

}
