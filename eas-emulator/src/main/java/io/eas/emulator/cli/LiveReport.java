package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.admin.AdminFeed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A report for people in a terminal: a table that stays in place below the output of the
 * instances. It uses the same updates as the web page.
 */
final class LiveReport implements Report {

	private static final Logger LOGGER = LoggerFactory.getLogger(LiveReport.class);

	private final LiveTerminal terminal;

	private final @Nullable String tokenVariable;

	private final @Nullable String llm;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "eas-emulator-table");
		thread.setDaemon(true);
		return thread;
	});

	/** The kinds of failures that were logged. Only the timer uses this set. */
	private final Set<Class<?>> logged = new HashSet<>();

	private @Nullable Future<?> drawing;

	LiveReport(LiveTerminal terminal, @Nullable String tokenVariable, @Nullable String llm) {
		this.terminal = terminal;
		this.tokenVariable = tokenVariable;
		this.llm = llm;
	}

	@Override
	public PrintWriter errors(PrintWriter otherwise) {
		return this.terminal.hasErrors() ? this.terminal.writer() : otherwise;
	}

	@Override
	public void started(EasEmulator emulator) {
		StartMessage.print(emulator, this.tokenVariable, this.llm, this.terminal.writer());
		AdminFeed.Watcher watcher = emulator.watcher();
		LiveTable table = new LiveTable("http://127.0.0.1:" + emulator.adminPort() + "/");
		this.drawing = this.timer.scheduleWithFixedDelay(() -> draw(watcher, table), 0, AdminFeed.PERIOD.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private void draw(AdminFeed.Watcher watcher, LiveTable table) {
		try {
			table.add(watcher.next());
			this.terminal.show((size) -> table.lines(size.getRows(), size.getColumns()));
		}
		catch (Throwable ex) {
			// an exception would end the timer
			if (this.logged.add(ex.getClass())) {
				LOGGER.warn("Cannot draw the table; trying again every {} ms", AdminFeed.PERIOD.toMillis(), ex);
			}
		}
	}

	@Override
	public void close() {
		if (this.drawing != null) {
			this.drawing.cancel(false);
		}
		this.timer.shutdown();
		this.terminal.close();
	}

}
