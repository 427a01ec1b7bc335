package io.eas.sample.model;

import java.util.ArrayList;
import java.util.List;

import io.eas.sample.model.network.Network;

/**
 * The response for one image.
 *
 * @param digit the digit with the highest score
 * @param confidence the highest score, between 0 and 1
 * @param scores the score of each digit from 0 to 9; they add up to 1
 */
record Prediction(int digit, float confidence, List<Float> scores) {

	Prediction {
		scores = List.copyOf(scores);
	}

	static Prediction of(float[] scores) {
		List<Float> list = new ArrayList<>(scores.length);
		for (float score : scores) {
			list.add(score);
		}
		int digit = Network.best(scores);
		return new Prediction(digit, scores[digit], list);
	}

	/**
	 * The response for several images.
	 *
	 * @param predictions one prediction per image, in the order of the images
	 */
	record Batch(List<Prediction> predictions) {

		Batch {
			predictions = List.copyOf(predictions);
		}

	}

}
