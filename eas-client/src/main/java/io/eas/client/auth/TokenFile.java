package io.eas.client.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eas.http.FirstFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A token in a file, such as a mounted secret. {@link #refresh} reads the file again and
 * replaces the token if it has changed. If the file can't be read or is empty, the
 * current token is kept. Calls read the token from memory. Thread-safe, except for
 * {@link #refresh}.
 */
public final class TokenFile implements TokenSource {

	private static final Log log = LogFactory.getLog(TokenFile.class);

	private final Path file;

	private volatile String token;

	private boolean readable = true;

	private final FirstFailure errors;

	private TokenFile(Path file, String token) {
		this.file = file;
		this.token = token;
		this.errors = new FirstFailure("The state of " + file + " could not be logged; the current token is used");
	}

	/**
	 * Reads a file for the first time. White space around the token is removed.
	 * @param file the file
	 * @return the token of the file
	 * @throws UncheckedIOException if the file can't be read
	 * @throws IllegalArgumentException if the content is not valid as a token
	 */
	public static TokenFile read(Path file) {
		try {
			return new TokenFile(file, content(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String content(Path file) throws IOException {
		return TokenSource.checked(Files.readString(file).strip());
	}

	@Override
	public String token() {
		return this.token;
	}

	/**
	 * Reads the file again, which blocks. To be called by one thread at a time. Never
	 * throws, since an exception would end the periodic refresh.
	 */
	public void refresh() {
		try {
			read();
		}
		catch (Throwable ex) {
			this.errors.tell(ex);
		}
	}

	private void read() {
		boolean before = this.readable;
		try {
			String content = content(this.file);
			boolean changed = !content.equals(this.token);
			this.token = content;
			this.readable = true;
			if (changed) {
				log.info("The token in " + this.file + " has changed");
			}
		}
		catch (IOException | RuntimeException | OutOfMemoryError ex) {
			this.readable = false;
			if (before) {
				log.warn("The token in " + this.file + " can't be read; keeping the previous one: " + ex);
			}
		}
	}

	@Override
	public String toString() {
		return "the token in " + this.file;
	}

}
