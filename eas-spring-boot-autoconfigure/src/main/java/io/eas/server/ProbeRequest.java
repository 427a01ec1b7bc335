package io.eas.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * A GET request as EAS sends it: without credentials, on a new connection and without a
 * proxy. Redirects are not followed.
 *
 * @param uri the URI of the probe
 * @param timeout the timeout for connecting, and separately for each read of the response
 */
public record ProbeRequest(URI uri, Duration timeout) {

	/**
	 * Sends the request and blocks until the response. Leaves neither a connection nor a
	 * thread behind.
	 * @return the status code of the response
	 * @throws IOException if there is no HTTP response, or no response in time
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
