package io.eas.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * The content of a file of results: the figures of a run.
 *
 * @param figures the figures, in the order of the report
 */
public record Figures(List<Figure> figures) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Copies the list.
	 */
	public Figures {
		figures = List.copyOf(figures);
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return the figures
	 * @throws IOException if it can't be read
	 * @throws tools.jackson.core.JacksonException if it isn't a file of results
	 */
	public static Figures read(Path file) throws IOException {
		return JSON.readValue(Files.readString(file), Figures.class);
	}

	/**
	 * Writes a file.
	 * @param file the file, which is replaced if it is there
	 * @throws IOException if it can't be written
	 */
	public void write(Path file) throws IOException {
		Files.writeString(file, JSON.writeValueAsString(this));
	}

}
