package io.eas.emulator.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of a terminal that stays in place, as an emulated terminal shows it.
 */
class LiveTerminalTests {

	private static final int COLUMNS = 40;

	private static final int ROWS = 12;

	private final TerminalScreen screen = new TerminalScreen(COLUMNS, ROWS);

	private LineDisciplineTerminal terminal;

	private LiveTerminal live;

	@BeforeEach
	void open() throws Exception {
		this.terminal = new LineDisciplineTerminal("test", "xterm", OutputStream.nullOutputStream(),
				StandardCharsets.UTF_8);
		this.terminal.setSize(Size.of(COLUMNS, ROWS));
		this.live = new LiveTerminal(this.terminal, new PrintWriter(this.screen));
	}

	@AfterEach
	void close() {
		this.live.close();
	}

	@Test
	void whatIsPrintedScrollsAboveThePart() {
		this.live.writer().println("first");
		show("one", "two");
		assertThat(this.screen.lines()).startsWith("first").endsWith("one", "two");
		IntStream.range(0, 50).forEach((i) -> this.live.writer().println("line " + i));
		show("three", "four");
		assertThat(this.screen.lines()).hasSize(ROWS)
			.startsWith("line 40")
			.containsSequence("line 48", "line 49", "three", "four")
			.doesNotContain("one", "two");
	}

	@Test
	void aPartThatGrowsOrShrinksCoversNothing() {
		IntStream.range(0, 20).forEach((i) -> this.live.writer().println("line " + i));
		show("one");
		show("one", "two", "three");
		assertThat(this.screen.lines()).containsSequence("line 18", "line 19").endsWith("one", "two", "three");
		show("one");
		this.live.writer().println("line 20");
		assertThat(this.screen.lines()).contains("line 19").doesNotContain("two", "three").endsWith("line 20", "one");
	}

	@Test
	void printedControlCharactersMoveNothing() {
		show("table");
		this.live.writer()
			.println("\u001b[2J\u001b[1;5r\u001b[H\u001b[31mred\u001b[0m\u0007\b\u001bc, \u009b2J and on");
		show("table");
		assertThat(this.screen.lines()).hasSize(ROWS).last().isEqualTo("table");
		assertThat(this.screen.lines().get(ROWS - 2)).startsWith("red").endsWith("and on");
	}

	@Test
	void aLongLineOfThePartIsCut() {
		show("x".repeat(COLUMNS * 2), "end");
		assertThat(this.screen.lines()).endsWith("x".repeat(COLUMNS), "end");
	}

	@Test
	void aPartThatIsTooLongLeavesRoomAbove() {
		show(IntStream.range(0, 30).mapToObj((i) -> "row " + i).toArray(String[]::new));
		this.live.writer().println("above");
		assertThat(this.screen.lines()).contains("above", "row 0", "row 9").doesNotContain("row 10");
	}

	@Test
	void anotherSizeIsDrawnAnew() {
		IntStream.range(0, 20).forEach((i) -> this.live.writer().println("line " + i));
		show("one", "two");
		this.screen.resize(COLUMNS / 2, ROWS / 2);
		this.terminal.setSize(Size.of(COLUMNS / 2, ROWS / 2));
		this.live.sizeChanged();
		show("one", "two");
		assertThat(this.screen.lines()).containsSequence("line 18", "line 19").endsWith("one", "two");
	}

	@Test
	void closingGivesTheTerminalBack() {
		show("one", "two");
		this.live.close();
		assertThat(this.screen.written())
			.endsWith("\u001b[1;" + ROWS + "r\u001b[" + ROWS + ";1H" + "\r\n\u001b[?12l\u001b[?25h");
		assertThat(this.screen.lines()).contains("one", "two").last().isEqualTo("");
	}

	@Test
	void closingPrintsALineWithoutItsEnd() {
		show("one");
		this.live.writer().print("the last words");
		assertThat(this.screen.lines()).doesNotContain("the last words");
		this.live.close();
		assertThat(this.screen.lines()).contains("the last words");
	}

	@Test
	void aLineThatNeverEndsIsPrintedInParts() {
		this.live.writer().print("x".repeat(LineWriter.LONGEST));
		assertThat(this.screen.lines()).contains("x".repeat(COLUMNS));
	}

	@Test
	void theTerminalIsGivenBackWhileTheProgramIsStopped() {
		show("one", "two");
		this.live.lend(() -> assertThat(this.screen.written()).endsWith("\u001b[?12l\u001b[?25h"));
		show("one", "two");
		assertThat(this.screen.written()).endsWith("\u001b[" + (ROWS - 2) + ";1H");
		assertThat(this.screen.lines()).endsWith("one", "two");
	}

	@Test
	@Timeout(60)
	void closingDoesNotWaitForATerminalThatTakesNoOutput() throws Exception {
		CountDownLatch stalled = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		LiveTerminal stuck = new LiveTerminal(this.terminal, new PrintWriter(new Writer() {
			@Override
			public void write(char[] text, int offset, int length) {
				stalled.countDown();
				try {
					goOn.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}
		}));
		Thread drawing = new Thread(() -> stuck.show((size) -> List.of()));
		drawing.start();
		try {
			stalled.await();
			stuck.close();
			assertThat(drawing.isAlive()).isTrue();
		}
		finally {
			goOn.countDown();
			drawing.join();
		}
	}

	private void show(String... lines) {
		List<AttributedString> part = Stream.of(lines).map(AttributedString::new).toList();
		this.live.show((size) -> part);
	}

}
