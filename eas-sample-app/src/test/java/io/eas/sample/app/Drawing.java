package io.eas.sample.app;

import java.util.Arrays;

import io.eas.test.Browser;

/**
 * Draws on the page of the sample.
 */
final class Drawing {

	private Drawing() {
	}

	/** One stroke, as a mouse makes it. */
	static void stroke(Browser browser, int... coordinates) {
		browser.run("""
				const canvas = document.getElementById('canvas');
				const { left, top } = canvas.getBoundingClientRect();
				const points = arguments[0];
				// only a pointer that exists can be captured
				canvas.setPointerCapture = () => {};
				const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type,
					{ clientX: left + x, clientY: top + y, buttons: 1, bubbles: true }));
				send('pointerdown', points[0], points[1]);
				for (let i = 2; i < points.length; i += 2) {
					send('pointermove', points[i], points[i + 1]);
				}
				send('pointerup', points.at(-2), points.at(-1));
				""", Arrays.stream(coordinates).boxed().toList());
	}

}
