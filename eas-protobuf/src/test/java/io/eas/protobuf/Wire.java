package io.eas.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import com.google.protobuf.CodedOutputStream;

/**
 * Bytes written field by field, knowing nothing of the generated messages.
 */
final class Wire {

	private Wire() {
	}

	static byte[] bytes(Content content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		CodedOutputStream out = CodedOutputStream.newInstance(bytes);
		content.writeTo(out);
		out.flush();
		return bytes.toByteArray();
	}

	/** A packed array of floats. */
	static byte[] floats(float... values) throws IOException {
		return bytes((out) -> {
			for (float value : values) {
				out.writeFloatNoTag(value);
			}
		});
	}

	/** A packed array of varints. */
	static byte[] varints(long... values) throws IOException {
		return bytes((out) -> {
			for (long value : values) {
				out.writeUInt64NoTag(value);
			}
		});
	}

	/** Content that may fail only as streams do. */
	interface Content {

		void writeTo(CodedOutputStream out) throws IOException;

	}

}
