package io.eas.deployment.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.model.ServiceDescriptor;

/**
 * Reads a {@code service.json}. Reports all errors of the structure at once; the
 * validator checks whether the values make sense.
 */
public final class DescriptorReader {

	private static final String ANY_FILE = "service.json";

	private DescriptorReader() {
	}

	/**
	 * Reads as much of a file as can be understood, for a validator.
	 * @param json the content of the file
	 * @return the descriptor as far as understood, the findings, and the positions of all
	 * values
	 * @throws InvalidDescriptorException only if the text isn't JSON or its root isn't an
	 * object; contains a single finding
	 */
	public static ParseResult parse(String json) {
		return parse(ANY_FILE, json);
	}

	/**
	 * Reads a file.
	 * @param file the file, in UTF-8
	 * @return the service
	 * @throws InvalidDescriptorException if the structure has errors; contains all of
	 * them
	 * @throws UncheckedIOException if the file can't be read; the message contains its
	 * name
	 */
	public static ServiceDescriptor read(Path file) {
		return read(file.toString(), content(file));
	}

	/**
	 * Reads a text.
	 * @param json the content of the file
	 * @return the service
	 * @throws InvalidDescriptorException if the structure has errors; contains all of
	 * them
	 */
	public static ServiceDescriptor read(String json) {
		return read(ANY_FILE, json);
	}

	private static ServiceDescriptor read(String file, String json) {
		ParseResult reading = parse(file, json);
		List<Finding> errors = reading.findings()
			.stream()
			.filter((finding) -> finding.severity() == Severity.ERROR)
			.toList();
		if (!errors.isEmpty()) {
			throw new InvalidDescriptorException(file, errors);
		}
		return reading.descriptor();
	}

	private static ParseResult parse(String file, String json) {
		FindingCollector findings = new FindingCollector();
		JsonDocument document = JsonDocument.parse(file, json, findings);
		LocatedValue.Members root = DottedKeys.unfold(document.root());
		DuplicateKeys.find(root, findings);
		KeyCheck.check(root, findings);
		ServiceDescriptor descriptor = new ServiceReader(findings).read(root);
		return new ParseResult(descriptor, findings.all(), document.positions());
	}

	private static String content(Path file) {
		try {
			return Files.readString(file);
		}
		catch (CharacterCodingException ex) {
			throw new UncheckedIOException(file + " can't be read: it isn't UTF-8. Save it as UTF-8.", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " can't be read: " + reason(ex), ex);
		}
	}

	private static String reason(IOException ex) {
		return (ex instanceof NoSuchFileException) ? "there is no such file" : String.valueOf(ex);
	}

}
