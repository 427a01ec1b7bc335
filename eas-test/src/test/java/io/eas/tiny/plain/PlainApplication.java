package io.eas.tiny.plain;

import java.util.List;

import io.eas.Eas;
import io.eas.client.EasClients;

/** A program without Spring. */
public final class PlainApplication {

	private PlainApplication() {
	}

	public static void main(String[] args) {
		try (EasClients eas = Eas.builder()
			.endpoint(args[0])
			.token(args[1])
			.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"))
			.service("mnist", (mnist) -> mnist.serviceName("mnist_saved_model_example"))
			.build()) {
			Image image = new Image(List.of(0.5f));
			Digit digit = eas.get("mnist").blocking().predict(image, Digit.class);
			System.out.println("It is a " + digit.digit() + ".");
		}
	}

	record Image(List<Float> image) {
	}

	record Digit(int digit, double confidence) {
	}

}
