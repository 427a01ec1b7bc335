package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.Cloud;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.ServiceDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole service.
 */
final class ServiceReader {

	private static final Metadata NO_METADATA = new Metadata(null, null, null, null, null, null, null, OtherKeys.NONE);

	private static final Container NO_CONTAINER = new Container(null, List.of(), null, null, Map.of(), OtherKeys.NONE);

	private final FindingCollector findings;

	ServiceReader(FindingCollector findings) {
		this.findings = findings;
	}

	ServiceDescriptor read(LocatedValue.Members root) {
		ObjectKeys keys = new ObjectKeys(root, this.findings);
		Metadata metadata = named(metadata(keys), keys);
		Cloud cloud = cloud(keys.keys("cloud"));
		List<Container> containers = containers(keys.elements("containers"));
		return new ServiceDescriptor(metadata, cloud, containers, keys.others());
	}

	private Metadata metadata(ObjectKeys root) {
		ObjectKeys keys = root.keys("metadata");
		if (keys != null) {
			return new MetadataReader(keys).read();
		}
		if (root.object().members().stream().noneMatch((member) -> member.key().equals("metadata"))) {
			this.findings.missing(root.object(), "metadata", "Write \"metadata\": {\"name\": \"my_service\"}.");
		}
		return NO_METADATA;
	}

	/**
	 * Adds the name from the root object. The vendor's SDK for Python and the API
	 * CreateService write it there and not in {@code metadata}.
	 */
	private Metadata named(Metadata metadata, ObjectKeys root) {
		String name = root.text("name");
		if (name == null || name.equals(metadata.name())) {
			return metadata;
		}
		if (metadata.name() != null) {
			this.findings.add(FindingCode.NAME_CONFLICT, Objects.requireNonNull(root.value("name")),
					"must be the name in metadata, " + Quoted.text(metadata.name()) + ", was " + Quoted.text(name),
					"Keep one of the two.");
			return metadata;
		}
		return new Metadata(name, metadata.instance(), metadata.enableWebservice(), metadata.group(), metadata.rpc(),
				metadata.rollingStrategy(), metadata.terminationGracePeriod(), metadata.other());
	}

	private List<Container> containers(List<LocatedValue> elements) {
		List<Container> containers = new ArrayList<>();
		for (LocatedValue element : elements) {
			if (element instanceof LocatedValue.Members object) {
				containers.add(new ContainerReader(new ObjectKeys(object, this.findings), this.findings).read());
			}
			else {
				this.findings.wrongType(element, "an object", "Write {\"image\": …}.");
				containers.add(NO_CONTAINER);
			}
		}
		return containers;
	}

	private static @Nullable Cloud cloud(@Nullable ObjectKeys keys) {
		if (keys == null) {
			return null;
		}
		return new Cloud(computing(keys.keys("computing")), networking(keys.keys("networking")), keys.others());
	}

	private static Cloud.@Nullable Computing computing(@Nullable ObjectKeys keys) {
		return (keys != null) ? new Cloud.Computing(keys.text("instance_type"), keys.others()) : null;
	}

	private static Cloud.@Nullable Networking networking(@Nullable ObjectKeys keys) {
		if (keys == null) {
			return null;
		}
		return new Cloud.Networking(keys.text("vpc_id"), keys.text("vswitch_id"), keys.text("security_group_id"),
				keys.others());
	}

}
