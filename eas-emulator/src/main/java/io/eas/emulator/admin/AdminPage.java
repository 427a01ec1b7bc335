package io.eas.emulator.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.eas.emulator.net.WireResponse;

/**
 * A file of the admin interface's web page, read from the class path. The page shows the
 * updates of {@link AdminFeed} and calls the routes of the admin API.
 *
 * @param name the file's name, such as {@code main.js}
 */
record AdminPage(String name) {

	private static final List<String> NAMES = List.of("index.html", "page.css", "icon.svg", "main.js", "model.js",
			"condition.js", "dom.js", "service.js", "instance.js", "strip.js", "discovery.js", "actions.js");

	private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css",
			"text/css; charset=utf-8", "svg", "image/svg+xml", "js", "text/javascript; charset=utf-8");

	/**
	 * Allows the page to load from this server and to connect to it, but to no other
	 * server.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	static List<AdminPage> all() {
		return NAMES.stream().map(AdminPage::new).toList();
	}

	String path() {
		return this.name.equals("index.html") ? "/" : "/page/" + this.name;
	}

	/** Reads the file, which blocks for a moment. */
	WireResponse response() {
		String type = Objects.requireNonNull(TYPES.get(this.name.substring(this.name.lastIndexOf('.') + 1)));
		try (InputStream in = AdminPage.class.getResourceAsStream("page/" + this.name)) {
			if (in == null) {
				throw new IllegalStateException("the file " + this.name + " of the page is missing");
			}
			return new WireResponse(
					200, Map.of("Content-Type", type, "Content-Security-Policy", POLICY, "X-Content-Type-Options",
							"nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "no-cache"),
					in.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the file " + this.name + " of the page can't be read", ex);
		}
	}

}
