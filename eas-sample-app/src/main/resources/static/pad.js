// The pad: takes strokes, and makes of them what the model has learned from.

const SIDE = 28;
const BOX = 20;
const PEN = 2.3;

/** Draws 784 grey values from 0 to 255 into a canvas of 28 by 28 pixels. */
export function paint(canvas, greys) {
  const pixels = new ImageData(SIDE, SIDE);
  greys.forEach((grey, i) => pixels.data.set([grey, grey, grey, 255], 4 * i));
  canvas.getContext('2d').putImageData(pixels, 0, 0);
}

export class Pad {

  #canvas;
  #context;
  #strokes = [];
  #changed;

  /** @param changed is told of each change, with whether a stroke has ended */
  constructor(canvas, changed) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#changed = changed;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', () => this.#changed(true));
  }

  #point({ offsetX, offsetY }) {
    const scale = this.#canvas.width / this.#canvas.clientWidth;
    return [offsetX * scale, offsetY * scale];
  }

  #down(event) {
    if (this.#strokes.length === 0) {
      this.clear();
    }
    this.#canvas.setPointerCapture(event.pointerId);
    this.#strokes.push([this.#point(event)]);
    this.#draw();
  }

  #move(event) {
    if (event.buttons !== 0 && this.#strokes.length > 0) {
      this.#strokes.at(-1).push(this.#point(event));
      this.#draw();
      this.#changed(false);
    }
  }

  #draw() {
    stroke(this.#context, this.#strokes, 40, ([x, y]) => [x, y]);
  }

  clear() {
    this.#strokes = [];
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Shows a digit that somebody else has written. */
  show(greys) {
    this.clear();
    const small = new OffscreenCanvas(SIDE, SIDE);
    paint(small, greys);
    this.#context.drawImage(small, 0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** As in MNIST: fitted into 20 by 20 pixels, with the centre of mass in the middle of 28 by 28. */
  greys() {
    const points = this.#strokes.flat();
    const [left, right] = range(points.map(([x]) => x));
    const [top, bottom] = range(points.map(([, y]) => y));
    const scale = (BOX - PEN) / Math.max(right - left, bottom - top, 60);
    const place = ([dx, dy]) => ([x, y]) => [(x - (left + right) / 2) * scale + dx, (y - (top + bottom) / 2) * scale + dy];
    const first = render(this.#strokes, place([SIDE / 2, SIDE / 2]));
    const [x, y] = centre(first);
    return render(this.#strokes, place([SIDE - .5 - x, SIDE - .5 - y]));
  }

}

const range = (numbers) => [Math.min(...numbers), Math.max(...numbers)];

function stroke(context, strokes, width, place) {
  Object.assign(context, { lineWidth: width, lineCap: 'round', lineJoin: 'round', strokeStyle: '#fff' });
  for (const points of strokes) {
    context.beginPath();
    context.moveTo(...place(points[0]));
    // a point alone is a dot
    points.concat([points.at(-1)]).forEach((point) => context.lineTo(...place(point)));
    context.stroke();
  }
}

function render(strokes, place) {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
  stroke(context, strokes, PEN, place);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i + 3]);
}

function centre(greys) {
  const sum = greys.reduce((all, grey) => all + grey, 0) || 1;
  const mean = (of) => greys.reduce((all, grey, i) => all + grey * of(i), 0) / sum;
  return [mean((i) => i % SIDE), mean((i) => Math.floor(i / SIDE))];
}
