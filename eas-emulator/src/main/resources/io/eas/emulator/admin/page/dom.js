// Makes elements. Whatever is shown goes through textContent or setAttribute, never through markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; strings become text. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.substring(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Changes a text only where it is another one, so that nothing is laid out in vain. */
export function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

/** Changes an attribute only where it is another one. */
export function attribute(node, name, value) {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** A number of calls per second for people. */
export function rate(number) {
  return number === 0 ? '0' : number < 10 ? number.toFixed(1) : String(Math.round(number));
}

/** The time of day of an instant. */
export function clock(at) {
  return new Date(at).toLocaleTimeString('en-GB');
}
