package io.eas.metrics;

/**
 * The observable parts of a service, and the settings that select among them.
 *
 * @param discovery whether the list of instances is polled
 * @param probed whether the client sends health checks to the instances
 * @param instanceAddress whether traces should contain the address of the instance
 */
public record ObservedService(boolean discovery, boolean probed, boolean instanceAddress) {

}
