package io.eas.deployment.reader;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@code service.json} that the vendor documents or writes itself: their
 * places and the allowed values. Values of the type {@code read} belong to the model; the
 * readers check them.
 */
final class KnownKeys {

	/*
	 * One line per key: the path, with [] for any element and CHECK for each of the three
	 * checks; the type of the value; the range and the unit of a number. The content of a
	 * value of type "any" is not checked.
	 */
	private static final String TABLE = """
			name                                         read
			metadata                                     read
			cloud                                        read
			containers                                   read
			storage                                      array
			networking                                   object
			autoscaler                                   object
			labels                                       object
			features                                     object
			options                                      object
			token                                        any
			generate_token                               any
			dockerAuth                                   any
			processor                                    text
			processor_path                               text
			processor_entry                              text
			processor_mainclass                          text
			processor_type                               text
			processor_params                             any
			processor_envs                               array
			model_path                                   text
			model_entry                                  text
			model_config                                 any
			oss_endpoint                                 text
			warm_up_data_path                            text
			data_image                                   text
			source                                       any
			runtime                                      any
			unit                                         any
			aimaster                                     any
			sinker                                       any
			confidential                                 any
			llm_gateway                                  any
			processor_envs[].name                        any
			processor_envs[].value                       any
			metadata.name                                read
			metadata.instance                            read
			metadata.group                               read
			metadata.enable_webservice                   read
			metadata.rpc                                 read
			metadata.rolling_strategy                    read
			metadata.rolling_strategy.max_surge          read
			metadata.rolling_strategy.max_unavailable    read
			metadata.eas                                 read
			metadata.eas.termination_grace_period        read
			metadata.eas.enabled_model_verification      any
			metadata.eas.scheduling                      any
			metadata.cpu                                 number 0.. cores
			metadata.memory                              whole 0.. MB
			metadata.gpu                                 whole 0..
			metadata.gpu_memory                          whole 0.. GB
			metadata.gpu_core_percentage                 whole 0..100 percent
			metadata.rdma                                whole 0..
			metadata.shm_size                            number 0.. GB
			metadata.disk                                any
			metadata.cuda                                any
			metadata.qos                                 text
			metadata.workload_type                       text
			metadata.type                                text
			metadata.resource                            text
			metadata.resource_burstable                  truth
			metadata.resource_rebalancing                truth
			metadata.enable_grpc                         truth
			metadata.workspace_id                        any
			metadata.region                              any
			metadata.release                             any
			metadata.accessibility                       any
			metadata.scheduling                          any
			cloud.computing                              read
			cloud.computing.instance_type                read
			cloud.computing.instances                    any
			cloud.computing.use_spot_instance            any
			cloud.computing.disable_spot_protection_period any
			cloud.networking                             read
			cloud.networking.vpc_id                      read
			cloud.networking.vswitch_id                  read
			cloud.networking.security_group_id           read
			cloud.networking.destination_cidrs           any
			cloud.logging                                any
			cloud.monitoring                             any
			cloud.tracing                                any
			networking.gateway                           any
			networking.gateway_policy                    any
			networking.path                              any
			networking.disable_internet_endpoint         any
			networking.nlb                               any
			networking.alb                               any
			networking.nacos                             any
			autoscaler.min                               whole 0..
			autoscaler.max                               whole 1..
			autoscaler.strategies                        any
			autoscaler.scaleStrategies                   any
			autoscaler.metrics                           any
			autoscaler.behavior                          any
			containers[].name                            any
			containers[].image                           read
			containers[].command                         read
			containers[].script                          text
			containers[].args                            any
			containers[].port                            read
			containers[].env                             read
			containers[].env[].name                      read
			containers[].env[].value                     read
			containers[].prepare                         object
			containers[].prepare.pythonRequirements      array
			containers[].prepare.pythonRequirementsPath  text
			containers[].CHECK                           read
			containers[].CHECK.http_get                  read
			containers[].CHECK.http_get.path             read
			containers[].CHECK.http_get.port             read
			containers[].CHECK.tcp_socket                read
			containers[].CHECK.tcp_socket.port           read
			containers[].CHECK.exec                      read
			containers[].CHECK.exec.command              read
			containers[].CHECK.initial_delay_seconds     read
			containers[].CHECK.period_seconds            read
			containers[].CHECK.timeout_seconds           read
			containers[].CHECK.success_threshold         read
			containers[].CHECK.failure_threshold         read
			storage[].mount_path                         text
			storage[].oss                                object
			storage[].oss.path                           text
			storage[].oss.endpoint                       text
			storage[].oss.readOnly                       truth
			storage[].nfs                                object
			storage[].nfs.path                           text
			storage[].nfs.server                         text
			storage[].nfs.readOnly                       truth
			storage[].git                                object
			storage[].git.repo                           text
			storage[].git.branch                         any
			storage[].git.commit                         any
			storage[].git.revision                       any
			storage[].image                              object
			storage[].image.image                        text
			storage[].image.path                         text
			storage[].empty_dir                          object
			storage[].empty_dir.medium                   any
			storage[].empty_dir.size_limit               any
			storage[].dataset                            any
			storage[].cpfs                               any
			storage[].properties                         any
			""";

