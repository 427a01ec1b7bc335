package io.eas.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a name server says of the endpoint's host, and whether it is worth while to wait.
 */
class UnknownHostTests {

	private static final String ENDPOINT = "http://1.vpc.cn-nowhere.pai-eas.test";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final List<Channel> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void nonexistentHostIsNotFound() {
		assertFailure(nameServer(DnsResponseCode.NXDOMAIN), true,
				": there is no such host; is the endpoint (or uid and region-id) right, "
						+ "and is this machine in the VPC?");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4, 5 })
	void nameServerFailureDoesNotMeanThatTheHostIsNotFound(int code) {
		assertFailure(nameServer(DnsResponseCode.valueOf(code)), false, ": java.net.UnknownHostException: ");
	}

	@Test
	void silentNameServerDoesNotMeanThatTheHostIsNotFound() {
		assertFailure(nameServer(null), false, ": java.net.UnknownHostException: ");
	}

	@Test
	void missingNameServerDoesNotMeanThatTheHostIsNotFound() {
		InetSocketAddress gone = nameServer(null);
		this.servers.forEach((server) -> server.close().syncUninterruptibly());
		assertFailure(gone, false, ": java.net.UnknownHostException: ");
	}

	private void assertFailure(InetSocketAddress nameServer, boolean notFound, String said) {
		StepVerifier.create(discovery(nameServer).discover())
			.expectErrorSatisfies((failure) -> assertThat(failure)
				.isInstanceOfSatisfying(DiscoveryException.class,
						(known) -> assertThat(known.isNotFound()).isEqualTo(notFound))
				.hasMessageContaining(ENDPOINT)
				.hasMessageContaining(said))
			.verify(PATIENCE);
	}

	private HttpInstanceDiscovery discovery(InetSocketAddress nameServer) {
		HttpClient client = HttpClient.newConnection()
			.runOn(this.loops)
			.resolver((names) -> names.queryTimeout(Duration.ofMillis(200))
				.dnsAddressResolverGroupProvider((builder) -> new DnsAddressResolverGroup(
						builder.nameServerProvider(new SingletonDnsServerAddressStreamProvider(nameServer)))))
			.baseUrl(ENDPOINT);
		return new HttpInstanceDiscovery(client, ENDPOINT, List.of("/upstreams/mnist"), PATIENCE,
				(int) DataSize.ofMegabytes(1).toBytes(), AllowedNetworks.of(List.of()), Schedulers.parallel());
	}

	/** One that answers each query with this code, or none. */
	private InetSocketAddress nameServer(@Nullable DnsResponseCode code) {
		Channel server = new Bootstrap().group(this.loops)
			.channel(NioDatagramChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Answers(code));
				}

			})
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
		this.servers.add(server);
		return (InetSocketAddress) server.localAddress();
	}

	private static final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {

		private final @Nullable DnsResponseCode code;

		Answers(@Nullable DnsResponseCode code) {
			this.code = code;
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // who asked waits for no longer
														// than it says
		protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
			if (this.code != null) {
				DatagramDnsResponse answer = new DatagramDnsResponse(/* sender= */ query.recipient(),
						/* recipient= */ query.sender(), query.id(), query.opCode(), this.code);
				answer.addRecord(DnsSection.QUESTION, ReferenceCountUtil.retain(query.recordAt(DnsSection.QUESTION)));
				context.writeAndFlush(answer);
			}
		}

	}

}
