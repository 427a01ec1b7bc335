package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.eas.deployment.finding.Quoted;

/**
 * The vendor writes some keys of {@code metadata} with dots, as in
 * {@code "eas.termination_grace_period": 30}. This puts each that is known where it would
 * stand without dots: {@code "eas": {"termination_grace_period": 30}}.
 */
final class DottedKeys {

	private static final Map<String, Set<String>> KNOWN = Map.of("eas", Set.of("termination_grace_period"),
			"rolling_strategy", Set.of("max_surge", "max_unavailable"), "rpc", RpcReader.KEYS);

	private DottedKeys() {
	}

	/**
	 * Unfolds.
	 * @param root the whole file
	 * @return the same, with the known keys of {@code metadata} unfolded
	 */
	static Located.Members unfold(Located.Members root) {
		List<Located.Member> members = root.members().stream().map(DottedKeys::unfoldMetadata).toList();
		return new Located.Members(root.path(), root.position(), members);
	}

	private static Located.Member unfoldMetadata(Located.Member member) {
		if (!member.key().equals("metadata") || !(member.value() instanceof Located.Members metadata)) {
			return member;
		}
		Located.Members unfolded = metadata;
		for (Located.Member each : metadata.members()) {
			int dot = each.key().indexOf('.');
			if (dot > 0 && known(each.key(), dot) && takes(unfolded, each.key().substring(0, dot))) {
				unfolded = moved(unfolded, each, dot);
			}
		}
		return new Located.Member(member.key(), member.position(), unfolded);
	}

	private static boolean known(String key, int dot) {
		return KNOWN.getOrDefault(key.substring(0, dot), Set.of()).contains(key.substring(dot + 1));
	}

	private static boolean takes(Located.Members metadata, String prefix) {
		return metadata.members()
			.stream()
			.allMatch((member) -> !member.key().equals(prefix) || member.value() instanceof Located.Members);
	}

	private static Located.Members moved(Located.Members metadata, Located.Member dotted, int dot) {
		String prefix = dotted.key().substring(0, dot);
		Located.Member inner = new Located.Member(dotted.key().substring(dot + 1), dotted.position(), dotted.value());
		List<Located.Member> members = new ArrayList<>(metadata.members());
		int from = indexOf(members, dotted);
		int to = lastIndex(members, prefix);
		if (to >= 0) {
			members.set(to, with(members.get(to), inner));
			members.remove(from);
		}
		else {
			members.set(from, new Located.Member(prefix, dotted.position(),
					new Located.Members(Quoted.path(metadata.path(), prefix), dotted.position(), List.of(inner))));
		}
		return new Located.Members(metadata.path(), metadata.position(), List.copyOf(members));
	}

	private static Located.Member with(Located.Member member, Located.Member inner) {
		Located.Members object = (Located.Members) member.value();
		List<Located.Member> members = new ArrayList<>(object.members());
		members.add(inner);
		return new Located.Member(member.key(), member.position(),
				new Located.Members(object.path(), object.position(), List.copyOf(members)));
	}

	private static int indexOf(List<Located.Member> members, Located.Member wanted) {
		return IntStream.range(0, members.size())
			.filter((i) -> members.get(i).position().equals(wanted.position()))
			.findFirst()
			.orElseThrow();
	}

	private static int lastIndex(List<Located.Member> members, String key) {
		return IntStream.range(0, members.size())
			.filter((i) -> members.get(i).key().equals(key))
			.reduce(-1, (last, i) -> i);
	}

}
