package io.eas.deployment.generation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A request in which a test says what it is about.
 */
final class TestRequest {

	private final Path application;

	private String name;

	private String command;

	private Map<String, String> env = Map.of();

	private List<String> profiles = List.of();

	private Duration startTime = Duration.ofSeconds(60);

	TestRequest(Path application) {
		this.application = application;
	}

	TestRequest name(String name) {
		this.name = name;
		return this;
	}

	TestRequest command(String command) {
		this.command = command;
		return this;
	}

	TestRequest env(Map<String, String> env) {
		this.env = env;
		return this;
	}

	TestRequest profiles(List<String> profiles) {
		this.profiles = profiles;
		return this;
	}

	TestRequest startTime(Duration startTime) {
		this.startTime = startTime;
		return this;
	}

	GenerationRequest build() {
		return new GenerationRequest(this.application, "registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0",
				this.name, 2, "ecs.c7a.large", this.command, this.env, this.profiles, this.startTime);
	}

}
