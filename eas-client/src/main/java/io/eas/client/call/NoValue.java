package io.eas.client.call;

import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import org.reactivestreams.Publisher;

import org.springframework.core.io.Resource;
import org.springframework.util.MultiValueMap;

/**
 * What holds, promises or leads to a value and is none itself. Jackson would write
 * something for it, such as {@code {}}, and the model answer that.
 */
final class NoValue {

	/** What to do instead, by what it is; the first that fits. */
	private static final List<Map.Entry<Class<?>, String>> REMEDIES = List.of(
			Map.entry(Publisher.class, "put the call into its flatMap"),
			Map.entry(CompletionStage.class, "put the call into its thenCompose"),
			Map.entry(Future.class, "wait for it first"),
			Map.entry(InputStream.class, "read it first, such as with readAllBytes()"),
			Map.entry(Reader.class, "read it into a String first"),
			Map.entry(Resource.class, "read it first, such as with getContentAsByteArray()"),
			Map.entry(Path.class, "read it first, such as with Files.readAllBytes(path)"),
			Map.entry(File.class, "read it first, such as with Files.readAllBytes(file.toPath())"),
			Map.entry(Iterator.class, "collect it into a list first"),
			Map.entry(BaseStream.class, "collect it into a list first"), Map.entry(MultiValueMap.class,
					"encode a form into a String with contentType(APPLICATION_FORM_URLENCODED); for JSON give a Map"));

	private NoValue() {
	}

	/**
	 * Checks a body.
	 * @throws IllegalArgumentException if it is no value, which says what to do instead
	 */
	static void refuse(Object body) {
		for (Map.Entry<Class<?>, String> remedy : REMEDIES) {
			if (remedy.getKey().isInstance(body)) {
				throw new IllegalArgumentException(
						"A body must be a value, not a " + body.getClass().getSimpleName() + "; " + remedy.getValue());
			}
		}
	}

}
