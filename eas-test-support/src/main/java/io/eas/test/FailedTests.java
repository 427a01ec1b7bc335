package io.eas.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says at the end of a build which tests failed and why, since Maven says so only before
 * its summary of all modules. Runs within Maven, from the build of this module on.
 */
public final class FailedTests {

	private static final int MOST = 8;

	private static final int WIDTH = 240;

	private final Path root;

	private final FileTime started = FileTime.from(Instant.now());

	private FailedTests(Path root) {
		this.root = root;
	}

	/**
	 * Lets Maven end with the list.
	 * @param arguments the root of the repository
	 */
	public static void main(String[] arguments) {
		FailedTests failed = new FailedTests(Path.of(arguments[0]));
		// so that all that the end needs is loaded while the class loader is there
		failed.list();
		// this thread's own group ends with this program
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		Runtime.getRuntime().addShutdownHook(new Thread(group, failed::print, "failed-tests"));
	}

	private void print() {
		List<String> list = list();
		list.stream().limit(MOST).forEach(System.out::println);
		if (list.size() > MOST) {
			System.out.println("... and " + (list.size() - MOST) + " more failed tests");
		}
	}

	private List<String> list() {
		try (Stream<Path> files = Files.find(this.root, 5,
				(file, attributes) -> file.getFileName().toString().matches("TEST-.*\\.xml")
						&& attributes.lastModifiedTime().compareTo(this.started) > 0)) {
			return files.sorted().flatMap(FailedTests::failures).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> failures(Path report) {
		try {
			Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
			return Stream.of("failure", "error").flatMap((kind) -> elements(document.getElementsByTagName(kind)));
		}
		catch (Exception ex) {
			// cut off, as the fork that wrote it
			return Stream.of("FAILED " + report + ": " + ex);
		}
	}

	private static Stream<String> elements(NodeList failures) {
		return Stream.iterate(0, (index) -> index < failures.getLength(), (index) -> index + 1)
			.map((index) -> (Element) failures.item(index))
			.map(FailedTests::line);
	}

	private static String line(Element failure) {
		Element test = (Element) failure.getParentNode();
		String why = failure.getAttribute("type") + ": " + failure.getAttribute("message");
		String line = "FAILED " + test.getAttribute("classname") + "." + test.getAttribute("name") + ": "
				+ why.replaceAll("\\s+", " ");
		return (line.length() > WIDTH) ? line.substring(0, WIDTH) + " ..." : line;
	}

}
