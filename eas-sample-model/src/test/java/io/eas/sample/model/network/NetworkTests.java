package io.eas.sample.model.network;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class NetworkTests {

	@Test
	void computesTheOutputsOfALayer() {
		Layer layer = new Layer(new float[] { 1, 2, 3, 4, 5, 6 }, new float[] { 0.5f, -0.5f });
		assertThat(layer.apply(new float[] { 1, 0, 2 })).containsExactly(1 + 10 + 0.5f, 2 + 12 - 0.5f);
	}

	@Test
	void reluSetsNegativeValuesToZero() {
		float[] values = { -1, 0, 2 };
		Activation.relu(values);
		assertThat(values).containsExactly(0, 0, 2);
	}

	@Test
	void softmaxOfLargeValuesAddsUpToOne() {
		float[] values = { 1000, 1000, -1000 };
		Activation.softmax(values);
		assertThat(values).containsExactly(0.5f, 0.5f, 0);
	}

	@Test
	void everyDigitHasAScore() {
		float[] weights = new float[Network.PIXELS * Network.CLASSES];
		weights[5 * Network.CLASSES + 7] = 1;
		Network network = new Network(List.of(new Layer(weights, new float[Network.CLASSES])), new Accuracy(1, 2));
		float[] pixels = new float[Network.PIXELS];
		pixels[5] = 1;
		float[] scores = network.scores(pixels);
		assertThat(Network.best(scores)).isEqualTo(7);
		assertThat(scores[7]).isCloseTo((float) (Math.E / (Math.E + 9)), within(1e-6f));
	}

	@Test
	void refusesLayersOfDifferentWidths() {
		Layer layer = new Layer(new float[Network.PIXELS * 3], new float[3]);
		Layer other = new Layer(new float[4 * Network.CLASSES], new float[Network.CLASSES]);
		assertThatIllegalArgumentException().isThrownBy(() -> new Network(List.of(layer, other), new Accuracy(1, 2)))
			.withMessage("a layer takes 4 values, but is given 3");
		assertThatIllegalArgumentException().isThrownBy(() -> new Network(List.of(layer), new Accuracy(1, 2)))
			.withMessage("the last layer gives 3 scores, not 10");
		assertThatIllegalArgumentException().isThrownBy(() -> new Layer(new float[5], new float[2]))
			.withMessage("5 weights can't be divided evenly among 2 outputs");
	}

	@Test
	void describesItsAccuracy() {
		assertThat(new Accuracy(9876, 10_000)).hasToString("98.76 % of 10,000 images");
		assertThatIllegalArgumentException().isThrownBy(() -> new Accuracy(3, 2));
	}

}
