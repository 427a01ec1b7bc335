// The changes that the page can make, and the calls that make them.

import { el } from './dom.js';

/** Actions on an instance, in groups; "number" is what the field next to a button asks for. */
export const INSTANCE_ACTIONS = [
  ['Process', ['kill', 'restart', 'freeze', 'thaw']],
  ['Connections', ['refuse', 'reset']],
  ['Answers', ['half', { path: 'late', parameter: 'millis', number: 'milliseconds', value: 500 },
    { path: 'status', parameter: 'code', number: 'status', value: 503 }]],
  ['Streams', ['split', { path: 'abort', parameter: 'events', number: 'events', value: 0 },
    { path: 'stall', parameter: 'events', number: 'events', value: 3 },
    { path: 'error', parameter: 'events', number: 'events', value: 3 }]],
  ['List', ['unlist', 'relist']],
  ['Faults', ['heal']],
];

/** Actions on discovery. */
export const DISCOVERY_ACTIONS = ['empty', 'garbage', 'silent', 'reset', 'refuse',
  { path: 'late', parameter: 'millis', number: 'milliseconds', value: 2000 },
  { path: 'status', parameter: 'code', number: 'status', value: 500 }, 'heal'];

export const pathOf = (...parts) => ['/services', ...parts.map(encodeURIComponent)].join('/');

/** Makes a call; what comes of it is said at the foot of the page. */
export async function call(says, method, path) {
  tell(says + ' …');
  try {
    // a page from elsewhere can't send this header
    const answer = await fetch(path, { method, headers: { 'X-Eas-Admin': 'page' } });
    const body = await answer.json();
    tell(answer.ok ? says + ': done' : `${says}: ${body.error}`);
  } catch (failure) {
    tell(`${says}: ${failure.message}`);
  }
}

let hiding;

function tell(message) {
  const node = document.getElementById('message');
  node.textContent = message;
  node.hidden = false;
  clearTimeout(hiding);
  if (!message.endsWith('…')) {
    hiding = setTimeout(() => (node.hidden = true), 6000);
  }
}

/** A button for an action, with a field where it takes a number. */
export function actionButton(action, of, path, method = 'POST') {
  const { path: name, parameter, number, value, min = 0 } = typeof action === 'string' ? { path: action } : action;
  const field = parameter
    ? el('input', { type: 'number', value, min, 'aria-label': `${number} of ${name}, ${of}`, name: parameter }) : null;
  const button = el('button', { type: 'button', 'data-action': name, 'aria-label': `${name}, ${of}`,
    onclick: async () => {
      button.setAttribute('aria-busy', 'true');
      await call(`${of}: ${name}${field ? ' ' + field.value : ''}`, method, path(name, field ? `?${parameter}=${field.value}` : ''));
      button.removeAttribute('aria-busy');
    } }, name);
  return field ? el('span', { class: 'with-number' }, button, field) : button;
}
