package io.eas.emulator.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import io.eas.emulator.net.PortPool;
import io.eas.emulator.net.WireRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import org.reactivestreams.Publisher;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The port that applications configure as the endpoint: both paths of the discovery API,
 * and the gateway. Thread-safe.
 */
public final class EntryPoint {

	private static final List<String> DISCOVERY = List.of("/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/",
			"/api/v1/servicediscovery/upstreams/");

	private static final String PREDICT = "/api/predict/";

	private final Map<String, ListedService> services = new LinkedHashMap<>();

	private final Gateway gateway;

	private final Scheduler scheduler;

	private final Listener listener;

	private final boolean allInterfaces;

	private final EmulatedDiscovery discovery;

	/**
	 * Creates an entry point, which listens after {@link #open()}.
	 * @param network the threads to use
	 * @param ports the port to listen on
	 * @param forwarder forwards requests of the gateway to instances
	 * @param services the services that discovery lists
	 * @param bodyLimit the largest body that the gateway accepts, in bytes
	 */
	public EntryPoint(Network network, PortPool ports, Forwarder forwarder, List<ListedService> services,
			long bodyLimit) {
		services.forEach((service) -> this.services.put(service.name(), service));
		this.gateway = new Gateway(forwarder, bodyLimit);
		this.scheduler = network.scheduler();
		this.listener = new Listener(network, ports, this::handle);
		this.allInterfaces = ports.onAllInterfaces();
		this.discovery = new EmulatedDiscovery(this.listener::open, this.listener::close);
	}

	/**
	 * Starts to listen. Blocks.
	 * @throws java.io.UncheckedIOException if the port is taken
	 */
	public void open() {
		this.listener.open();
	}

	/**
	 * Returns the port.
	 * @return a TCP port
	 * @throws IllegalStateException if the port was never open
	 */
	public int port() {
		return this.listener.port();
	}

	/**
	 * Returns the discovery API.
	 * @return the API, to count requests and set faults
	 */
	public EmulatedDiscovery discovery() {
		return this.discovery;
	}

	/**
	 * Returns the answer of discovery for a service, as a caller on this machine gets it
	 * without a fault of discovery.
	 * @param service the name of one of the services
	 * @return an object that Jackson serializes to that answer
	 */
	public Object upstreams(String service) {
		return Upstreams.of(Objects.requireNonNull(this.services.get(service)), Loopback.HOST);
	}

	/**
	 * Closes the port for good and releases it.
	 */
	public void release() {
		this.listener.release();
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		String path;
		try {
			path = new QueryStringDecoder(WireRequest.originForm(request.uri())).path();
		}
		catch (IllegalArgumentException ex) {
			return Gateway.refuse(response, 400, "the path can't be decoded: " + ex.getMessage());
		}
		for (String prefix : DISCOVERY) {
			if (path.startsWith(prefix)) {
				return this.discovery.handle(new DiscoveryExchange(path.substring(prefix.length()), announced(request),
						this::find, response, this.scheduler));
			}
		}
		if (!path.startsWith(PREDICT)) {
			return Gateway.refuse(response, 404, "neither a path of discovery nor of the gateway: " + path);
		}
		return predict(path.substring(PREDICT.length()), request, response);
	}

	private Publisher<Void> predict(String target, HttpServerRequest request, HttpServerResponse response) {
		Optional<ListedService> service = addressed(target);
		return service.isPresent() ? this.gateway.handle(service.get(), request, response)
				: Gateway.refuse(response, 404, "there is no service at /api/predict/" + target);
	}

	/**
	 * Returns the address that discovery lists for all instances: the address by which
	 * the caller has reached this port, because the caller then also reaches the
	 * instances' ports. An IP address in the header {@code Host} takes precedence,
	 * because addresses may be translated on the way, for example by Docker's published
	 * ports. If the header contains a host name or no address of one machine, the local
	 * address of the connection is listed, because discovery lists IP addresses only.
	 */
	private String announced(HttpServerRequest request) {
		// without the header, Reactor Netty takes localhost for the name of the host
		String header = request.requestHeaders().get(HttpHeaderNames.HOST, "");
		String host = header.isEmpty() ? null : request.hostName();
		if (!this.allInterfaces || "localhost".equalsIgnoreCase(host)) {
			return Loopback.HOST;
		}
		InetAddress named = (host != null) ? NetUtil.createInetAddressFromIpAddressString(host) : null;
		InetSocketAddress connected = Objects.requireNonNull(request.hostAddress());
		return NetUtil.toAddressString((named != null && isUnicast(named)) ? named : connected.getAddress());
	}

	private static boolean isUnicast(InetAddress address) {
		return !address.isAnyLocalAddress() && !address.isMulticastAddress()
				&& !address.getHostAddress().equals("255.255.255.255");
	}

	private Optional<ListedService> find(String name) {
		return Optional.ofNullable(this.services.get(name));
	}

	/**
	 * Finds the service that a request to the gateway addresses. Names may contain
	 * slashes: if two names match, the longer one is used.
	 */
	private Optional<ListedService> addressed(String target) {
		return this.services.values()
			.stream()
			.filter((service) -> (target + "/").startsWith(service.name() + "/"))
			.max(Comparator.comparingInt((service) -> service.name().length()));
	}

}
