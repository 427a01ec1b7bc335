package io.eas.deployment.writer;

import io.eas.deployment.model.ServiceDescriptor;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a {@code service.json} in the vendor's layout. Every timing of every check is
 * written, so that the checks don't depend on defaults. Keys that this library doesn't
 * model are written as they were read.
 */
public final class DescriptorWriter {

	private static final ObjectWriter JSON = JsonMapper.builder().build().writer().with(layout());

	private DescriptorWriter() {
	}

	/**
	 * Writes a service.
	 * @param descriptor the service, valid or not
	 * @return JSON on several lines, ending in a line break;
	 * {@link io.eas.deployment.reader.DescriptorReader#read(String)} returns an equal
	 * service
	 */
	public static String write(ServiceDescriptor descriptor) {
		return JSON.writeValueAsString(ServiceTree.of(descriptor)) + "\n";
	}

	private static DefaultPrettyPrinter layout() {
		DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
		return new DefaultPrettyPrinter(Separators.createDefaultInstance()
			.withObjectNameValueSpacing(Separators.Spacing.AFTER)
			.withObjectEmptySeparator("")
			.withArrayEmptySeparator("")).withObjectIndenter(indenter).withArrayIndenter(indenter);
	}

}
