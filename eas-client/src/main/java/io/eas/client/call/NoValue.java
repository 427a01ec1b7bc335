package io.eas.client.call;

import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.BaseStream;

import io.eas.client.EasResponse;
import org.reactivestreams.Publisher;

import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.util.MultiValueMap;

/**
 * Rejects bodies that are not values themselves but wrap, deliver or refer to one, such
 * as an {@code Optional}, a {@code Future} or a {@code File}. Jackson would write such an
 * object as {@code {}} or similar, and the model would process this input as if it were
 * correct. Stateless.
 */
public final class NoValue {

	/** The remedy for each type. The first type that matches is used. */
	private static final List<Map.Entry<Class<?>, String>> REMEDIES = List.of(
			Map.entry(Publisher.class, "put the call into its flatMap"),
			Map.entry(CompletionStage.class, "put the call into its thenCompose"),
			Map.entry(Future.class, "wait for it first"),
			Map.entry(InputStream.class, "read it first, such as with readAllBytes()"),
			Map.entry(Reader.class, "read it into a String first"),
			Map.entry(Resource.class, "read it first, such as with getContentAsByteArray()"),
			Map.entry(InputStreamSource.class, "read it first, such as with getInputStream().readAllBytes()"),
			Map.entry(Path.class, "read it first, such as with Files.readAllBytes(path)"),
			Map.entry(File.class, "read it first, such as with Files.readAllBytes(file.toPath())"),
			Map.entry(Iterator.class, "collect it into a list first"),
			Map.entry(BaseStream.class, "collect it into a list first"),
			Map.entry(MultiValueMap.class,
					"encode a form into a String with contentType(APPLICATION_FORM_URLENCODED); for JSON give a Map"),
			Map.entry(HttpEntity.class, "pass its getBody(), and its headers with header(name, values)"),
			Map.entry(EasResponse.class, "pass its body()"), Map.entry(Supplier.class, "pass what its get() returns"),
			Map.entry(Callable.class, "pass what its call() returns"),
			Map.entry(Optional.class, "pass what it holds, such as with orElseThrow()"),
			Map.entry(OptionalInt.class, "pass what it holds, such as with orElseThrow()"),
			Map.entry(OptionalLong.class, "pass what it holds, such as with orElseThrow()"),
			Map.entry(OptionalDouble.class, "pass what it holds, such as with orElseThrow()"));

	private NoValue() {
	}

	/**
	 * Rejects a body that is not a value.
	 * @param body the body that a call sets
	 * @throws IllegalArgumentException if the body is not a value; the message names a
	 * remedy
	 */
	public static void refuse(Object body) {
		for (Map.Entry<Class<?>, String> remedy : REMEDIES) {
			if (remedy.getKey().isInstance(body)) {
				throw refusal(body, remedy.getValue());
			}
		}
		if (body.getClass() == Object.class) {
			throw refusal(body, "it holds nothing; for an empty JSON object pass Map.of()");
		}
		if (body.getClass().isSynthetic()) {
			throw refusal(body, "pass what the lambda returns");
		}
	}

	private static IllegalArgumentException refusal(Object body, String remedy) {
		boolean named = !body.getClass().isAnonymousClass();
		String type = named ? body.getClass().getSimpleName() : body.getClass().getName();
		String article = ("AEIOU".indexOf(type.charAt(0)) >= 0) ? "an " : "a ";
		return new IllegalArgumentException("A body must be a value, not " + article + type + "; " + remedy);
	}

}
