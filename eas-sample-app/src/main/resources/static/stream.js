// A stream of test digits: calls that go on whatever happens to an instance, and what becomes of them.

import { classify } from './calls.js';

const AT_A_TIME = 4;
const PAUSE_MILLIS = 100;
const RATE_MILLIS = 2000;

export class Stream {

  counts = { calls: 0, right: 0, failed: 0, retried: 0 };

  running = false;

  #digits;
  #next = 0;
  #ended = [];
  #told;

  /** @param told is given each digit with its answer, or with an error */
  constructor(digits, told) {
    this.#digits = digits;
    this.#told = told;
  }

  toggle() {
    this.running = !this.running;
    if (this.running) {
      for (let i = 0; i < AT_A_TIME; i++) {
        this.#callOn(i * PAUSE_MILLIS / AT_A_TIME);
      }
    }
  }

  async #callOn(pause) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    while (this.running) {
      await this.#call(this.#digits[this.#next++ % this.#digits.length]);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
    }
  }

  async #call(digit) {
    try {
      const answer = await classify(digit.greys);
      this.counts.right += answer.digit === digit.label ? 1 : 0;
      this.counts.retried += answer.attempts > 1 ? 1 : 0;
      this.#told(digit, answer);
    } catch (error) {
      this.counts.failed++;
      this.#told(digit, { error });
    }
    this.counts.calls++;
    this.#ended.push(performance.now());
  }

  /** Calls per second, lately. */
  rate() {
    const since = performance.now() - RATE_MILLIS;
    this.#ended = this.#ended.filter((at) => at > since);
    return this.#ended.length / (RATE_MILLIS / 1000);
  }

}
