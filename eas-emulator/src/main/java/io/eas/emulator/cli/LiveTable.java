package io.eas.emulator.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.emulator.admin.AdminEvent;
import io.eas.emulator.admin.AdminEvent.Kind;
import io.eas.emulator.admin.AdminFeed.Update;
import io.eas.emulator.admin.AdminState;
import io.eas.emulator.admin.AdminState.Instance;
import io.eas.emulator.admin.AdminState.Service;
import io.eas.emulator.admin.InstanceCondition;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * A table of all instances with the latest events below it. It shows the same updates as
 * the web page. Not thread-safe.
 */
final class LiveTable {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss")
		.withZone(ZoneId.systemDefault());

	private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

	private static final Duration RATE_WINDOW = Duration.ofSeconds(3);

	private static final int EVENTS = 5;

	/** The minimum width of the column with reasons; other columns are left out first. */
	private static final int LEAST_WHY = 20;

	private final String page;

	private final Map<String, Deque<Sample>> samples = new HashMap<>();

	private final Map<String, AdminEvent> last = new HashMap<>();

	private final Deque<AdminEvent> events = new ArrayDeque<>();

	private @Nullable AdminState state;

	/**
	 * Creates an empty table.
	 * @param page the address of the page that shows more
	 */
	LiveTable(String page) {
		this.page = page;
	}

	void add(Update update) {
		this.state = (update.state() != null) ? update.state() : this.state;
		for (AdminEvent event : update.events()) {
			if (event.kind() != Kind.PASSED && event.kind() != Kind.FAILED) {
				this.last.put(event.instance(), event);
				this.events.add(event);
			}
		}
		while (this.events.size() > EVENTS) {
			this.events.remove();
		}
		List<Instance> instances = services().stream().flatMap((service) -> service.instances().stream()).toList();
		instances.forEach((instance) -> count(update.at(), instance));
		List<String> names = instances.stream().map(Instance::name).toList();
		this.samples.keySet().retainAll(names);
		this.last.keySet().retainAll(names);
	}

	private List<Service> services() {
		return (this.state != null) ? this.state.services() : List.of();
	}

	private void count(Instant now, Instance instance) {
		Deque<Sample> kept = this.samples.computeIfAbsent(instance.name(), (name) -> new ArrayDeque<>());
		kept.add(new Sample(now, instance.requests()));
		while (kept.size() > 2 && Duration.between(kept.getFirst().at(), now).compareTo(RATE_WINDOW) > 0) {
			kept.remove();
		}
	}

	private double rate(Instance instance) {
		Deque<Sample> kept = this.samples.get(instance.name());
		if (kept == null) {
			return 0;
		}
		Sample first = kept.getFirst();
		Sample latest = kept.getLast();
		double seconds = Duration.between(first.at(), latest.at()).toMillis() / 1000.0;
		return (seconds > 0) ? Math.max(0, latest.requests() - first.requests()) / seconds : 0;
	}

	/**
	 * Returns the lines for a terminal.
	 * @param rows the number of rows of the terminal; a third is left for the output of
	 * instances
	 * @param columns the number of columns of the terminal; no line is longer
	 */
	List<AttributedString> lines(int rows, int columns) {
		int room = rows * 2 / 3;
		List<AttributedString> newest = this.events.stream()
			.skip(Math.max(0, this.events.size() - room / 4))
			.map((event) -> line(columns).append(fit(described(event), columns)).toAttributedString())
			.toList();
		List<AttributedString> lines = new ArrayList<>();
		int roomOfEach = (room - newest.size() - 1) / Math.max(1, services().size());
		services().forEach((service) -> add(service, roomOfEach, columns, lines));
		lines.addAll(newest);
		lines.add(line(columns).styled(FAINT, fit(this.page + "  Ctrl-C ends everything.", columns))
			.toAttributedString());
		return lines;
	}

	private void add(Service service, int room, int columns, List<AttributedString> lines) {
		lines.add(line(columns).styled(AttributedStyle.BOLD, fit(summary(service), columns)).toAttributedString());
		int left = Math.max(1, room - 2);
		List<Instance> instances = service.instances();
		boolean allFit = instances.size() <= left;
		// if not all instances fit, those that are not ready are shown first
		List<Instance> shown = allFit ? instances
				: instances.stream()
					.sorted(Comparator.comparing(LiveTable::isReady))
					.limit(Math.max(1, left - 1))
					.toList();
		Columns widths = Columns.of(shown, columns);
		lines.add(line(columns).styled(FAINT, widths.titles()).toAttributedString());
		shown.forEach((instance) -> lines.add(row(instance, widths)));
		if (!allFit) {
			List<Instance> others = new ArrayList<>(instances);
			others.removeAll(shown);
			lines.add(line(columns)
				.append(fit("… and " + others.size() + " more, " + ready(others) + " of them ready", columns))
				.toAttributedString());
		}
	}

	private String summary(Service service) {
		List<Instance> instances = service.instances();
		String fault = Objects.requireNonNull(this.state).discovery().fault();
		return service.name() + ": " + ready(instances) + " of " + instances.size() + " ready, "
				+ instances.stream().filter(Instance::listed).count() + " listed, "
				+ rate(instances.stream().mapToDouble(this::rate).sum()) + " calls/s, "
				+ instances.stream().mapToLong(Instance::inFlight).sum() + " in flight"
				+ (fault.equals("none") ? "" : "; fault of discovery: " + fault);
	}

