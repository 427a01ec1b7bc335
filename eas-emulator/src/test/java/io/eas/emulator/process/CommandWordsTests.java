package io.eas.emulator.process;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What messages show of a command.
 */
class CommandWordsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "python app.py --port ${PORT} | python app.py --port ${PORT}",
			"java -Xmx64m -Dserver.port=1 -jar a.jar | java -Xmx64m -Dserver.port=1 -jar a.jar",
			"serve --api-key s3cret --x | serve --api-key ... --x", "serve --token=s3cret x | serve --token=... x",
			"java -Dspring.datasource.password=s3cret A | java -Dspring.datasource.password=... A",
			"env HF_TOKEN=s3cret serve | env HF_TOKEN=... serve", "env A='x s3cret' serve | env A=... ...",
			"login hf_s3cretabcdefghi1234 | login ...", "serve --x=hf_s3cretabcdefghi1234 | serve ...",
			"curl https://me:s3cret@host/ | curl ...", "curl -H 'Authorization: s3cret' | curl -H ...",
			"bash -lc 'export A=s3cret; serve' | bash -lc ...", "serve --token | serve --token ..." })
	void nameConsistsOfTheFirstWordsWithoutSecrets(String command, String shown) {
		assertThat(CommandWords.of(List.of("sh", "-c", "exec " + command))).isEqualTo("sh -c exec " + shown);
		assertThat(CommandWords.of(List.of(command.split(" ")))).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "export HF_TOKEN=s3cret | sh -c export ...", "TOKEN=s3cret serve | sh -c ...",
			"echo s3cret > token; serve | sh -c echo ...", "\"s3cret\" | sh -c ...", "./start.sh | sh -c ./start.sh" })
	void nameOfAScriptIsItsProgram(String script, String shown) {
		assertThat(CommandWords.of(List.of("sh", "-c", script))).isEqualTo(shown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "set -e\nexport A=s3cret\nserve", "set -x && login s3cret" })
	void nameOfSeveralLinesIsTheFirstProgram(String script) {
		assertThat(CommandWords.of(List.of("/bin/bash", "-c", script))).isEqualTo("/bin/bash -c set ...");
	}

	@Test
	void anArgumentOfSeveralWordsIsNotShown() {
		assertThat(CommandWords.of(List.of("curl", "-H", "Authorization: s3cret"))).isEqualTo("curl -H ...");
	}

	@Test
	void aLongCommandIsCutBetweenWords() {
		assertThat(CommandWords.of(List.of("java", "-cp", "/a/b.jar:".repeat(100), "Main"))).isEqualTo("java -cp ...");
	}

}
