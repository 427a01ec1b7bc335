package io.eas.client.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eas.http.FirstFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A token in a file, such as a mounted secret, read again when {@link #refresh} finds it
 * changed. A file that can't be read, or is empty, leaves the token as it was. Calls read
 * memory only.
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
		this.errors = new FirstFailure("What became of the token in " + file + " could not be logged; it is used");
	}

	/**
	 * Reads a file for the first time. White space around the token is cut off.
	 * @param file the file
	 * @return its token
	 * @throws UncheckedIOException if it can't be read
	 * @throws IllegalArgumentException if it holds no token
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
	 * Reads the file again. Blocks for the time that takes; called by one thread. Never
	 * throws, or the file would not be read any more.
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
				log.warn("The token in " + this.file + " can't be read, going on with the one before: " + ex);
			}
		}
	}

	@Override
	public String toString() {
		return "the token in " + this.file;
	}

}
