package io.eas.metrics;

/**
 * The properties of a service that decide which meters and key values it has.
 *
 * @param discovery whether the list of instances is polled
 * @param probed whether the client sends health checks to the instances
 * @param instanceAddress whether traces should contain the address of the instance
 */
public record ObservedService(boolean discovery, boolean probed, boolean instanceAddress) {

}