	/** Common words, which undocumented objects may also have as keys. */
	private static final Set<String> COMMON = Set.of("name", "type", "path", "value", "options", "source", "resource",
			"region", "labels", "features", "scheduling", "unit", "runtime", "release");

	private static final Map<String, KnownKey> KEYS = read();

	private KnownKeys() {
	}

	/**
	 * Returns a key.
	 * @param path the path, with [] for an element
	 * @return the key; {@code null} if it isn't known at that path
	 */
	static @Nullable KnownKey find(String path) {
		return KEYS.get(path);
	}

	/**
	 * Returns the keys that an object may have.
	 * @param parent the object's path
	 * @return the names; empty for an object that is unknown or may have any keys
	 */
	static Set<String> of(String parent) {
		Set<String> names = new LinkedHashSet<>();
		KEYS.values().stream().filter((key) -> key.parent().equals(parent)).forEach((key) -> names.add(key.name()));
		return names;
	}

	/**
	 * Returns the keys of all objects.
	 * @return the names
	 */
	static Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		KEYS.values().forEach((key) -> names.add(key.name()));
		return names;
	}

	/**
	 * Returns where a misplaced key belongs.
	 * @param name the key
	 * @param place the path of the object that contains the key
	 * @return the paths of the objects that may have the key: those within the given
	 * place or, if there are none, the outermost objects. Empty if no object may have the
	 * key, or if there is none within the given place and the key is a common word
	 */
	static List<String> homes(String name, String place) {
		List<KnownKey> all = KEYS.values().stream().filter((key) -> key.name().equals(name)).toList();
		List<String> within = all.stream()
			.map(KnownKey::parent)
			.filter((parent) -> !place.isEmpty() && parent.startsWith(place + '.'))
			.toList();
		if (!within.isEmpty() || COMMON.contains(name)) {
			return within;
		}
		int outermost = all.stream().mapToInt(KnownKey::depth).min().orElse(0);
		return all.stream().filter((key) -> key.depth() == outermost).map(KnownKey::parent).toList();
	}

	private static Map<String, KnownKey> read() {
		Map<String, KnownKey> keys = new LinkedHashMap<>();
		Stream<String> rpc = RpcReader.KEYS.stream().sorted().map((key) -> "metadata.rpc." + key + " read");
		Stream.concat(TABLE.lines(), rpc)
			.flatMap(KnownKeys::forEachCheck)
			.map(KnownKey::of)
			.forEach((key) -> keys.put(key.path(), key));
		return keys;
	}

	private static Stream<String> forEachCheck(String line) {
		return !line.contains("CHECK") ? Stream.of(line)
				: Arrays.stream(CheckKind.values()).map((kind) -> line.replace("CHECK", kind.key()));
	}

	/**
	 * A known key.
	 *
	 * @param path the path, with [] for an element
	 * @param type the type of the value
	 * @param least the smallest allowed number
	 * @param most the largest allowed number
	 * @param unit the unit of the number; empty for a plain count
	 */
	record KnownKey(String path, ValueType type, long least, long most, String unit) {

		private static KnownKey of(String line) {
			String[] words = line.strip().split("\\s+");
			String[] range = ((words.length > 2) ? words[2] : "..").split("\\.\\.", -1);
			return new KnownKey(words[0], ValueType.valueOf(words[1].toUpperCase(Locale.ROOT)),
					range[0].isEmpty() ? Long.MIN_VALUE : Long.parseLong(range[0]),
					range[1].isEmpty() ? Long.MAX_VALUE : Long.parseLong(range[1]), (words.length > 3) ? words[3] : "");
		}

		String name() {
			return this.path.substring(this.path.lastIndexOf('.') + 1);
		}

		String parent() {
			return this.path.substring(0, Math.max(0, this.path.lastIndexOf('.')));
		}

		private int depth() {
			return this.path.split("\\.").length;
		}

	}

}
