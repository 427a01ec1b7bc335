// Pictures of the conditions of an instance, which the server names.

/** The shapes of the conditions, in a box from -8 to 8; "fill" is filled, the rest is drawn in lines. */
export const SHAPES = {
  ready: { fill: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z', says: 'ready' },
  quiet: { line: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z', fill: 'M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0Z', says: 'ready, weight 0 or unlisted' },
  starting: { line: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z', fill: 'M0-6A6 6 0 0 0 0 6Z', says: 'starting' },
  unready: { line: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z', says: 'not ready' },
  frozen: { fill: 'M-5-6h3.5v12h-3.5ZM1.5-6h3.5v12h-3.5Z', says: 'frozen' },
  faulty: { line: 'M0-6.5 7 5.5H-7Z', fill: 'M-.8-2.5h1.600v4h-1.600ZM-.8 2.5h1.600v1.600h-1.600Z', says: 'fault' },
  waiting: { line: 'M-5-6h10L-5 6h10Z', says: 'back-off' },
  dead: { line: 'M-5.5-5.5l11 11M5.5-5.5l-11 11', says: 'killed or ended' },
};
