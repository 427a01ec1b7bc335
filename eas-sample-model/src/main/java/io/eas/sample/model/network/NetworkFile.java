package io.eas.sample.model.network;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Reads and writes the model file. All numbers are big-endian. The file begins with the
 * magic "DGTS", the version 1, the accuracy as two ints (right, all), the number of
 * layers n, and the n + 1 widths from the image to the scores. For each layer, its
 * weights follow, input by input, and then its biases, all as floats. The file ends with
 * the CRC-32 of everything before, as a long.
 */
public final class NetworkFile {

	private static final int MAGIC = 0x44475453;

	private static final int VERSION = 1;

	private static final int MAX_LAYERS = 16;

	private static final int MAX_WIDTH = 4096;

	private NetworkFile() {
	}

	/**
	 * Writes a network.
	 * @param network the network
	 * @param stream the stream to write to, left open
	 * @throws IOException if the stream fails
	 */
	public static void write(Network network, OutputStream stream) throws IOException {
		CRC32 checksum = new CRC32();
		DataOutputStream out = new DataOutputStream(new CheckedOutputStream(stream, checksum));
		out.writeInt(MAGIC);
		out.writeInt(VERSION);
		out.writeInt(network.accuracy().right());
		out.writeInt(network.accuracy().all());
		out.writeInt(network.layers().size());
		out.writeInt(Network.PIXELS);
		for (Layer layer : network.layers()) {
			out.writeInt(layer.outputs());
		}
		for (Layer layer : network.layers()) {
			writeFloats(layer.weights(), out);
			writeFloats(layer.biases(), out);
		}
		out.writeLong(checksum.getValue());
		out.flush();
	}

	private static void writeFloats(float[] values, DataOutputStream out) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
		bytes.asFloatBuffer().put(values);
		out.write(bytes.array());
	}

	/**
	 * Reads a network.
	 * @param stream the stream to read from, left open
	 * @return the network
	 * @throws DamagedNetworkException if the content is not what {@link #write} wrote
	 * @throws IOException if the stream fails
	 */
	public static Network read(InputStream stream) throws IOException {
		CRC32 checksum = new CRC32();
		DataInputStream in = new DataInputStream(new CheckedInputStream(stream, checksum));
		try {
			expect(MAGIC, in.readInt(), "magic");
			expect(VERSION, in.readInt(), "version");
			Accuracy accuracy = new Accuracy(in.readInt(), in.readInt());
			List<Layer> layers = readLayers(in);
			expect(checksum.getValue(), in.readLong(), "checksum");
			expect(-1, in.read(), "end");
			return new Network(layers, accuracy);
		}
		catch (EOFException ex) {
			throw new DamagedNetworkException("the file ends too early", ex);
		}
		catch (IllegalArgumentException ex) {
			throw new DamagedNetworkException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static List<Layer> readLayers(DataInputStream in) throws IOException {
		int[] widths = new int[within(MAX_LAYERS, in.readInt(), "number of layers") + 1];
		for (int i = 0; i < widths.length; i++) {
			widths[i] = within(MAX_WIDTH, in.readInt(), "width of layer " + i);
		}
		List<Layer> layers = new ArrayList<>();
		for (int i = 1; i < widths.length; i++) {
			layers.add(new Layer(readFloats(widths[i - 1] * widths[i], in), readFloats(widths[i], in)));
		}
		return layers;
	}

	private static float[] readFloats(int count, DataInputStream in) throws IOException {
		float[] values = new float[count];
		byte[] bytes = new byte[count * Float.BYTES];
		in.readFully(bytes);
		ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
		return values;
	}

	private static void expect(long expected, long actual, String what) throws DamagedNetworkException {
		if (actual != expected) {
			throw new DamagedNetworkException(
					"its " + what + " is " + Long.toHexString(actual) + ", not " + Long.toHexString(expected), null);
		}
	}

	private static int within(int max, int value, String what) throws DamagedNetworkException {
		if (value < 1 || value > max) {
			throw new DamagedNetworkException("its " + what + " is " + value + ", not between 1 and " + max, null);
		}
		return value;
	}

}
