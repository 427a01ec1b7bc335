package io.eas.loadbalancer.prefix;

/**
 * The load that an inference engine reports, from the requests of all clients.
 *
 * @param waiting the number of requests whose prefill hasn't started
 * @param running the number of requests in prefill and decode; negative if the engine
 * doesn't report it
 * @param computedTokens the number of prompt tokens of all requests whose prefill has
 * started, without those found in the prefix cache; only the difference between two
 * reports counts; negative if the engine doesn't report it
 */
public record EngineLoad(int waiting, int running, long computedTokens) {
}
