package io.eas.benchmarks.picks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.eas.benchmarks.clients.EasCaller;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;

/**
 * Measures {@code choose()}, with which {@code WebClient} gets an instance. Weights are
 * from 1 to 1000.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the method that initializes them
public class ChooseBenchmark {

	/** The number of instances. */
	@Param({ "3", "100", "10000" })
	public int instances;

	private final Taker<Response<ServiceInstance>> taker = new Taker<>();

	private EasCaller application;

	private ReactorLoadBalancer<ServiceInstance> ours;

	private ReactorLoadBalancer<ServiceInstance> roundRobin;

	private ReactorLoadBalancer<ServiceInstance> weighted;

	/**
	 * Starts an application and creates the load balancers to compare.
	 */
	@Setup
	public void prepare() {
		Weights weights = Weights.drawn(this.instances, 1);
		List<String> addresses = IntStream.range(0, this.instances)
			.mapToObj((index) -> OurPicks.HOST + ":" + Weights.port(index) + ";" + weights.of(index))
			.toList();
		this.application = EasCaller.of(addresses);
		this.ours = this.application.loadBalancer();
		this.roundRobin = SpringPicks.roundRobin(weights);
		this.weighted = SpringPicks.weighted(weights);
	}

	/**
	 * Ends the application.
	 */
	@TearDown
	public void end() {
		this.application.close();
	}

	/**
	 * Measures the service's load balancer.
	 * @return the response
	 */
	@Benchmark
	public Object ours() {
		return this.taker.take(this.ours.choose(ReactiveLoadBalancer.REQUEST));
	}

	/**
	 * Measures Spring's round robin, which ignores weights.
	 * @return the response
	 */
	@Benchmark
	public Object springRoundRobin() {
		return this.taker.take(this.roundRobin.choose(ReactiveLoadBalancer.REQUEST));
	}

	/**
	 * Measures Spring's round robin over its weighted list.
	 * @return the response
	 */
	@Benchmark
	public Object springWeighted() {
		return this.taker.take(this.weighted.choose(ReactiveLoadBalancer.REQUEST));
	}

}
