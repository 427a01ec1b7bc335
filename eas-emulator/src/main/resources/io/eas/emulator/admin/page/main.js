// The page of the local EAS. The server tells, over one stream, what is new; each part of the page draws its own.

import { SHAPES } from './condition.js';
import { DiscoveryView } from './discovery.js';
import { clock, el, text } from './dom.js';
import { shape } from './instance.js';
import { Model } from './model.js';
import { ServiceView } from './service.js';
import { markIcon, markOf } from './strip.js';

const SHOWN_EVENTS = 200;

const model = new Model();
const views = new Map();
const byId = (id) => document.getElementById(id);
const discovery = new DiscoveryView(byId('discovery'));

function draw() {
  text(byId('endpoint'), model.state.endpoint);
  const names = new Set(model.state.services.map(({ name }) => name));
  // those of an earlier local EAS on this port
  [...views.keys()].filter((name) => !names.has(name)).forEach((name) => {
    views.get(name).node.remove();
    views.delete(name);
  });
  for (const service of model.state.services) {
    if (!views.has(service.name)) {
      const view = new ServiceView(service);
      views.set(service.name, view);
      byId('services').append(view.node);
    }
    views.get(service.name).update(service, model);
  }
  discovery.update(model.state);
  drawEvents();
}

function drawEvents() {
  const list = byId('events');
  list.prepend(...model.news.slice(-SHOWN_EVENTS).reverse().map((event) => el('li', {},
    el('time', { datetime: event.at }, clock(event.at)), markIcon(markOf(event)),
    el('span', {}, el('b', {}, event.instance || 'discovery'), ' ' + said(event)))));
  while (list.childElementCount > SHOWN_EVENTS) {
    list.lastChild.remove();
  }
}

function said({ kind, what, detail }) {
  const prefix = kind === 'fault' ? 'fault: ' : kind === 'weight' ? 'weight ' : '';
  return prefix + what + (detail ? ': ' + detail : '');
}

function listen() {
  const source = new EventSource('/events');
  source.onopen = () => {
    model.reset();
    byId('events').replaceChildren();
    live(true);
  };
  source.onmessage = (message) => {
    model.update(JSON.parse(message.data));
    draw();
  };
  source.onerror = () => live(false);
}

function live(is) {
  text(byId('live'), is ? 'Live' : 'Connection lost, trying again');
  byId('live').dataset.live = is;
}

byId('legend').append(...Object.entries(SHAPES).map(([name, { says }]) => el('div', {}, el('dt', {}, shape(name)),
  el('dd', {}, says))), el('div', {}, el('dt', {}, markIcon('listed')), el('dd', {}, 'listed')), el('div', {},
  el('dt', {}, markIcon('unlisted')), el('dd', {}, 'unlisted')), el('div', {}, el('dt', {}, markIcon('restart')),
  el('dd', {}, 'process started')));
listen();
