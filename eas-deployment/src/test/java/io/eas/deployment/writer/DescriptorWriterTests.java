package io.eas.deployment.writer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Cloud;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.RollingStrategy;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.model.Timings;
import io.eas.deployment.reader.DescriptorReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a {@code service.json} is written.
 */
class DescriptorWriterTests {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	@Test
	void layoutIsThatOfTheVendor() {
		ServiceDescriptor service = DescriptorReader
			.read("{\"x\": [1.50, {}], \"metadata\": {\"name\": \"a\", \"eas\": {\"termination_grace_period\": 9}},"
					+ " \"containers\": [{\"health_check\": {\"tcp_socket\": {\"port\": 8000}}}]}");
		assertThat(DescriptorWriter.write(service)).isEqualTo("""
				{
				    "metadata": {
				        "name": "a",
				        "eas.termination_grace_period": 9
				    },
				    "containers": [
				        {
				            "health_check": {
				                "tcp_socket": {
				                    "port": 8000
				                },
				                "initial_delay_seconds": 0,
				                "period_seconds": 10,
				                "timeout_seconds": 1,
				                "success_threshold": 1,
				                "failure_threshold": 3
				            }
				        }
				    ],
				    "x": [
				        1.50,
				        {}
				    ]
				}
				""");
	}

	@Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
	void writtenDescriptorIsReadBackUnchanged(@ForAll("services") ServiceDescriptor service) {
		String json = DescriptorWriter.write(service);
		ServiceDescriptor read = DescriptorReader.read(json);
		assertThat(read).isEqualTo(service);
		assertThat(DescriptorWriter.write(read)).isEqualTo(json);
	}

	@Provide
	Arbitrary<ServiceDescriptor> services() {
		return Combinators.combine(metadata(), cloud().injectNull(0.2), containers().list().ofMaxSize(2), others())
			.as(ServiceDescriptor::new);
	}

	private static Arbitrary<Metadata> metadata() {
		return Combinators
			.combine(texts(), numbers(), truths(), texts(), rpc().injectNull(0.3), strategies().injectNull(0.3),
					numbers(), others())
			.as(Metadata::new);
	}

	private static Arbitrary<Rpc> rpc() {
		return Combinators.combine(numbers().list().ofSize(7), truths(), truths(), texts(), others())
			.as((n, batching, sigterm, decompressor, others) -> new Rpc(n.get(0), n.get(1), n.get(2), n.get(3),
					n.get(4), batching, n.get(5), n.get(6), sigterm, decompressor, others));
	}

	private static Arbitrary<RollingStrategy> strategies() {
		Arbitrary<JsonNode> value = Arbitraries.of(NODES.numberNode(1), NODES.stringNode("25%"),
				NODES.numberNode(new BigDecimal("0.10")));
		return Combinators.combine(value.injectNull(0.3), value.injectNull(0.3), others()).as(RollingStrategy::new);
	}

	private static Arbitrary<Cloud> cloud() {
		Arbitrary<Cloud.Computing> computing = Combinators.combine(texts(), others()).as(Cloud.Computing::new);
		Arbitrary<Cloud.Networking> networking = Combinators.combine(texts(), texts(), texts(), others())
			.as(Cloud.Networking::new);
		return Combinators.combine(computing.injectNull(0.3), networking.injectNull(0.3), others()).as(Cloud::new);
	}

	private static Arbitrary<Container> containers() {
		Arbitrary<Container.EnvironmentVariable> variable = Combinators
			.combine(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), Arbitraries.strings().ofMaxLength(8),
					others())
			.as(Container.EnvironmentVariable::new);
		return Combinators
			.combine(texts(), variable.list().ofMaxSize(3), texts(), numbers(),
					Arbitraries.maps(Arbitraries.of(CheckKind.class), checks()), others())
			.as(Container::new);
	}

	private static Arbitrary<HealthCheck> checks() {
		Arbitrary<Integer> number = Arbitraries.integers();
		Arbitrary<Timings> timings = Combinators.combine(number, number, number, number, number).as(Timings::new);
		return Combinators.combine(methods(), timings, others()).as(HealthCheck::new);
	}

	private static Arbitrary<CheckMethod> methods() {
		Arbitrary<CheckMethod> get = Combinators
			.combine(Arbitraries.strings().ofMaxLength(8), Arbitraries.integers(), others())
			.as(CheckMethod.HttpGet::new);
		Arbitrary<CheckMethod> tcp = Combinators.combine(Arbitraries.integers(), others())
			.as(CheckMethod.TcpSocket::new);
		Arbitrary<CheckMethod> exec = Combinators
			.combine(Arbitraries.strings().ofMaxLength(8).list().ofMinSize(1).ofMaxSize(4), others())
			.as(CheckMethod.Exec::new);
		return Arbitraries.oneOf(get, tcp, exec);
	}

	private static Arbitrary<OtherKeys> others() {
		Arbitrary<String> keys = Arbitraries.strings().ofMaxLength(5).map((key) -> "…" + key);
		return Arbitraries.maps(keys, nodes(2)).ofMaxSize(2).map((map) -> new OtherKeys(new LinkedHashMap<>(map)));
	}

	private static Arbitrary<JsonNode> nodes(int depth) {
		Arbitrary<JsonNode> leaf = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(8).map(NODES::stringNode),
				Arbitraries.integers().map((i) -> NODES.numberNode(i.intValue())), odd().map(NODES::numberNode),
				Arbitraries.of(true, false).map(NODES::booleanNode), Arbitraries.just(NODES.nullNode()),
				Arbitraries.just(NODES.numberNode(new BigInteger("123456789012345678901234567890"))));
		if (depth == 0) {
			return leaf;
		}
		Arbitrary<JsonNode> array = nodes(depth - 1).list().ofMaxSize(3).map(DescriptorWriterTests::array);
		Arbitrary<JsonNode> object = Arbitraries.maps(Arbitraries.strings().ofMaxLength(4), nodes(depth - 1))
			.ofMaxSize(3)
			.map(DescriptorWriterTests::object);
		return Arbitraries.oneOf(leaf, array, object);
	}

	private static Arbitrary<BigDecimal> odd() {
		return Arbitraries.of("1.50", "0.0", "1E+400", "1.000000000000000000000000000001", "-2.5E-30", "1E-7")
			.map(BigDecimal::new);
	}

	private static JsonNode array(List<JsonNode> elements) {
		ArrayNode array = NODES.arrayNode();
		elements.forEach(array::add);
		return array;
	}

	private static JsonNode object(Map<String, JsonNode> members) {
		ObjectNode object = NODES.objectNode();
		members.forEach(object::set);
		return object;
	}

	private static Arbitrary<String> texts() {
		return Arbitraries.strings().ofMaxLength(12).injectNull(0.3);
	}

	private static Arbitrary<Integer> numbers() {
		return Arbitraries.integers().injectNull(0.3);
	}

	private static Arbitrary<Boolean> truths() {
		return Arbitraries.of(true, false).injectNull(0.3);
	}

}
