package io.eas.emulator.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.emulator.EasEmulator;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The report that draws a table twice per second.
 */
class LiveReportTests {

	private static final int COLUMNS = 100;

	private static final int ROWS = 24;

	@Test
	void theTableIsDrawnAgainAfterAnError() throws Exception {
		TerminalScreen screen = new TerminalScreen(COLUMNS, ROWS);
		AtomicInteger failures = new AtomicInteger();
		FilterWriter failing = new FilterWriter(screen) {
			@Override
			public void write(String text, int offset, int length) throws IOException {
				if (text.contains("calls/s") && failures.incrementAndGet() == 1) {
					throw new StackOverflowError("on purpose");
				}
				this.out.write(text, offset, length);
			}
		};
		LineDisciplineTerminal terminal = new LineDisciplineTerminal("test", "xterm", OutputStream.nullOutputStream(),
				StandardCharsets.UTF_8);
		terminal.setSize(Size.of(COLUMNS, ROWS));
		try (EasEmulator eas = EasEmulator.builder().service("echo", (service) -> service.instances(1, (instance) -> {
		})).build().start();
				LiveReport report = new LiveReport(new LiveTerminal(terminal, new PrintWriter(failing)), null, null)) {
			report.started(eas);
			await().atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(screen.lines()).anyMatch((line) -> line.startsWith("echo: 1 of 1")));
			assertThat(failures).hasValueGreaterThan(1);
		}
	}

}
