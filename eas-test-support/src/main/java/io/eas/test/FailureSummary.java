package io.eas.test;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Makes the output of a build readable. At the end of the output, repeats the failed
 * tests and the compiler warnings that failed a compilation; Maven itself prints them
 * only before its summary of all modules. Leaves out the headings of goals that print
 * nothing. Runs within Maven from the build of this module on.
 */
public final class FailureSummary {

	private static final int MOST = 8;

	private static final int WIDTH = 240;

	private final Path root;

	private final Output output;

	private final FileTime started = FileTime.from(Instant.now());

	private FailureSummary(Path root, Output output) {
		this.root = root;
		this.output = output;
	}

	/**
	 * Installs the summary at the end of Maven's run.
	 * @param arguments the root of the repository
	 */
	public static void main(String[] arguments) {
		Output output = new Output(System.out);
		System.setOut(output);
		FailureSummary failed = new FailureSummary(Path.of(arguments[0]), output);
		// loads all classes needed at the end while the class loader still works
		failed.list();
		// this thread's own group ends with this program
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		Runtime.getRuntime().addShutdownHook(new Thread(group, failed::print, "failure-summary"));
	}

	private void print() {
		List<String> list = list();
		this.output.warnings().forEach(System.out::println);
		list.stream().limit(MOST).forEach(System.out::println);
		if (list.size() > MOST) {
			System.out.println("... and " + (list.size() - MOST) + " more failed tests");
		}
	}

	private List<String> list() {
		return Stream.of("*/target/surefire-reports", "*/target/*/surefire-reports")
			.flatMap((directories) -> matching(this.root, directories))
			.flatMap((directory) -> matching(directory, "TEST-*.xml"))
			.filter(this::isNew)
			.sorted()
			.flatMap(FailureSummary::failures)
			.toList();
	}

	/**
	 * Returns the matching files. Other modules of the build may create and delete files
	 * at the same time.
	 */
	private static Stream<Path> matching(Path directory, String pattern) {
		int slash = pattern.indexOf('/');
		String first = (slash < 0) ? pattern : pattern.substring(0, slash);
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, first)) {
			List<Path> found = new ArrayList<>();
			paths.forEach(found::add);
			return (slash < 0) ? found.stream()
					: found.stream().flatMap((path) -> matching(path, pattern.substring(slash + 1)));
		}
		catch (IOException | DirectoryIteratorException ex) {
			return Stream.empty();
		}
	}

	private boolean isNew(Path report) {
		try {
			return Files.getLastModifiedTime(report).compareTo(this.started) > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Stream<String> failures(Path report) {
		try {
			Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
			return Stream.of("failure", "error").flatMap((kind) -> elements(document.getElementsByTagName(kind)));
		}
		catch (Exception ex) {
			// the report is incomplete if the forked JVM that wrote it ended early
			return Stream.of("FAILED " + report + ": " + ex);
		}
	}

	private static Stream<String> elements(NodeList failures) {
		return Stream.iterate(0, (index) -> index < failures.getLength(), (index) -> index + 1)
			.map((index) -> (Element) failures.item(index))
			.map(FailureSummary::line);
	}

	private static String line(Element failure) {
		Element test = (Element) failure.getParentNode();
		String why = failure.getAttribute("type") + ": " + failure.getAttribute("message");
		String line = "FAILED " + test.getAttribute("classname") + "." + test.getAttribute("name") + ": "
				+ why.replaceAll("\\s+", " ");
		return (line.length() > WIDTH) ? line.substring(0, WIDTH) + " ..." : line;
	}

	/**
	 * A stream for Maven's output. Holds the heading of a goal back until the goal prints
	 * something, and keeps the compiler's warnings until it is known whether they fail
	 * the build. Thread-safe.
	 */
	private static final class Output extends PrintStream {

		private static final String WARNING = "[WARNING]";

		private static final String EMPTY = "[INFO] ";

		private static final Pattern STYLE = Pattern.compile("\u001b\\[[;\\d]*m");

		private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

		private volatile boolean failed;

		/** The empty line and the following heading that are held back. */
		private final List<String> held = new ArrayList<>();

		Output(PrintStream out) {
			super(out, true);
		}

		@Override
		public void println(@Nullable String line) {
			if (line == null || !isHeld(line, STYLE.matcher(line).replaceAll(""))) {
				printAll(line);
			}
			if (line != null && line.startsWith(WARNING) && line.contains(".java:[")) {
				this.warnings.add("FAILED" + line.lines().findFirst().orElseThrow().substring(WARNING.length()));
			}
			else if (line != null && line.contains("-Werror specified")) {
				this.failed = true;
			}
		}

		private synchronized boolean isHeld(String line, String plain) {
			boolean heading = plain.startsWith("[INFO] --- ");
			if (!heading && !plain.equals(EMPTY)) {
				return false;
			}
			if (heading) {
				this.held.clear();
				this.held.add(EMPTY);
				this.held.add(line);
			}
			else if (this.held.isEmpty()) {
				this.held.add(line);
			}
			return true;
		}

		private synchronized void printAll(@Nullable String line) {
			this.held.forEach(super::println);
			this.held.clear();
			super.println(line);
		}

		List<String> warnings() {
			return this.failed ? this.warnings.stream().limit(MOST).toList() : List.of();
		}

	}

}
