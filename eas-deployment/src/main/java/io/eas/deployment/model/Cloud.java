package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;

/**
 * The object {@code cloud}: what a service runs on. A component is {@code null} where the
 * file says nothing.
 *
 * @param computing the machines
 * @param networking the network
 * @param other all other keys
 */
public record Cloud(@Nullable Computing computing, @Nullable Networking networking, OtherKeys other) {

	/**
	 * The object {@code cloud.computing}.
	 *
	 * @param instanceType such as {@code ecs.c7a.large}
	 * @param other all other keys
	 */
	public record Computing(@Nullable String instanceType, OtherKeys other) {
	}

	/**
	 * The object {@code cloud.networking}.
	 *
	 * @param vpcId the VPC that callers reach the instances in
	 * @param vswitchId the subnet
	 * @param securityGroupId what may reach the instances
	 * @param other all other keys
	 */
	public record Networking(@Nullable String vpcId, @Nullable String vswitchId, @Nullable String securityGroupId,
			OtherKeys other) {
	}

}
