package io.eas.deployment.validation;

import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.reader.InvalidDescriptorException;
import io.eas.deployment.reader.ParseResult;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
			"A, --key=LTAI5tAbCdEfGhIjKlMn", "DB_PASS, x", "dbPass, x", "PASS, x", "MYSQL_PWD, x", "API_KEYS, x",
			"ENCRYPTION_KEY, x", "SIGNING_KEY, x", "JWT_KEY, x", "SSH_KEY, x", "HMAC_KEY, x", "OSS_AK, x", "OSS_SK, x",
			"AUTH, Bearer abcdef", "AUTH, Basic dXNlcjpwdw==", "A, jdbc:mysql://h/db?user=a&password=b",
			"A, jdbc:sqlserver://h;user=a;Password=b", "EAS_TOKEN, 12345678", "DB_PASS, 1234", "MINIO_SECRET, x",
			"TOKEN_URL, http://me:hunter2@10.0.0.1/t", "SECRET_MANAGER_REGION, LTAI5tAbCdEfGhIjKlMn",
			"SECRET_KEY_BASE, x", "SECRET_MANAGER_TOKEN, x", "HEADER_TOKEN, x" })
	void secretsAreFound(String name, String value) {
		assertThat(codes(name, value)).containsExactly(FindingCode.SECRET_IN_ENV);
	}

	@ParameterizedTest
	@CsvSource({ "MODEL, x", "MAX_TOKENS, 512", "TOKENIZERS_PARALLELISM, false", "MAX_NEW_TOKENS, 4096",
			"TOKEN_FILE, /run/token", "PASSWORD, ''", "PASSWORD, ${PASSWORD}", "USE_TOKEN, true", "MONKEY, banana",
			"A, http://10.0.0.1:8000/a", "KEYBOARD, us", "PWD, /app", "PAD_TOKEN_ID, 0", "LLM_MAX_TOKENS, 4096",
			"VLLM_MAX_NUM_BATCHED_TOKENS, 8192", "TOKENS, 1048576", "TOKEN_URL, http://10.0.0.1/t",
			"KMS_SECRET_NAME, digits", "ALIBABA_CLOUD_CREDENTIALS_URI, http://10.0.0.1/c",
			"CREDENTIALS_PROVIDER, default", "TOKEN_BUCKET_SIZE, 10", "USE_AUTH_TOKEN, 1", "EAS_TOKEN_HEADER, X-Token",
			"SPEECH_TOKEN_TYPE, phoneme", "SSH_KEY_PATH, /a", "PASSAGE, x", "PASS_THROUGH, x", "OLDPWD, /app",
			"A, jdbc:mysql://h/db?user=a&password=${PASSWORD}", "A, mysql://root:${PASSWORD}@10.0.0.1/db",
			"A, Bearer <token>", "AUTH, Bearer ${TOKEN}", "AUTH, Basic", "BYPASS, x", "KEYS, a",
			"AUTH_TOKEN_EXPIRY, 3600s", "accessTokenExpiresIn, 1h", "TOKEN_EXPIRES, 60m",
			"SECRET_MANAGER_REGION, cn-hangzhou", "KMS_SECRET_ENDPOINT, kms-vpc.cn-hangzhou.aliyuncs.com",
			"TOKEN_HEADER_KEY, X-Token", "API_KEY_HEADER, X-Key", "TOKENIZERS_PARALLELISM, on", "MAX_TOKENS, many",
			"JWT_SECRET_FILE, /run/a", "TOKEN_REFRESH_INTERVAL, 5m", "JWT_TOKEN_ISSUER, acme",
			"A, https://me:<password>@a/b", "A, https://me:$GIT_TOKEN@a/b" })
	void harmlessVariablesAreNotReported(String name, String value) {
		assertThat(codes(name, value)).isEmpty();
	}

	@Property(tries = 300)
	void secretsAreNeverShownWhateverElseIsWrong(@ForAll @AlphaChars @StringLength(min = 12, max = 40) String letters,
			@ForAll @IntRange(min = 0, max = 11) int form) {
		String secret = "Zq9" + letters;
		String json = ServiceFiles.good("{\n                    \"name\": \"MODEL\",\n"
				+ "                    \"value\": \"/models/digits\"\n                }", entry(secret, form));
		assertThat(said(json)).doesNotContain(secret.substring(0, 9));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"exec\": \"curl -u a:hunter2 x\", \"x\": {",
			"\"exec\": {\"command\": \"curl -u a:hunter2 x | y\"}, \"x\": {",
			"\"exec\": {\"command\": [\"curl -u a:hunter2 x\"]}, \"x\": {" })
	void aCommandLineOfACheckIsNotShown(String exec) {
		ParseResult reading = DescriptorReader.parse(ServiceFiles.good("\"exec\": {", exec));
		assertThat(DescriptorValidator.validate(reading).toString()).contains("exec-").doesNotContain("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "vllm serve m --api-key sk-abc123", "vllm serve m --api-key=hunter2hunter2",
			"python a.py sk-0123456789abcdefghij", "python a.py --x hf_0123456789abcdefghij",
			"sh -c 'exec python a.py --token hunter2hunter2'", "curl -H 'Authorization: Bearer hunter2hunter2' x",
			"java -Ddb.password=hunter2hunter2 -jar a.jar", "python a.py --url mysql://root:hunter2hunter2@10.0.0.1/db",
			"python a.py --ak LTAI5tAbCdEfGhIjKlMn", "python a.py sk_live_012345678901",
			"python a.py glpat-0123456789abcdefghij", "python a.py # not hf_0123456789abcdefghij",
			"python a.py ms-01234567-89ab-cdef-0123-456789abcdef" })
	void secretsInACommandAreFoundAndNotShown(String command) {
		for (String key : List.of("command", "script")) {
			List<Finding> findings = DescriptorValidator.validate(DescriptorReader.parse(ServiceFiles
				.good("\"command\": \"java -jar /app/app.jar\"", "\"" + key + "\": \"" + command + "\"")));
			assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.SECRET_IN_COMMAND);
			assertThat(findings.toString()).doesNotContain("hunter2", "sk-abc", "sk-012", "hf_012", "LTAI5", "0123456");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"processor_envs\": \"A_TOKEN=hunter2\"", "\"storage\": \"oss://a:hunter2@b/\"",
			"\"processor_envs\": [\"A_TOKEN=hunter2\"]", "\"storage\": [\"oss://a:hunter2@b/\"]",
			"\"storage\": [{\"mount_path\": \"/a\", \"oss\": {\"path\": \"https://b/c?Signature=hunter2\"}}]",
			"\"storage\": [{\"mount_path\": \"/a\", \"oss\": {\"path\": \"https://me:hunter2@b/c\"}}]",
			"\"tokn\": \"hunter2\"", "\"labels\": \"hunter2\"",
			"\"processor_envs\": [{\"name\": \"A_TOKEN\", \"value\": \"hunter2\"}]" })
	void otherValuesThatMayBeSecretsAreNotShown(String member) {
		assertThat(said(ServiceFiles.good("\"cloud\": {", member + ", \"cloud\": {"))).doesNotContain("hunter2");
	}

	@Test
	void aSecretBelowACommentIsFound() {
		String script = "\"script\": \"# don't\\npython a.py --password hunter2hunter2\"";
		assertThat(DescriptorValidator
			.validate(DescriptorReader.parse(ServiceFiles.good("\"command\": \"java -jar /app/app.jar\"", script))))
			.extracting(Finding::code)
			.containsExactly(FindingCode.SECRET_IN_COMMAND);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"\"storage\": [{\"mount_path\": \"/a\", \"git\": {\"repo\": \"https://bob:ghp_0123456789abcdefghijABCDEFGHIJ@github.com/a/b\"}}] | storage[0].git.repo",
			"\"storage\": [{\"mount_path\": \"/a\", \"git\": {\"repo\": \"https://bob:hunter2@git.acme.com/a/b\"}}] | storage[0].git.repo",
			"\"storage\": [{\"mount_path\": \"/a\", \"oss\": {\"path\": \"oss://LTAI5tAbCdEfGhIjKlMn:hunter2@bucket/x\"}}] | storage[0].oss.path",
			"\"storage\": [{\"mount_path\": \"oss://a:hunter2@b/\"}] | storage[0].mount_path",
			"\"model_path\": \"http://me:hunter2@models/a\" | model_path",
			"\"options\": {\"odd key\": [{\"password\": \"hunter2\"}]} | options[\"odd key\"][0].password" })
	void secretsInOtherValuesAreFoundAndNotShown(String member, String path) {
		List<Finding> findings = DescriptorValidator
			.validate(DescriptorReader.parse(ServiceFiles.good("\"cloud\": {", member + ", \"cloud\": {")));
		assertThat(findings).extracting(Finding::code, Finding::path)
			.containsExactly(tuple(FindingCode.SECRET_IN_VALUE, path));
		assertThat(findings.toString()).doesNotContain("hunter2", "ghp_", "LTAI");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"repo\": \"https://git.acme.com/a/b\"", "\"repo\": \"https://bob:****@git.acme.com/a/b\"",
					"\"repo\": \"https://bob@git.acme.com/a/b\", \"branch\": \"token-rotation\"",
					"\"repo\": \"git@git.acme.com:a/b.git\"" })
	void otherValuesThatHoldNoSecretAreNotReported(String git) {
		String storage = "\"storage\": [{\"mount_path\": \"/a\", \"git\": {" + git + "}}], \"cloud\": {";
		assertThat(DescriptorValidator.validate(DescriptorReader.parse(ServiceFiles.good("\"cloud\": {", storage))))
			.extracting(Finding::code)
			.doesNotContain(FindingCode.SECRET_IN_VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "vllm serve m --api-key $API_KEY", "vllm serve m --api-key ${API_KEY}",
			"vllm serve m --max-num-batched-tokens 8192 --tokenizer /m --port 8000",
			"python a.py --token-file /run/token", "python a.py --stop-token-ids 151643,151645",
			"python a.py --api-key --port 8000", "python a.py --password '****'",
			"git clone https://codeup.aliyun.com/a/b.git", "python sk-learn.py" })
	void harmlessCommandsAreNotReported(String command) {
		assertThat(DescriptorValidator.validate(DescriptorReader
			.parse(ServiceFiles.good("\"command\": \"java -jar /app/app.jar\"", "\"script\": \"" + command + "\""))))
			.isEmpty();
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
			ParseResult reading = DescriptorReader.parse(json);
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
