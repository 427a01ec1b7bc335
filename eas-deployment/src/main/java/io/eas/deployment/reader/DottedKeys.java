package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.eas.deployment.finding.Quoted;

/**
 * Unfolds keys of {@code metadata} that the vendor writes with dots. For example,
 * {@code "eas.termination_grace_period": 30} becomes {@code "eas":
 * {"termination_grace_period": 30}}. Only known keys are unfolded.
 */
final class DottedKeys {

	private static final Map<String, Set<String>> KNOWN = Map.of("eas", Set.of("termination_grace_period"),
			"rolling_strategy", Set.of("max_surge", "max_unavailable"), "rpc", RpcReader.KEYS);

	private DottedKeys() {
	}

	/**
	 * Unfolds the known keys.
	 * @param root the root object of the file
	 * @return the same object with the known keys of {@code metadata} unfolded
	 */
	static LocatedValue.Members unfold(LocatedValue.Members root) {
		List<LocatedValue.Member> members = root.members().stream().map(DottedKeys::unfoldMetadata).toList();
		return new LocatedValue.Members(root.path(), root.position(), members);
	}

	private static LocatedValue.Member unfoldMetadata(LocatedValue.Member member) {
		if (!member.key().equals("metadata") || !(member.value() instanceof LocatedValue.Members metadata)) {
			return member;
		}
		LocatedValue.Members unfolded = metadata;
		for (LocatedValue.Member each : metadata.members()) {
			int dot = each.key().indexOf('.');
			if (dot > 0 && known(each.key(), dot) && takes(unfolded, each.key().substring(0, dot))) {
				unfolded = moved(unfolded, each, dot);
			}
		}
		return new LocatedValue.Member(member.key(), member.position(), unfolded);
	}

	private static boolean known(String key, int dot) {
		return KNOWN.getOrDefault(key.substring(0, dot), Set.of()).contains(key.substring(dot + 1));
	}

	private static boolean takes(LocatedValue.Members metadata, String prefix) {
		return metadata.members()
			.stream()
			.allMatch((member) -> !member.key().equals(prefix) || member.value() instanceof LocatedValue.Members);
	}

	private static LocatedValue.Members moved(LocatedValue.Members metadata, LocatedValue.Member dotted, int dot) {
		String prefix = dotted.key().substring(0, dot);
		LocatedValue.Member inner = new LocatedValue.Member(dotted.key().substring(dot + 1), dotted.position(),
				dotted.value());
		List<LocatedValue.Member> members = new ArrayList<>(metadata.members());
		int from = indexOf(members, dotted);
		int to = lastIndex(members, prefix);
		if (to >= 0) {
			members.set(to, with(members.get(to), inner));
			members.remove(from);
		}
		else {
			members.set(from, new LocatedValue.Member(prefix, dotted.position(),
					new LocatedValue.Members(Quoted.path(metadata.path(), prefix), dotted.position(), List.of(inner))));
		}
		return new LocatedValue.Members(metadata.path(), metadata.position(), List.copyOf(members));
	}

	private static LocatedValue.Member with(LocatedValue.Member member, LocatedValue.Member inner) {
		LocatedValue.Members object = (LocatedValue.Members) member.value();
		List<LocatedValue.Member> members = new ArrayList<>(object.members());
		members.add(inner);
		return new LocatedValue.Member(member.key(), member.position(),
				new LocatedValue.Members(object.path(), object.position(), List.copyOf(members)));
	}

	private static int indexOf(List<LocatedValue.Member> members, LocatedValue.Member wanted) {
		return IntStream.range(0, members.size())
			.filter((i) -> members.get(i).position().equals(wanted.position()))
			.findFirst()
			.orElseThrow();
	}

	private static int lastIndex(List<LocatedValue.Member> members, String key) {
		return IntStream.range(0, members.size())
			.filter((i) -> members.get(i).key().equals(key))
			.reduce(-1, (last, i) -> i);
	}

}
