package io.eas.loadbalancer.prefix;

/**
 * What an inference engine reports of its load, whoever sent it the requests.
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
