package io.eas.sample.model;

import java.util.ArrayList;
import java.util.List;

import io.eas.sample.model.network.Network;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Answers requests in JSON: <code>{"image": [784 numbers]}</code> or just the array for
 * one image, and <code>{"images": [...]}</code> for several.
 */
@Component
class JsonPredictor {

	private static final String EXPECTED = "{\"image\": [784 numbers]}, {\"images\": [[784 numbers], ...]} or [784 numbers]";

	private final JsonMapper json;

	JsonPredictor(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Classifies the images in the body.
	 * @return a {@link Prediction}, or a {@link Prediction.Batch} if the body has
	 * {@code images}
	 */
	Object predict(Network network, byte[] body) {
		Images images = read(body);
		if (images.images != null && images.image != null) {
			throw new BadInputException("the JSON object has both image and images, expected one of them");
		}
		if (images.images != null) {
			return new Prediction.Batch(predict(network, images.images));
		}
		if (images.image == null) {
			throw new BadInputException("the JSON object has neither image nor images, expected " + EXPECTED);
		}
		return Prediction.of(network.scores(Pixels.ofNumbers(images.image, "image")));
	}

	private static List<Prediction> predict(Network network, float[] @Nullable [] images) {
		List<Prediction> predictions = new ArrayList<>(images.length);
		for (int i = 0; i < images.length; i++) {
			predictions.add(Prediction.of(network.scores(Pixels.ofNumbers(images[i], "images[" + i + "]"))));
		}
		return predictions;
	}

	private Images read(byte[] body) {
		try (JsonParser parser = this.json.createParser(body)) {
			JsonToken first = parser.nextToken();
			if (first == JsonToken.START_ARRAY) {
				return Images.of(this.json.readValue(parser, float[].class));
			}
			if (first == JsonToken.START_OBJECT) {
				return this.json.readValue(parser, Images.class);
			}
			throw new BadInputException("the JSON is neither object nor array, expected " + EXPECTED);
		}
		catch (JacksonException ex) {
			throw new BadInputException("the JSON cannot be read as an image: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * The JSON object.
	 */
	static class Images {

		public float @Nullable [] image;

		public float @Nullable [] @Nullable [] images;

		static Images of(float[] image) {
			Images images = new Images();
			images.image = image;
			return images;
		}

	}

}
