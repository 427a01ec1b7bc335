package io.eas.test;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium for all tests of a class. On a machine without Chromium, the class
 * is skipped with a message. The browser can connect only to this machine.
 */
public class Browser implements BeforeAllCallback, AfterAllCallback {

	private static final Duration SCRIPT = Duration.ofMinutes(1);

	private @Nullable ChromeDriver running;

	@Override
	public void beforeAll(ExtensionContext context) {
		Optional<File> driverFile = program("chromedriver");
		Optional<File> chromium = program("chromium", "chromium-browser", "google-chrome", "chrome");
		Assumptions.assumeTrue(driverFile.isPresent() && chromium.isPresent(),
				"the tests in a browser are skipped, since there is no chromium with chromedriver in PATH;"
						+ " on Debian: apt-get install chromium chromium-driver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.orElseThrow());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--disable-background-networking", "--hide-scrollbars", "--window-size=1280,1000",
				"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		ChromeDriver driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driverFile.orElseThrow()).build(), options);
		driver.manage().timeouts().scriptTimeout(SCRIPT);
		this.running = driver;
	}

	private static Optional<File> program(String... names) {
		String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
		return Stream.of(names)
			.flatMap((name) -> Stream.of(path.split(File.pathSeparator)).map((directory) -> new File(directory, name)))
			.filter(File::canExecute)
			.findFirst();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.running != null) {
			this.running.quit();
		}
	}

	private ChromeDriver driver() {
		return Objects.requireNonNull(this.running, "a test class runs in between");
	}

	/**
	 * Opens a page, and discards the console messages so far.
	 * @param url the page's address
	 */
	public void open(String url) {
		driver().get(url);
		consoleErrors();
	}

	/**
	 * Runs a script in the page.
	 * @param script the body of a function; if it returns a promise, its result is
	 * awaited
	 * @param arguments the values of {@code arguments} in the script
	 * @return the value that the script returns
	 */
	public Object run(String script, Object... arguments) {
		return driver().executeScript(script, arguments);
	}

	/**
	 * Returns an element, which must exist.
	 * @param selector in CSS
	 * @return the first matching element
	 */
	public WebElement find(String selector) {
		return driver().findElement(By.cssSelector(selector));
	}

	/**
	 * Returns the text of an element.
	 * @param selector in CSS
	 * @return the text of the first matching element; empty if there is none
	 */
	public String text(String selector) {
		return String.valueOf(run("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
	}

	/**
	 * Returns the number of elements.
	 * @param selector in CSS
	 * @return the number of matching elements
	 */
	public int count(String selector) {
		return driver().findElements(By.cssSelector(selector)).size();
	}

	/**
	 * Returns the warnings and errors of the console since the last call.
	 * @return the messages
	 */
	public List<String> consoleErrors() {
		return driver().manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * Checks the accessibility of the page with axe-core.
	 * @return the serious and critical violations, each with the first element concerned
	 */
	public List<?> seriousViolations() {
		run(axe());
		return (List<?>) run("""
				return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
					.filter(({ impact }) => impact === 'serious' || impact === 'critical')
					.map(({ id, nodes }) => `${id}: ${nodes[0].failureSummary} ${nodes[0].html}`));
				""");
	}

	private static String axe() {
		try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
			return new String(Objects.requireNonNull(script, "axe.min.js is not on the class path").readAllBytes(),
					StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sets the preferred color scheme.
	 * @param scheme {@code light} or {@code dark}
	 */
	public void colorScheme(String scheme) {
		driver().executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Resizes the viewport.
	 * @param width in CSS pixels
	 * @param height in CSS pixels
	 */
	public void resize(int width, int height) {
		driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * Takes a screenshot.
	 * @param file the PNG file to write
	 */
	public void picture(Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.write(file, driver().getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
