package io.eas.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.eas.properties.EasServicesBinder;
import io.eas.properties.ServiceOverrides;
import io.eas.service.EasService;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.github.resilience4j.retry.RetryRegistry;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.codec.ClientCodecConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which host a service's discovery API is on. No name is really looked up here.
 */
class EndpointTests {

	@ParameterizedTest
	@CsvSource(
			textBlock = """
					eas.uid=123;eas.region-id=cn-hangzhou,                             123.vpc.cn-hangzhou.pai-eas.aliyuncs.com:80
					eas.uid=123;eas.services.mnist.region-id=cn-beijing,               123.vpc.cn-beijing.pai-eas.aliyuncs.com:80
					eas.uid=123;eas.region-id=cn-hangzhou;eas.endpoint=eas.test,       eas.test:80
					eas.endpoint=eas.test;eas.services.mnist.endpoint=mnist.test:8080, mnist.test:8080
					eas.endpoint=http://eas.test/,                                     eas.test:80
					eas.endpoint=https://eas.test,                                     eas.test:443
					""")
	void endpointIsConfiguredOrDerivedFromAccountAndRegion(String properties, String asked) {
		Names names = new Names();
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties(properties)));
		try (EasThreads threads = new EasThreads();
				names;
				EasService service = new EasServiceFactory(ClientCodecConfigurer::create, RetryRegistry.ofDefaults(),
						(client) -> client.resolver(names), threads, (alias) -> ServiceListeners.NONE,
						Clock.systemUTC())
					.create("mnist",
							new EasServicesBinder(environment).bind("mnist").settings(ServiceOverrides.NONE))) {
			service.start();
			await().until(() -> names.asked.peek(), asked::equals);
			await().until(() -> service.cache().state().failures() > 0);
			assertThat(service.cache().state().lastFailure()).startsWith("discovery at http")
				.contains("://" + asked.replaceFirst(":(80|443)$", "") + "/")
				.contains("/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/mnist: ");
		}
	}

	private static Map<String, Object> properties(String text) {
		Map<String, Object> properties = new HashMap<>();
		for (String property : text.split(";")) {
			properties.put(property.split("=")[0], property.split("=")[1]);
		}
		return properties;
	}

	/** Remembers the names it is asked for, and knows none. */
	private static final class Names extends AddressResolverGroup<InetSocketAddress> {

		private final Queue<String> asked = new ConcurrentLinkedQueue<>();

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {

				@Override
				protected boolean doIsResolved(InetSocketAddress address) {
					return !address.isUnresolved();
				}

				@Override
				protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
					Names.this.asked.add(address.getHostString() + ":" + address.getPort());
					promise.setFailure(new UnknownHostException(address.getHostString()));
				}

				@Override
				protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
					Names.this.asked.add(address.getHostString() + ":" + address.getPort());
					promise.setFailure(new UnknownHostException(address.getHostString()));
				}

				@Override
				public boolean isSupported(SocketAddress address) {
					return address instanceof InetSocketAddress;
				}

			};
		}

	}

}
