package io.eas.emulator.cli;

import java.util.stream.IntStream;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Ports in an option, such as {@code 9000-9009} or {@code 9000}.
 *
 * @param first the first port, 1 or more
 * @param last the last port, at most 65535
 */
record PortRange(int first, int last) {

	IntStream ports() {
		return IntStream.rangeClosed(this.first, this.last);
	}

	/** Reads a range as picocli asks for it. */
	static final class Converter implements ITypeConverter<PortRange> {

		@Override
		public PortRange convert(String value) {
			String[] ends = value.split("-", 2);
			try {
				PortRange range = new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
				if (range.first() >= 1 && range.first() <= range.last() && range.last() <= 65535) {
					return range;
				}
			}
			catch (NumberFormatException ex) {
				// the message below says what is wrong
			}
			throw new TypeConversionException(
					"'" + value + "' is neither a port from 1 to 65535 nor a range such as 9000-9009");
		}

	}

}
