package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;

/**
 * The object {@code cloud}: the machines and the network of a service. A component is
 * {@code null} if the file doesn't contain it.
 *
 * @param computing the machines
 * @param networking the network
 * @param other all other keys
 */
public record Cloud(@Nullable Computing computing, @Nullable Networking networking, OtherKeys other) {

	/**
	 * The object {@code cloud.computing}.
	 *
	 * @param instanceType the instance type, such as {@code ecs.c7a.large}
	 * @param other all other keys
	 */
	public record Computing(@Nullable String instanceType, OtherKeys other) {
	}

	/**
	 * The object {@code cloud.networking}.
	 *
	 * @param vpcId the VPC in which callers reach the instances
	 * @param vswitchId the subnet
	 * @param securityGroupId the security group, which decides who may reach the
	 * instances
	 * @param other all other keys
	 */
	public record Networking(@Nullable String vpcId, @Nullable String vswitchId, @Nullable String securityGroupId,
			OtherKeys other) {
	}

}
