package io.eas.client.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.eas.client.codec.EventStreamParser.Event;
import io.eas.http.BodyTooLargeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventStreamParserTests {

	/** What streams are made of; more than once what is worth more than once. */
	private static final String[] PIECES = { "data", "data:", "data: ", "event:", "event: ", "id:", "id: ", "retry:",
			"retry: ", ":", ": ", "\n", "\n", "\n\n", "\r", "\r\n", "\r\n\r\n", "\r\r", "\n\r", "a", "{\"a\":1}",
			"[DONE]", " ", "\t", "\0", "12", "none", "\uFEFF", "ä", "漢", "😀", "Data:", "data :", "x:y" };

	@Test
	void examplesOfTheStandardAreParsed() {
		String three = """
				data: This is the first message.

				data: This is the second message, it
				data: has two lines.

				data: This is the third message.

				""";
		assertThat(parse(three)).extracting(Event::data)
			.containsExactly("This is the first message.", "This is the second message, it\nhas two lines.",
					"This is the third message.");
		assertThat(parse("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n"))
			.extracting(Event::type)
			.containsExactly("add", "remove", "add");
		assertThat(parse(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event"))
			.containsExactly(new Event("", "first event", "1", null), new Event("", "second event", "", null));
		assertThat(parse("data\n\ndata\ndata\n\ndata:")).extracting(Event::data).containsExactly("", "\n");
		assertThat(parse("data:test\n\ndata: test\n\n")).extracting(Event::data).containsExactly("test", "test");
	}

	@Test
	void eventsBeforeOneThatIsTooLargeAreReturned() {
		EventStreamParser parser = new EventStreamParser(20);
		assertThat(next(parser, "data: a\n\ndata: " + "x".repeat(30))).extracting(Event::data).containsExactly("a");
		assertThatExceptionOfType(BodyTooLargeException.class).isThrownBy(() -> next(parser, "y"));
	}

	@Test
	void byteOrderMarkIsSkippedOnce() {
		assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).extracting(Event::data).containsExactly("a");
	}

	@Test
	void linesEndWithCrLfOrBoth() {
		assertThat(parse("data: a\r\rdata: b\r\n\r\ndata: c\n\n")).extracting(Event::data)
			.containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "", "-1", "1.5", "1 ", "99999999999999999999", "٣" })
	void invalidRetryIsIgnored(String number) {
		assertThat(parse("retry: " + number + "\ndata: a\n\n")).containsExactly(new Event("", "a", null, null));
	}

	@Test
	void retryAppliesOnlyToItsEvent() {
		assertThat(parse("retry: 1500\ndata: a\n\ndata: b\n\n"))
			.containsExactly(new Event("", "a", null, Duration.ofMillis(1500)), new Event("", "b", null, null));
	}

	@Test
	void eventThatIsTooLargeIsRejected() {
		EventStreamParser parser = new EventStreamParser(100);
		assertThatExceptionOfType(BodyTooLargeException.class)
			.isThrownBy(() -> feed(parser, ("data: " + "x".repeat(100)).getBytes(StandardCharsets.UTF_8)));
		EventStreamParser lines = new EventStreamParser(100);
		assertThatExceptionOfType(BodyTooLargeException.class)
			.isThrownBy(() -> feed(lines, "data: 123456789\n".repeat(20).getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void matchesTheAlgorithmOfTheStandard() {
		compare(20_000);
	}

	@Test
	@Tag("long")
	void matchesTheAlgorithmOfTheStandardForAMillionStreams() {
		compare(1_000_000);
	}

	private static void compare(int streams) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int n = 0; n < streams; n++) {
			byte[] stream = stream(random);
			EventStreamParser parser = new EventStreamParser(1 << 20);
			List<Event> events = new ArrayList<>();
			for (int from = 0; from < stream.length;) {
				int to = Math.min(stream.length, from + random.nextInt(1, 12));
				events.addAll(feed(parser, Arrays.copyOfRange(stream, from, to)));
				from = to;
			}
			assertThat(events).as("stream %d of seed %d", n, seed).isEqualTo(standard(stream));
		}
	}

	private static byte[] stream(Random random) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (int pieces = random.nextInt(40); pieces > 0; pieces--) {
			if (random.nextInt(50) == 0) {
				stream.write(random.nextInt(256));
			}
			else {
				stream.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
			}
		}
		return stream.toByteArray();
	}

	/** The standard's words, in its order, over the whole stream. */
	private static List<Event> standard(byte[] stream) {
		String text = new String(stream, StandardCharsets.UTF_8);
		text = text.startsWith("\uFEFF") ? text.substring(1) : text;
		// the last piece has no end of line, and so is no line
		String[] pieces = text.split("\r\n|\r|\n", -1);
		List<Event> events = new ArrayList<>();
		String data = "";
		String type = "";
		String id = null;
		Duration retry = null;
		for (String line : Arrays.copyOf(pieces, pieces.length - 1)) {
			int colon = line.indexOf(':');
			if (line.isEmpty()) {
				if (!data.isEmpty()) {
					events.add(new Event(type, data.substring(0, data.length() - 1), id, retry));
				}
				data = "";
				type = "";
				retry = null;
			}
			else if (colon != 0) {
				String field = (colon > 0) ? line.substring(0, colon) : line;
				String value = (colon > 0) ? line.substring(colon + 1).replaceFirst("^ ", "") : "";
				if (field.equals("event")) {
					type = value;
				}
				else if (field.equals("data")) {
					data += value + "\n";
				}
				else if (field.equals("id") && !value.contains("\0")) {
					id = value;
				}
				else if (field.equals("retry") && value.matches("[0-9]{1,18}")) {
					retry = Duration.ofMillis(Long.parseLong(value));
				}
			}
		}
		return events;
	}

	private static List<Event> parse(String stream) {
		return feed(new EventStreamParser(1000), stream.getBytes(StandardCharsets.UTF_8));
	}

	private static List<Event> next(EventStreamParser parser, String stream) {
		return feed(parser, stream.getBytes(StandardCharsets.UTF_8));
	}

	private static List<Event> feed(EventStreamParser parser, byte[] bytes) {
		return parser.next(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
	}

}
