package io.eas.client;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import io.eas.discovery.Destinations;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceDiscovery;
import io.eas.discovery.PolledInstances;
import io.eas.discovery.PollSchedule;
import io.eas.loadbalancer.InstancePicks;
import io.eas.probe.ProvenInstances;
import io.eas.snapshot.ListSnapshot;
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
 * @param destinations where calls go: to these instances, or through the gateway
 * @param proven puts into the cache what has passed its checks, or null where nothing is
 * checked
 * @param startup what a start waits for
 * @param picks the picks over the list
 * @param hashHeader the header whose value is the hash key of calls, or null
 * @param http how to use the network
 * @param network puts the client on the application's event loops
 * @param channels all open connections of the service, those to discovery included
 * @param rules what is tried again
 * @param retry the Resilience4j retry that follows the rules
 * @param budget how many retries there may be for all calls together
 * @param codecs bodies to bytes and back
 * @param scheme how the token is shown
 * @param token the token, or null with {@link AuthScheme#NONE}
 * @param clock tells the time
 * @param nanoTime tells how time passes, for the budget
 * @param threads run polls and timeouts
 * @param listeners hear what the service does
 */
public record ServiceParts(String name, String path, @Nullable Discovery discovery, InstanceCache cache,
		Destinations destinations, @Nullable ProvenInstances proven, Startup startup, InstancePicks picks,
		@Nullable String hashHeader, HttpSettings http, UnaryOperator<HttpClient> network, EasChannels channels,
		RetryRules rules, Retry retry, RetryBudget budget, BodyCodecs codecs, AuthScheme scheme,
		@Nullable TokenSource token, Clock clock, LongSupplier nanoTime, EasThreads threads,
		ServiceListeners listeners) {

	/** Has something done with the probes, if there are any. */
	void probing(Consumer<ProvenInstances> action) {
		if (this.proven != null) {
			action.accept(this.proven);
		}
	}

	/** What is told of polls. */
	PolledInstances polled() {
		return (this.proven != null) ? this.proven : this.cache;
	}

	/**
	 * Where the list comes from, and how often.
	 *
	 * @param instances asks
	 * @param schedule when to ask
	 * @param snapshot what an earlier run knew
	 */
	public record Discovery(InstanceDiscovery instances, PollSchedule schedule, ListSnapshot snapshot) {
	}

}
