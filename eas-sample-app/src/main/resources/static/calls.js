// The calls that this page makes, all of them to the application that it is from.

/** Asks for the digit in an image: what the model says, and from the headers who answered, in which attempt. */
export async function classify(greys) {
  const answer = await fetch('/predict/mnist', { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ image: greys }) });
  if (!answer.ok) {
    throw new Error((await answer.json()).detail ?? 'status ' + answer.status);
  }
  return { ...await answer.json(), instance: answer.headers.get('X-Eas-Instance'),
    attempts: Number(answer.headers.get('X-Eas-Attempts')) };
}

/** The test digits, which the model has not learned from: label and grey values. */
export async function testDigits() {
  const digits = await (await fetch('/test-digits')).json();
  return digits.map(({ label, greys }) => ({ label, greys: Array.from(atob(greys), (each) => each.charCodeAt(0)) }));
}

/** Follows the instances; nothing is told where the application doesn't run the local EAS itself. */
export function followInstances(told) {
  new EventSource('/local/instances').onmessage = (message) => told(JSON.parse(message.data));
}

/** Kills the process of an instance; a page from elsewhere can't send this header. */
export const kill = (name) => fetch(`/local/instances/${encodeURIComponent(name)}/kill`,
  { method: 'POST', headers: { 'X-Sample-Page': '1' } });