	private static long ready(List<Instance> instances) {
		return instances.stream().filter(LiveTable::isReady).count();
	}

	private static boolean isReady(Instance instance) {
		return instance.condition().shape() == InstanceCondition.Shape.READY;
	}

	private AttributedString row(Instance instance, Columns widths) {
		InstanceCondition condition = instance.condition();
		AdminEvent event = this.last.get(instance.name());
		String happened = (event != null) ? TIME.format(event.at()) + " " + what(event) : "";
		String why = Stream.of(condition.why(), happened)
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining("; "));
		return widths.row(instance, style(condition), rate(rate(instance)), why);
	}

	/** Colors only repeat the label's text. */
	private static AttributedStyle style(InstanceCondition condition) {
		return switch (condition.shape()) {
			case READY -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
			case DEAD, FROZEN -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
			default -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
		};
	}

	private static String described(AdminEvent event) {
		String whom = event.instance().isEmpty() ? "discovery" : event.instance();
		return TIME.format(event.at()) + "  " + whom + "  " + what(event)
				+ (event.detail().isEmpty() ? "" : ": " + event.detail());
	}

	private static String what(AdminEvent event) {
		return switch (event.kind()) {
			case FAULT -> "fault: " + event.what();
			case WEIGHT -> "weight " + event.what();
			default -> event.what();
		};
	}

	private static String rate(double number) {
		return (number == 0) ? "0" : String.format(Locale.ROOT, (number < 10) ? "%.1f" : "%.0f", number);
	}

	private static AttributedStringBuilder line(int columns) {
		return new AttributedStringBuilder(columns);
	}

	/** Cuts a text to a number of columns, and leaves out control characters. */
	private static String fit(String text, int columns) {
		AttributedString whole = new AttributedString(text.replaceAll("\\p{Cc}", " "));
		return (whole.columnLength() <= columns) ? whole.toString()
				: whole.columnSubSequence(0, Math.max(0, columns - 1)) + "…";
	}

	/**
	 * The number of requests at a point in time.
	 */
	private record Sample(Instant at, long requests) {
	}

	/**
	 * The widths of the columns. A column that isn't shown has width 0.
	 */
	private record Columns(int name, int port, int state, int weight, int rate, int inFlight, int why) {

		private static final int GAP = 2;

		static Columns of(List<Instance> instances, int columns) {
			int name = widest(instances.stream().map(Instance::name), "instance", columns / 3);
			int state = widest(instances.stream().map((each) -> each.condition().label()), "state", columns / 4);
			Columns found = new Columns(name, 5, state, "weight".length(), "calls/s".length(), "in flight".length(), 0);
			if (found.rest(columns) < LEAST_WHY) {
				found = new Columns(name, 5, state, "weight".length(), "calls/s".length(), 0, 0);
			}
			if (found.rest(columns) < LEAST_WHY) {
				found = new Columns(name, (columns < 40) ? 0 : 5, state, 0, 0, 0, 0);
			}
			return new Columns(found.name, found.port, found.state, found.weight, found.rate, found.inFlight,
					Math.max(0, found.rest(columns)));
		}

		private static int widest(Stream<String> texts, String title, int most) {
			int widest = texts.mapToInt((text) -> new AttributedString(text).columnLength()).max().orElse(0);
			return Math.min(Math.max(widest, title.length()), Math.max(most, title.length()));
		}

		private int rest(int columns) {
			return columns - Stream.of(this.name, this.port, this.state, this.weight, this.rate, this.inFlight)
				.filter((width) -> width > 0)
				.mapToInt((width) -> width + GAP)
				.sum();
		}

		String titles() {
			return left("instance", this.name) + right("port", this.port) + left("state", this.state)
					+ right("weight", this.weight) + right("calls/s", this.rate) + right("in flight", this.inFlight)
					+ fit("why, and the last event", this.why);
		}

		AttributedString row(Instance instance, AttributedStyle style, String rate, String why) {
			String port = instance.address().substring(instance.address().lastIndexOf(':') + 1);
			return new AttributedStringBuilder().append(left(end(instance.name(), this.name), this.name))
				.append(right(port, this.port))
				.styled(style, left(instance.condition().label(), this.state))
				.append(right(String.valueOf(instance.weight()), this.weight))
				.append(right(rate, this.rate))
				.append(right(String.valueOf(instance.inFlight()), this.inFlight))
				.append(fit(why, this.why))
				.toAttributedString();
		}

		/**
		 * A long name is cut at its beginning, because its end distinguishes the
		 * instances.
		 */
		private static String end(String name, int width) {
			AttributedString whole = new AttributedString(name);
			int length = whole.columnLength();
			return (length <= width) ? name : "…" + whole.columnSubSequence(length - width + 1, length);
		}

		private static String left(String text, int width) {
			return (width == 0) ? "" : fit(text, width) + padding(text, width) + " ".repeat(GAP);
		}

		private static String right(String text, int width) {
			return (width == 0) ? "" : padding(text, width) + fit(text, width) + " ".repeat(GAP);
		}

		private static String padding(String text, int width) {
			return " ".repeat(Math.max(0, width - new AttributedString(fit(text, width)).columnLength()));
		}

	}

}
