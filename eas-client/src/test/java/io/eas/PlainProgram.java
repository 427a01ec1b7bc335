package io.eas;

import io.eas.client.EasClients;

/**
 * A program without Spring, as the README shows it.
 */
final class PlainProgram {

	private PlainProgram() {
	}

	public static void main(String[] args) {
		try (EasClients eas = Eas.builder()
			.endpoint(args[0]) // such as 1234567890.vpc.cn-hangzhou.pai-eas.aliyuncs.com
			.token(args[1])
			.discovery((discovery) -> discovery.allowedNetworks("10.0.0.0/8", "127.0.0.0/8"))
			.service("mnist", (mnist) -> mnist.retry((retry) -> retry.maxAttempts(5)))
			.build()) {
			System.out.println(eas.get("mnist").predict("[1]", String.class).block());
		}
	}

}
