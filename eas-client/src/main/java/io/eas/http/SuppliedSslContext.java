package io.eas.http;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;

/**
 * A client-side TLS context that requests the current context from a supplier whenever a
 * connection is opened, so that certificates can be replaced. If the supplier fails, the
 * previous context is used. Thread-safe.
 */
public final class SuppliedSslContext extends SslContext {

	private final Supplier<SslContext> supplier;

	private final FirstFailure failures = new FirstFailure(
			"The TLS context could not be renewed; connections use the previous one");

	private volatile SslContext last;

	/**
	 * Creates a context.
	 * @param supplier supplies the current context; called immediately, so that a failure
	 * is noticed, and then for each connection
	 */
	public SuppliedSslContext(Supplier<SslContext> supplier) {
		this.supplier = supplier;
		this.last = Objects.requireNonNull(supplier.get(), "the supplier of the TLS context returned null");
	}

	private SslContext current() {
		try {
			this.last = Objects.requireNonNull(this.supplier.get());
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
		return this.last;
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator) {
		return current().newEngine(allocator);
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
		return current().newEngine(allocator, host, port);
	}

	@Override
	public boolean isClient() {
		return true;
	}

	@Override
	public List<String> cipherSuites() {
		return this.last.cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation") // an abstract method of the class
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.last.applicationProtocolNegotiator();
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.last.sessionContext();
	}

}
