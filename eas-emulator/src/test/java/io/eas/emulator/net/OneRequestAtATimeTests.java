package io.eas.emulator.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that a caller sends ahead.
 */
class OneRequestAtATimeTests {

	private final Network network = new Network();

	private final EmbeddedChannel channel = new EmbeddedChannel(this.network, new OneRequestAtATime());

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void requestWaitsWithItsBodyUntilTheOneBeforeIsAnswered() {
		send("/1", "one");
		send("/2", "two");
		send("/3", "three");
		assertThat(passed()).containsExactly("/1", "one");
		answer(HttpResponseStatus.OK);
		assertThat(passed()).containsExactly("/2", "two");
		answer(HttpResponseStatus.OK);
		assertThat(passed()).containsExactly("/3", "three");
	}

	@Test
	void bodyGoesOnAfterAnEarlyAnswer() {
		this.channel.writeInbound(request("/1"));
		answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
		this.channel.writeInbound(content("rest"), end());
		send("/2", "two");
		assertThat(passed()).containsExactly("/1", "rest", "/2", "two");
	}

	@Test
	void interimResponseReleasesNoRequest() {
		send("/1", "one");
		send("/2", "two");
		passed();
		answer(HttpResponseStatus.CONTINUE);
		assertThat(passed()).isEmpty();
		answer(HttpResponseStatus.OK);
		assertThat(passed()).containsExactly("/2", "two");
	}

	@Test
	void failedWriteReleasesNoRequest() {
		this.network.failing = true;
		send("/1", "one");
		send("/2", "two");
		passed();
		answer(HttpResponseStatus.OK);
		assertThat(passed()).isEmpty();
	}

	@Test
	void heldRequestsAreReleasedWithTheConnection() {
		HttpContent waiting = content("two");
		send("/1", "one");
		this.channel.writeInbound(request("/2"), waiting);
		assertThat(this.channel.close().isDone()).isTrue();
		assertThat(waiting.refCnt()).isZero();
	}

	@Test
	void readingStopsWhileManyRequestsAreHeld() {
		send("/1", "one");
		for (int i = 0; i < 40; i++) {
			send("/" + i, "ahead");
		}
		int reads = this.network.reads;
		this.channel.read();
		assertThat(this.network.reads).isEqualTo(reads);
		for (int i = 0; i < 40; i++) {
			answer(HttpResponseStatus.OK);
		}
		assertThat(this.network.reads).isGreaterThan(reads);
	}

	private void send(String uri, String body) {
		this.channel.writeInbound(request(uri), content(body), end());
	}

	private static HttpRequest request(String uri) {
		return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, uri);
	}

	private static HttpContent content(String text) {
		return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
	}

	private static HttpContent end() {
		return new DefaultLastHttpContent(Unpooled.buffer(0));
	}

	@SuppressWarnings("FutureReturnValueIgnored") // some tests have it fail
	private void answer(HttpResponseStatus status) {
		this.channel.writeOneOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
		this.channel.flushOutbound();
		this.channel.runPendingTasks();
	}

	/** Targets and contents, in the order in which they came through. */
	private List<String> passed() {
		List<String> passed = new ArrayList<>();
		Object next = this.channel.readInbound();
		while (next != null) {
			if (next instanceof HttpRequest request) {
				passed.add(request.uri());
			}
			else if (next instanceof HttpContent content && content.content().isReadable()) {
				ByteBuf bytes = content.content();
				passed.add(bytes.toString(StandardCharsets.US_ASCII));
			}
			ReferenceCountUtil.release(next);
			next = this.channel.readInbound();
		}
		return passed;
	}

	/** Counts what is read, and may fail what is written. */
	private static final class Network extends ChannelOutboundHandlerAdapter {

		private int reads;

		private boolean failing;

		@Override
		public void read(ChannelHandlerContext ctx) {
			this.reads++;
			ctx.read();
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // it is the promise
		public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
			if (this.failing) {
				ReferenceCountUtil.release(message);
				promise.setFailure(new IOException("gone"));
			}
			else {
				ctx.write(message, promise);
			}
		}

	}

}
