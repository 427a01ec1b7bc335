package io.eas.deployment.validation;

import java.util.List;

import io.eas.deployment.DescriptorReader;
import io.eas.deployment.Finding;
import io.eas.deployment.FindingCode;
import io.eas.deployment.InvalidDescriptorException;
import io.eas.deployment.Reading;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets in {@code env} are told of, and never shown.
 */
class SecretsTests {

	@ParameterizedTest
	@CsvSource({ "HF_TOKEN, x", "EAS_TOKEN, x", "token, x", "CLIENT_SECRET, x", "DB_PASSWORD, 1234", "dbPassword, x",
			"ALIBABA_CLOUD_ACCESS_KEY_ID, x", "ACCESS_KEY, x", "accessKeySecret, x", "OPENAI_API_KEY, x",
			"MYSQL_PASSWD, x", "APITOKEN, x", "A, LTAI5tAbCdEfGhIjKlMn", "A, AKIAIOSFODNN7EXAMPLE",
			"A, -----BEGIN RSA PRIVATE KEY-----", "A, ghp_0123456789abcdefghijABCDEFGHIJ",
			"A, hf_0123456789abcdefghijABCDEFGHIJ", "A, mysql://root:hunter2@10.0.0.1/db",
			"A, --key=LTAI5tAbCdEfGhIjKlMn" })
	void areFound(String name, String value) {
		assertThat(codes(name, value)).containsExactly(FindingCode.SECRET_IN_ENV);
	}

	@ParameterizedTest
	@CsvSource({ "MODEL, x", "MAX_TOKENS, 512", "TOKENIZERS_PARALLELISM, false", "MAX_NEW_TOKENS, 4096",
			"TOKEN_FILE, /run/token", "PASSWORD, ''", "PASSWORD, ${PASSWORD}", "USE_TOKEN, true", "MONKEY, banana",
			"A, http://10.0.0.1:8000/a", "KEYBOARD, us", "PWD, /app", "PAD_TOKEN_ID, 0" })
	void harmlessVariablesAreNot(String name, String value) {
		assertThat(codes(name, value)).isEmpty();
	}

	@Property(tries = 300)
	void areNeverShownWhateverElseIsWrong(@ForAll @AlphaChars @StringLength(min = 12, max = 40) String letters,
			@ForAll @IntRange(min = 0, max = 11) int form) {
		String secret = "Zq9" + letters;
		String json = ServiceFiles.good("{\n                    \"name\": \"MODEL\",\n"
				+ "                    \"value\": \"/models/digits\"\n                }", entry(secret, form));
		assertThat(said(json)).doesNotContain(secret.substring(0, 9));
	}

	private static String entry(String secret, int form) {
		return List
			.of("{\"name\": \"A_TOKEN\", \"value\": \"%s\"}", "{\"name\": \"A_TOKEN\", \"value\": [\"%s\"]}",
					"{\"name\": \"A_TOKEN\", \"value\": {\"a\": \"%s\"}}", "\"A_TOKEN=%s\"", "[\"%s\"]",
					"{\"name\": [], \"value\": \"%s\"}", "{\"value\": \"%s\"}", "{\"name\": \"A=\", \"value\": \"%s\"}",
					"{\"name\": \"A_TOKEN\", \"value\": \"%s\", \"value\": \"%s\"}",
					"{\"name\": \"A_TOKEN\", \"value\": %s}", "{\"name\": \"A_TOKEN\", \"value\": \"%s}",
					"{\"name\": \"A_TOKEN\", \"value\": null, \"valeu\": \"%s\"}")
			.get(form)
			.replace("%s", secret);
	}

	private static String said(String json) {
		try {
			Reading reading = DescriptorReader.parse(json);
			return DescriptorValidator.validate(reading) + " " + reading;
		}
		catch (InvalidDescriptorException ex) {
			return ex + " " + ex.findings();
		}
	}

	private static List<FindingCode> codes(String name, String value) {
		String json = ServiceFiles.good("\"MODEL\"", "\"" + name + "\"")
			.replace("\"/models/digits\"", "\"" + value + "\"");
		return DescriptorValidator.validate(DescriptorReader.parse(json)).stream().map(Finding::code).toList();
	}

}
