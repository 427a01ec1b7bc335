package io.eas.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * A GET as EAS sends it: without credentials, on a connection of its own, through no
 * proxy. Redirects are not followed.
 *
 * @param uri where to
 * @param timeout for the connection, and then for the answer
 */
public record ProbeRequest(URI uri, Duration timeout) {

	/**
	 * Sends it and waits. Nothing is left behind: no connection, no thread.
	 * @return the status of the answer
	 * @throws IOException if there is no answer in HTTP, or none in time
	 */
	public int status() throws IOException {
		HttpURLConnection connection = (HttpURLConnection) this.uri.toURL().openConnection(Proxy.NO_PROXY);
		try {
			connection.setInstanceFollowRedirects(false);
			connection.setUseCaches(false);
			connection.setConnectTimeout((int) this.timeout.toMillis());
			connection.setReadTimeout((int) this.timeout.toMillis());
			connection.setRequestProperty("Connection", "close");
			connection.setRequestProperty("User-Agent", "eas-server-guard");
			return known(connection.getResponseCode());
		}
		finally {
			connection.disconnect();
		}
	}

	private static int known(int status) throws IOException {
		if (status < 0) {
			throw new IOException("the answer is not HTTP");
		}
		return status;
	}

}
