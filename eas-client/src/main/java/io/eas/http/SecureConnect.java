package io.eas.http;

import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Makes the TLS handshake part of connecting: a connection is established only after its
 * handshake, one time limit covers both, and a failed handshake fails the connection.
 * Without this handler, Reactor Netty considers a connection established before its
 * handshake, allows the handshake ten seconds of its own, and logs two warnings with a
 * stack trace if the handshake fails. For one connection.
 */
public final class SecureConnect extends ChannelDuplexHandler {

	private static final FirstFailure FAILURES = new FirstFailure(
			"A listener of TLS handshakes failed; connections are still made");

	private final Duration limit;

	private final Consumer<@Nullable SSLException> listener;

	private @Nullable ChannelPromise established;

	private @Nullable Future<?> timeout;

	private boolean failed;

	private SecureConnect(Duration limit, Consumer<@Nullable SSLException> listener) {
		this.limit = limit;
		this.listener = listener;
	}

	/**
	 * Makes the handshakes of a client part of connecting. Connections without TLS are
	 * not affected.
	 * @param client the client
	 * @param limit the limit for connecting and the handshake together
	 * @param listener notified of each handshake: with the reason if one of the sides
	 * rejected it, or with null if it succeeded. Not notified of timeouts and connections
	 * that break
	 * @return the client to use
	 */
	public static HttpClient within(HttpClient client, Duration limit, Consumer<@Nullable SSLException> listener) {
		return client.doOnChannelInit((observer, channel, address) -> install(channel, limit, listener));
	}

	/**
	 * Returns the remedy for a connection that failed because of certificates.
	 * @param failure the failure
	 * @return the remedy in parentheses, to be added to a message; empty for other
	 * failures
	 */
	public static String hint(Throwable failure) {
		CertPathValidatorException invalid = Causes.find(failure, CertPathValidatorException.class);
		if (Causes.find(failure, CertPathBuilderException.class) != null
				|| (invalid != null && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
			return " (this client doesn't trust the authority of the certificate; name an SSL bundle that has it in "
					+ "http.ssl.bundle)";
		}
		SSLException refusal = Causes.find(failure, SSLException.class);
		boolean refused = refusal != null && String.valueOf(refusal.getMessage()).contains("fatal alert")
				&& String.valueOf(refusal.getMessage()).contains("certificate");
		return refused ? " (if the server asks for a client certificate, name an SSL bundle that has it in "
				+ "http.ssl.bundle)" : "";
	}

	private static void install(Channel channel, Duration limit, Consumer<@Nullable SSLException> listener) {
		if (channel.pipeline().get(SslHandler.class) != null
				&& channel.pipeline().get(NettyPipeline.ReactiveBridge) != null) {
			channel.pipeline()
				.addBefore(NettyPipeline.ReactiveBridge, "eas.secure-connect", new SecureConnect(limit, listener));
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the promise has a listener
	public void connect(ChannelHandlerContext context, SocketAddress remote, @Nullable SocketAddress local,
			ChannelPromise promise) {
		this.established = promise;
		this.timeout = context.executor()
			.schedule(
					() -> fail(context,
							new ConnectTimeoutException(
									"no TLS connection to " + remote + " within " + this.limit.toMillis() + " ms")),
					this.limit.toMillis(), TimeUnit.MILLISECONDS);
		context.pipeline().get(SslHandler.class).handshakeFuture().addListener((handshake) -> {
			if (handshake.isSuccess()) {
				succeed();
			}
			else {
				refused(context, handshake.cause());
			}
		});
		ChannelPromise connected = context.newPromise();
		connected.addListener((connection) -> {
			if (!connection.isSuccess()) {
				fail(context, connection.cause());
			}
		});
		context.connect(remote, local, connected);
	}

	private void succeed() {
		if (end()) {
			established().trySuccess();
			tell(null);
		}
	}

	private void refused(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof ClosedChannelException) {
			fail(context, new ConnectException("the connection was closed during the TLS handshake"));
		}
		else if (cause instanceof SslHandshakeTimeoutException) {
			fail(context, new ConnectTimeoutException(cause.getMessage()));
		}
		else if (fail(context, cause) && cause instanceof SSLException refusal) {
			tell(refusal);
		}
	}

	/**
	 * Notifies the listener. The connecting code has already been notified, so an
	 * exception of the listener has no effect on the connection.
	 */
	private void tell(@Nullable SSLException refusal) {
		try {
			this.listener.accept(refusal);
		}
		catch (Throwable ex) {
			FAILURES.tell(ex);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
	private boolean fail(ChannelHandlerContext context, Throwable cause) {
		if (!end()) {
			return false;
		}
		this.failed = true;
		established().tryFailure(cause);
		context.close();
		return true;
	}

	private ChannelPromise established() {
		ChannelPromise promise = this.established;
		if (promise == null) {
			throw new IllegalStateException("nobody has connected");
		}
		return promise;
	}

	/** Marks the handshake as ended. Only the first invocation returns true. */
	private boolean end() {
		Future<?> running = this.timeout;
		this.timeout = null;
		if (running != null) {
			running.cancel(false);
		}
		return running != null;
	}

	/**
	 * Fails the connection during its handshake. Passes later exceptions on, unless the
	 * connection has already failed, so that a failure is not reported twice.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.timeout != null) {
			fail(context, cause);
		}
		else if (!this.failed) {
			context.fireExceptionCaught(cause);
		}
	}

}
