package io.eas.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.eas.benchmarks.report.Figure;
import io.eas.benchmarks.report.Figures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/**
 * Draws the figures of a file of results.
 */
@Command(name = "plot", sortOptions = false, showDefaultValues = true,
		description = "Draws what a command has written with --results, as SVG.")
public final class PlotCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Parameters(paramLabel = "<results.json>", description = "The file of results.")
	private Path results = Path.of("results.json");

	@Option(names = "--to", paramLabel = "<dir>", defaultValue = ".",
			description = "The directory of the plots, which is made if it isn't there.")
	private Path to = Path.of(".");

	@Override
	public Integer call() throws IOException {
		CommandLine commandLine = commandLine();
		Figures figures = read();
		Files.createDirectories(this.to);
		for (Figure figure : figures.figures()) {
			commandLine.getOut().println(SvgPlot.draw(figure, this.to));
			commandLine.getOut().flush();
		}
		return CommandLine.ExitCode.OK;
	}

	private Figures read() throws IOException {
		try {
			return Figures.read(this.results);
		}
		catch (NoSuchFileException ex) {
			throw new ParameterException(commandLine(), "there is no file " + this.results, ex);
		}
		catch (JacksonException ex) {
			throw new ParameterException(commandLine(),
					this.results + " is no file of results; write one with --results: " + ex.getOriginalMessage(), ex);
		}
	}

	private CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli injects it");
		}
		return this.spec.commandLine();
	}

}
