package io.eas.client;

import java.time.Clock;
import java.util.function.UnaryOperator;

import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceDiscovery;
import io.eas.discovery.PolledInstances;
import io.eas.discovery.PollSchedule;
import io.eas.loadbalancer.InstancePicks;
import io.eas.probe.ProvenInstances;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * What an {@link EasService} is made of.
 *
 * @param name the alias
 * @param path the prefix of every call, with a leading and without a trailing slash
 * @param discovery where the list comes from
 * @param cache the list of instances, already filled where there is no discovery
 * @param proven puts into the cache what has passed its checks, or null where nothing is
 * checked
 * @param startup what a start waits for
 * @param picks the picks over the list
 * @param http how to use the network
 * @param network puts the client on the application's event loops
 * @param channels all open connections of the service, those to discovery included
 * @param rules what is tried again
 * @param retry the Resilience4j retry that follows the rules
 * @param codecs bodies to bytes and back
 * @param scheme how the token is shown
 * @param token the token, or null with {@link AuthScheme#NONE}
 * @param clock tells the time
 * @param threads run polls and timeouts
 */
public record ServiceParts(String name, String path, @Nullable Discovery discovery, InstanceCache cache,
		@Nullable ProvenInstances proven, Startup startup, InstancePicks picks, HttpSettings http,
		UnaryOperator<HttpClient> network, EasChannels channels, RetryRules rules, Retry retry, BodyCodecs codecs,
		AuthScheme scheme, @Nullable TokenSource token, Clock clock, EasThreads threads) {

	/** What is told of polls. */
	PolledInstances polled() {
		return (this.proven != null) ? this.proven : this.cache;
	}

	/**
	 * Where the list comes from, and how often.
	 *
	 * @param instances asks
	 * @param schedule when to ask
	 */
	public record Discovery(InstanceDiscovery instances, PollSchedule schedule) {
	}

}
