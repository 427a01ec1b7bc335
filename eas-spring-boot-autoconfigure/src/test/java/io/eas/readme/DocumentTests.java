package io.eas.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all documents together: links, sizes, and that the Chinese pages keep
 * step with the English ones.
 */
class DocumentTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path README = ROOT.resolve("README.md");

	private static final Path DOCS = ROOT.resolve("docs");

	private static final Path CHINESE_GUIDE = DOCS.resolve("guide").resolve("zh");

	private static final int FRONT_PAGE = 8 * 1024;

	private static final Pattern FENCE = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^(#{1,6}) (.+)$", Pattern.MULTILINE);

	/** The README in each language, and all pages below {@code docs}. */
	static List<Path> pages() throws IOException {
		try (Stream<Path> docs = Files.walk(DOCS)) {
			return Stream
				.concat(Stream
					.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md",
							"eas-benchmarks/README.md")
					.map(ROOT::resolve), docs.filter((file) -> file.toString().endsWith(".md")))
				.sorted()
				.toList();
		}
	}

	@Test
	void readmeIsAFrontPage() throws IOException {
		assertThat(Files.size(README)).isLessThanOrEqualTo(FRONT_PAGE);
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAPageAndAHeading(Path page) throws IOException {
		for (String link : links(page)) {
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
			assertThat(target).as("%s in %s", link, ROOT.relativize(page)).exists();
			if (parts.length > 1) {
				assertThat(anchors(target)).as("%s in %s", link, ROOT.relativize(page)).contains(parts[1]);
			}
		}
	}

	@Test
	void everyPageCanBeReachedFromTheReadme() throws IOException {
		Set<Path> reached = new TreeSet<>();
		Deque<Path> next = new ArrayDeque<>(List.of(README));
		while (!next.isEmpty()) {
			Path page = next.remove();
			if (reached.add(page)) {
				for (String link : links(page)) {
					Path target = page.resolveSibling(link.split("#", 2)[0]).normalize();
					if (target.toString().endsWith(".md") && Files.exists(target)) {
						next.add(target);
					}
				}
			}
		}
		assertThat(reached).containsAll(pages());
	}

	@ParameterizedTest
	@MethodSource("chinesePages")
	void chinesePageKeepsStepWithTheEnglishOne(Path chinese) throws IOException {
		Path english = chinese.startsWith(CHINESE_GUIDE)
				? CHINESE_GUIDE.getParent().resolve(CHINESE_GUIDE.relativize(chinese)) : README;
		assertThat(outline(chinese)).isEqualTo(outline(english));
	}

	static List<Path> chinesePages() throws IOException {
		return pages().stream()
			.filter((page) -> page.startsWith(CHINESE_GUIDE) || page.endsWith("README.zh-CN.md"))
			.toList();
	}

	/**
	 * Levels of headings, rows of tables and whole fences, comments in fences left out.
	 */
	private static List<String> outline(Path page) throws IOException {
		List<String> outline = new ArrayList<>();
		boolean fenced = false;
		for (String line : Files.readAllLines(page)) {
			if (line.startsWith("```")) {
				fenced = !fenced;
				outline.add(line);
			}
			else if (fenced) {
				outline.add(line.replaceFirst("(^|\\s+)(#|//) .*$", ""));
			}
			else if (line.startsWith("|")) {
				outline.add("| row");
			}
			else if (line.startsWith("#")) {
				outline.add(line.replaceFirst(" .*", ""));
			}
		}
		return outline;
	}

	private static List<String> links(Path page) throws IOException {
		return LINK.matcher(prose(page))
			.results()
			.map((match) -> match.group(1))
			.filter((link) -> !link.contains("://") && !link.startsWith("mailto:"))
			.toList();
	}

	/** As GitHub makes them of headings. */
	private static Set<String> anchors(Path page) throws IOException {
		return HEADING.matcher(prose(page))
			.results()
			.map((match) -> match.group(2)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N}_ -]", "")
				.replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	private static String prose(Path page) throws IOException {
		return FENCE.matcher(Files.readString(page)).replaceAll("");
	}

}
