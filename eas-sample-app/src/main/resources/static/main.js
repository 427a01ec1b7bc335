// The page of the sample: a digit of your own, a stream of test digits, and the instances that answer.

import { classify, followInstances, kill, testDigits } from './calls.js';
import { Pad, paint } from './pad.js';
import { Stream } from './stream.js';

const SHOWN_DIGITS = 18;
const WHILE_DRAWING_MILLIS = 250;

const byId = (id) => document.getElementById(id);
const answered = new Map();

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children);
  return node;
}

// a digit of your own

const bars = Array.from({ length: 10 }, (_, digit) => {
  const fill = el('div', { class: 'fill' });
  const value = el('span', { class: 'value' }, '');
  const node = el('li', {}, el('span', {}, String(digit)), el('div', { class: 'track' }, fill), value);
  byId('bars').append(node);
  return { fill, value, node };
});

function show({ digit, scores, instance, attempts, error }) {
  byId('digit').textContent = error ? '!' : digit ?? '–';
  byId('digit').setAttribute('aria-label', error ? 'no answer' : digit === undefined ? 'no answer yet' : 'the digit is ' + digit);
  byId('by').textContent = error ? 'The call failed: ' + error.message
    : instance ? `Answered by ${instance}, in attempt ${attempts}.` : 'No call yet.';
  bars.forEach(({ fill, value, node }, i) => {
    const score = scores?.[i] ?? 0;
    fill.style.width = 100 * score + '%';
    value.textContent = scores ? (100 * score).toFixed(1) + ' %' : '';
    node.classList.toggle('best', i === digit);
  });
}

let latest = 0;

/** Answers that a later drawing has overtaken aren't shown. */
async function ask(greys) {
  const number = ++latest;
  const answer = await classify(greys).catch((error) => ({ error }));
  count(answer);
  if (number === latest) {
    show(answer);
  }
}

let asked = 0;
const pad = new Pad(byId('canvas'), (strokeEnded) => {
  byId('hint').hidden = true;
  if (strokeEnded || performance.now() - asked > WHILE_DRAWING_MILLIS) {
    asked = performance.now();
    ask(pad.greys());
  }
});

byId('clear').onclick = () => {
  latest++;
  pad.clear();
  byId('hint').hidden = false;
  show({});
};

// a stream of test digits

const digits = await testDigits();
const stream = new Stream(digits, (digit, answer) => {
  count(answer);
  const canvas = el('canvas', { width: 28, height: 28, 'aria-hidden': 'true' });
  paint(canvas, digit.greys);
  const right = answer.digit === digit.label;
  const said = answer.error ? 'failed' : right ? String(answer.digit) : `${answer.digit}, not ${digit.label}`;
  byId('last').prepend(el('li', {}, canvas, el('div', { class: right ? '' : 'wrong' }, said)));
  while (byId('last').childElementCount > SHOWN_DIGITS) {
    byId('last').lastChild.remove();
  }
});

byId('take').onclick = () => {
  const { greys } = digits[Math.floor(Math.random() * digits.length)];
  byId('hint').hidden = true;
  pad.show(greys);
  ask(greys);
};

byId('stream').onclick = () => {
  stream.toggle();
  byId('stream').textContent = stream.running ? 'Stop' : 'Start';
  byId('stream').setAttribute('aria-pressed', stream.running);
};

// who answered

function count({ instance }) {
  if (instance) {
    answered.set(instance, (answered.get(instance) ?? 0) + 1);
  }
}

const rows = new Map();

function row(address) {
  if (!rows.has(address)) {
    const strong = el('strong', {}, address);
    const [state, fill, number, action] = [el('span', { class: 'muted' }), el('div', { class: 'fill' }),
      el('span', { class: 'count' }), el('span')];
    const node = el('li', { 'data-address': address }, el('div', {}, strong, state), el('div', { class: 'track' }, fill), number, action);
    byId('instances').append(node);
    rows.set(address, { node, state, fill, number, action });
  }
  return rows.get(address);
}

followInstances(({ page, instances }) => {
  byId('remote').hidden = true;
  byId('eas').hidden = false;
  byId('eas-page').href = page;
  instances.forEach(({ name, address, state, listed }) => {
    const { node, state: text, action } = row(address);
    text.textContent = `${name}: ${state}${listed ? '' : ', not listed'}`;
    node.classList.toggle('away', !listed);
    if (!action.firstChild) {
      action.append(el('button', { type: 'button', 'aria-label': 'kill ' + name }, 'Kill'));
    }
    action.firstChild.onclick = () => kill(name);
  });
  const addresses = new Set(instances.map(({ address }) => address));
  [...rows.keys()].filter((address) => !addresses.has(address)).forEach((address) => {
    rows.get(address).node.remove();
    rows.delete(address);
  });
});

setInterval(() => {
  const { calls, right, failed, retried } = stream.counts;
  byId('calls').textContent = calls;
  byId('right').textContent = calls ? (100 * right / calls).toFixed(1) + ' %' : '–';
  byId('failed').textContent = failed;
  byId('retried').textContent = retried;
  byId('rate').textContent = stream.rate().toFixed(0);
  const most = Math.max(1, ...answered.values());
  for (const [address, number] of answered) {
    const { fill, number: text } = row(address);
    fill.style.width = 100 * number / most + '%';
    text.textContent = number;
  }
}, 250);
