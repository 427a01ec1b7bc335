// Discovery: its fault, and its answer as clients see it.

import { DISCOVERY_ACTIONS, actionButton } from './actions.js';
import { el, text } from './dom.js';

/** What clients get instead of the list. */
const INSTEAD = {
  empty: 'Clients get 200 with an empty list.',
  garbage: 'Clients get 200 with a body that isn’t JSON.',
  silent: 'Clients get no answer at all.',
  reset: 'Clients get a reset connection.',
  refuse: 'Clients get no connection. The gateway, on the same port, is gone too.',
};

export class DiscoveryView {

  #says = el('p', { class: 'says' });
  #bodies = el('div', { class: 'bodies' });
  #drawn = '';

  constructor(node) {
    node.append(el('h2', { id: 'discovery-title' }, 'Discovery’s answer'), this.#says, this.#bodies,
      el('div', { class: 'group' }, ...DISCOVERY_ACTIONS.map((action) => actionButton(action, 'discovery',
        (name, query) => '/discovery/' + name + query))));
  }

  update({ discovery: { fault, requests }, services }) {
    text(this.#says, `${says(fault)} Asked ${requests} time${requests === 1 ? '' : 's'}.`);
    const answers = services.map(({ name, upstreams }) => [name, answer(fault, upstreams)]);
    const drawn = JSON.stringify(answers);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#bodies.replaceChildren(...answers.filter(([, body]) => body !== null).map(([name, body]) => el('pre',
        { tabindex: 0, role: 'region', 'aria-label': 'answer about ' + name }, body)));
    }
  }

}

function says(fault) {
  return fault === 'none' ? 'Clients get 200 with this list.' : INSTEAD[fault]
    ?? (fault.startsWith('late') ? `Clients get 200 with this list, ${fault}.` : `Clients get ${fault} without a list.`);
}

/** An item to a line; nothing where there is no list. */
function answer(fault, { correlative, endpoints: { items } }) {
  if (fault !== 'none' && fault !== 'empty' && !fault.startsWith('late')) {
    return null;
  }
  const lines = fault === 'empty' ? [] : items.map((item) => '    ' + JSON.stringify(item));
  return `{\n  "correlative": ${JSON.stringify(correlative)},\n  "endpoints": { "items": [`
    + (lines.length ? '\n' + lines.join(',\n') + '\n  ' : '') + '] }\n}';
}
