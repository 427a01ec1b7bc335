package io.eas.server;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;

/**
 * Servlet filter that adds the header {@code Connection: close} to responses once the
 * drain is ending, so that callers close their connections. HTTP/2 forbids this header;
 * an HTTP/2 server itself tells callers when it stops.
 *
 * @param drain the drain of the application
 */
public record ClosingServletFilter(Drain drain) implements Filter, Ordered {

	private static final String HTTP_1 = "HTTP/1.";

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (this.drain.isEnding() && request.getProtocol().startsWith(HTTP_1)
				&& response instanceof HttpServletResponse http) {
			http.setHeader(HttpHeaders.CONNECTION, "close");
		}
		chain.doFilter(request, response);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
