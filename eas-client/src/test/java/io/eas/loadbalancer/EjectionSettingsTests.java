package io.eas.loadbalancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What can be set about ejections, and who hears of them.
 */
class EjectionSettingsTests {

	private static final EasInstance INSTANCE = new EasInstance("10.0.0.1", 8501, 100);

	@Test
	void builderStartsWithTheDefaults() {
		assertThat(EjectionSettings.builder().build()).isEqualTo(EjectionSettings.DEFAULTS);
	}

	@Test
	void eachValueCanBeChanged() {
		EjectionSettings settings = EjectionSettings.builder()
			.enabled(false)
			.consecutiveFailures(7)
			.baseTime(Duration.ofSeconds(1))
			.maxTime(Duration.ofSeconds(8))
			.maxPercent(20)
			.build();
		assertThat(settings)
			.isEqualTo(new EjectionSettings(false, 7, Duration.ofSeconds(1), Duration.ofSeconds(8), 20));
	}

	@Test
	void baseTimeAboveMaxTimeIsRejected() {
		EjectionSettings.Builder builder = EjectionSettings.builder().baseTime(Duration.ofMinutes(9));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(builder::build)
			.withMessageContaining("base-time must be at most max-time (5m), was 9m");
	}

	@Test
	void compositeListenerNotifiesBothInOrder() {
		List<String> heard = new ArrayList<>();
		EjectionListener both = listener("first", heard).and(listener("second", heard));
		both.ejected(INSTANCE, Cause.FAILURES, "3 failure(s) in a row", Duration.ofSeconds(5), false);
		both.restored(INSTANCE);
		assertThat(heard).containsExactly("first ejected", "second ejected", "first restored", "second restored");
	}

	@Test
	void composingWithNoneReturnsTheSameListener() {
		EjectionListener alone = listener("first", new ArrayList<>());
		assertThat(alone.and(EjectionListener.NONE)).isSameAs(alone);
	}

	private static EjectionListener listener(String name, List<String> heard) {
		return new EjectionListener() {

			@Override
			public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
				heard.add(name + " ejected");
			}

			@Override
			public void restored(EasInstance instance) {
				heard.add(name + " restored");
			}

		};
	}

}
