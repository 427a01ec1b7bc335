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
 * Asks callers of a servlet application to let their connections go, once its drain is
 * ending. HTTP/2 forbids the header; there the server itself says it when it stops.
 *
 * @param drain says when
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
