package io.eas.deployment.validation;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * Rules about {@code image}.
 */
final class ImageRules {

	static final List<Rule> ALL = List.of(ImageRules::registry, ImageRules::ownRegistry, ImageRules::placeholder,
			ImageRules::tag);

	private ImageRules() {
	}

	static Stream<Finding> registry(ValidationContext service) {
		return images(service, (path, image) -> {
			if (!image.inVpc() && !image.hostIsPlaceholder() && !image.mayBeOwn()) {
				return service.finding(FindingCode.IMAGE_REGISTRY, path,
						"must be at a registry inside the VPC, as EAS has no public network, was "
								+ Quoted.text(image.written()),
						"Push it to your Container Registry and write " + Quoted.text(image.proposal()) + ".");
			}
			return image.isPlain() ? null
					: service.finding(FindingCode.IMAGE_REGISTRY, path,
							"must be an address alone, without a scheme, a user or blanks, was "
									+ Quoted.text(image.written()),
							"Write " + Quoted.text(image.address().replaceAll("\\s", "")) + ".");
		});
	}

	/**
	 * Warns of a private registry, such as Harbor. The vendor allows a private registry
	 * if it is in the VPC to which the service is connected. The address doesn't show
	 * whether the registry is in that VPC.
	 */
	static Stream<Finding> ownRegistry(ValidationContext service) {
		String remedy = service.written("cloud.networking.vpc_id")
				? "Make sure that the registry is in the VPC of cloud.networking, or push the image to Container Registry."
				: "Write the registry's VPC into cloud.networking (vpc_id, vswitch_id, security_group_id), or push the image "
						+ "to Container Registry.";
		return images(service, (path, image) -> (image.mayBeOwn() && !image.hostIsPlaceholder())
				? service.finding(FindingCode.IMAGE_OWN_REGISTRY, path,
						"should be at a registry that EAS reaches, was " + Quoted.text(image.written())
								+ ", a registry of your own, which it reaches only inside the service's VPC",
						remedy)
				: null);
	}

	static Stream<Finding> placeholder(ValidationContext service) {
		return images(
				service, (path,
						image) -> image.isPlaceholder()
								? service.finding(FindingCode.IMAGE_PLACEHOLDER, path,
										"should be an image of yours, was the placeholder "
												+ Quoted.text(image.written()),
										"Write the address of your image.")
								: null);
	}

	static Stream<Finding> tag(ValidationContext service) {
		return images(service,
				(path, image) -> (image.hasVersion() || image.isPlaceholder() || image.isBlank()) ? null
						: service.finding(FindingCode.IMAGE_TAG, path,
								"should name one version, was " + Quoted.text(image.written()),
								"Write a tag other than latest, such as \":1.0\", or a digest."));
	}

	private static Stream<Finding> images(ValidationContext service,
			BiFunction<String, Image, @Nullable Finding> rule) {
		return service.containers().stream().flatMap((placed) -> {
			String image = placed.container().image();
			return (image != null) ? Stream.ofNullable(rule.apply(placed.at("image"), Image.of(image)))
					: Stream.empty();
		});
	}

}
