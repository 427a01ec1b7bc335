// What an instance is doing, and why it has no traffic. Pure: from the state alone.

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

const of = (shape, label, why, traffic = false) => ({ shape, label, why, traffic });

/**
 * Shape, label and reason.
 * @param instance as in GET /services
 * @returns {{shape: string, label: string, why: string, traffic: boolean}} "traffic" says whether calls can come
 *     and be answered
 */
export function condition(instance) {
  return ended(instance) ?? forced(instance) ?? unready(instance) ?? left(instance) ?? faulty(instance)
    ?? of('ready', 'Ready', '', true);
}

function ended({ state, health }) {
  switch (health?.state) {
    case 'waiting':
      return of('starting', 'Not started', 'no process runs yet');
    case 'killed':
      return of('dead', 'Killed', health.reason);
    case 'backing off':
      return of('waiting', 'Back-off', health.reason);
    case 'stopping':
      return of('waiting', 'Stopping', 'was asked to end, and answers what it still has');
    case 'stopped':
      return of('dead', 'Stopped', health.reason || 'has ended');
  }
  if (health || (state !== 'DEAD' && state !== 'STARTING')) {
    return undefined;
  }
  return state === 'DEAD' ? of('dead', 'Killed', 'refuses connections until it is restarted')
    : of('starting', 'Not started', 'starts, and has not been ready yet');
}

function forced({ state }) {
  if (state === 'FROZEN') {
    return of('frozen', 'Frozen', 'accepts connections, answers nothing');
  }
  return state === 'REFUSING' ? of('faulty', 'Refusing', 'refuses connections, while its process lives') : undefined;
}

function unready({ health }) {
  const checks = health?.checks ?? {};
  if (health?.state === 'starting') {
    return of('starting', 'Startup', checks.startup ?? 'its startup check has not been done yet');
  }
  return health?.state === 'not ready'
    ? of('unready', 'Not ready', checks.readiness ?? 'its readiness check has not been done yet') : undefined;
}

function left({ listed, weight }) {
  if (!listed) {
    return of('quiet', 'Unlisted', 'was taken off the list, and goes on serving');
  }
  return weight === 0 ? of('quiet', 'Weight 0', 'gets no calls while others have a weight') : undefined;
}

function faulty({ fault, health }) {
  const checked = Object.keys(health?.checks ?? {}).length > 0;
  return fault === 'none' ? undefined
    : of('faulty', 'Fault: ' + fault, checked ? 'while its checks ask the process itself' : '', true);
}
