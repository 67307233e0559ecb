import fc from 'fast-check';
import type { Match } from '../core/detector';
import { buildLocator } from '../core/locate';
import { SECRETS } from './detectors';
import { isIdentifier } from './placeholders';
import { SERVICE_KEYS } from './service-keys';

const find = buildLocator(SECRETS);
const values = (text: string): string[] =>
  find(text, { only: ({ set }) => set !== 'relaxed' }).map(({ value }) => value);

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const of = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: min, maxLength: max });
const hex = (length: number): fc.Arbitrary<string> => of('0123456789abcdef', length);
/** With a digit in each half and few repeats, as nearly every random key of that length has. */
const key = of(BASE62, 24, 40).map((text) => `${text.slice(0, 8)}7q${text.slice(8)}X4`);

const ASSIGNMENTS: readonly ((value: string) => string)[] = [
  (value) => `const apiKey = "${value}";`,
  (value) => `API_KEY=${value}\n`,
  (value) => `export ACME_API_TOKEN='${value}'`,
  (value) => `auth:\n  client_secret: ${value}\n`,
  (value) => `{"access_token": "${value}", "expires": 3600}`,
  (value) => `{\\"secret\\":\\"${value}\\"}`,
  (value) => `[2026-01-02 10:00:01] INFO retry with api_key=${value} (2)`,
  (value) => `GET https://api.acme.io/v1/items?page=2&api_key=${value}&sort=asc`,
  (value) => `curl -H "Authorization: Bearer ${value}" https://api.acme.io`,
  (value) => `curl -H 'X-Api-Key: ${value}' https://api.acme.io`,
  (value) => `<api-key>${value}</api-key>`,
  (value) => `config.auth_token := "${value}"`,
  (value) => `:secret_key => '${value}',`,
  (value) => `the access token is ${value}`,
];
const PLACES: readonly ((value: string) => string)[] = [
  ...ASSIGNMENTS,
  (value) => value,
  (value) => `${value} leaked, please rotate.`,
  (value) => `line one\n${value}\nline three`,
  (value) => `url=https://acme.io/x?y=${value}`,
];

describe('provider keys', () => {
  it('are known for at least sixty services', () => {
    const services = new Set(SERVICE_KEYS.map(({ id }) => id.slice(0, id.indexOf(':'))));
    expect(services.size).toBeGreaterThanOrEqual(60);
  });

  const samples = SERVICE_KEYS.filter(({ positives }) => positives[0]?.startsWith('key=«')).map(
    ({ id, kind, positives }): [string, string, string] => [id, kind, positives[0]!.slice(5, -2)],
  );
  it.each(samples)('%s (%s) is found in code, settings, logs, addresses and prose', (_, kind, sample) => {
    for (const place of PLACES) {
      const text = place(sample);
      const covering = find(text).filter((match) => match.value.includes(sample) || sample.includes(match.value));
      expect([text, covering.length > 0]).toEqual([text, true]);
    }
    expect(find(`x ${sample} y`).map((match: Match) => match.kind)).toContain(kind);
  });
});

describe('assigned secrets', () => {
  it('are found whatever assigns them', () => {
    fc.assert(
      fc.property(key, fc.constantFrom(...ASSIGNMENTS), (value, assign) => {
        fc.pre(!isIdentifier(value));
        expect(values(assign(value))).toContain(value);
      }),
      { numRuns: 500 },
    );
  });

  it('are found in hexadecimal digits, too', () => {
    fc.assert(
      fc.property(hex(32), (value) => {
        fc.pre(new Set(value).size > 9 && /[a-f]/.test(value));
        expect(values(`API_KEY=${value}`)).toEqual([value]);
      }),
    );
  });

  it.each(['postgres', 'mysql', 'mongodb', 'mongodb+srv', 'rediss', 'amqp', 'mssql', 'ftp', 'sftp', 'smtp', 'https'])(
    'are found in %s addresses',
    (scheme) => {
      fc.assert(
        fc.property(key, (password) => {
          const text = `url: ${scheme}://app:${password}@db.acme.io:1234/x`;
          expect(values(text).some((value) => value.includes(password))).toBe(true);
        }),
        { numRuns: 20 },
      );
    },
  );
});

describe('harmless text', () => {
  const base64 = of(`${BASE62}+/`, 86).map((text) => `${text}==`);
  const uuid = hex(32).map(
    (d) => `${d.slice(0, 8)}-${d.slice(8, 12)}-4${d.slice(13, 16)}-a${d.slice(17, 20)}-${d.slice(20)}`,
  );
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));
  const name = fc.constantFrom(
    'js-tokens',
    'csrf-token',
    'secret-stack',
    'password-hash',
    'keyv',
    'auth-header',
    'jwt-decode',
  );
  const lines: readonly fc.Arbitrary<string>[] = [
    fc
      .tuple(name, version, base64)
      .map(
        ([n, v, hash]) =>
          `"node_modules/${n}": {"version": "${v}", "resolved": "https://registry.acme.io/${n}/-/${n}-${v}.tgz", "integrity": "sha512-${hash}"}`,
      ),
    fc
      .tuple(name, version, base64)
      .map(([n, v, hash]) => `${n}@^${v}:\n  version "${v}"\n  integrity sha512-${hash}\n`),
    fc.tuple(name, hex(64)).map(([n, hash]) => `[[package]]\nname = "${n}"\nchecksum = "${hash}"`),
    fc.tuple(name, version, of(`${BASE62}+/`, 43)).map(([n, v, hash]) => `acme.io/${n} v${v} h1:${hash}=`),
    hex(40).map((sha) => `commit ${sha}\nindex ${sha.slice(0, 7)}..${sha.slice(7, 14)} 100644`),
    hex(64).map((sha) => `image: acme/token-service@sha256:${sha}`),
    hex(64).map((sha) => `sha256: "${sha}"\netag: W/"${sha.slice(0, 32)}"`),
    hex(32).map((md5) => `md5=${md5} cache-key-${md5}`),
    uuid.map((id) => `request_id=${id} secret: ${id}`),
    uuid.map((id) => `{"token_id": "${id}", "key": "${id}"}`),
    base64.map((data) => `<img src="data:image/png;base64,iVBORw0KGgo${data}">`),
    base64.map((data) => `ssh-rsa AAAAB3NzaC1yc2E${data} ann@acme`),
    base64.map((data) => `-----BEGIN CERTIFICATE-----\n${data}\n-----END CERTIFICATE-----`),
    base64.map((data) => `-----BEGIN PUBLIC KEY-----\n${data}\n-----END PUBLIC KEY-----`),
    of('abcdefghijklmnopqrstuvwxyz', 1, 3).map(
      (n) => `!function(${n},t){var e=t.key||"token";return ${n}[e]=t.password?1:0}(this,{key:${n},token:t.secret});`,
    ),
    fc.constantFrom(
      'api_key: YOUR_API_KEY',
      'token = "<your-token-here>"',
      'SECRET=${SECRET:-none}',
      'secret: {{ .Values.auth.secret1 }}',
      'api_key = os.environ["ACME_API_KEY_1"]',
      'const token = process.env.ACME_TOKEN_1',
      'password: changeme123',
      'API_KEY=xxxxxxxxxxxxxxxxxxxxxxxx',
      'api_key=abcdefghijklmnopqrstuvwxyz123456',
      'token=12345678901234567890abcd',
      'Authorization: Bearer $ACME_TOKEN_OF_BUILD1',
      'sk_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'AKIAXXXXXXXXXXXXXXXX',
      'secret_name: prod-db-credentials-v2',
      'secretKeyRef: {name: acme-token-1, key: token}',
      'postgres://user:password@localhost:5432/app',
      'mongodb://root:root@mongo:27017',
      'token: op://vault/acme/token1field',
      'password: ENC[AES256_GCM,data:q7x2,iv:a1]',
      'password: "$2b$12$R9h7cIPz0gi.URNNX3kh2OPST9"',
      'api_key: "test"',
      'password: ********',
      'https://user:${TOKEN}@git.acme.io/x.git',
      'secret = SecretManager.getSecret("acme1")',
      'the password must have 8 characters',
      'type Token = { key: string; secret?: string }',
      'token_endpoint: https://acme.io/oauth2/token',
      'apiKey: config.services.acme.apiKey1',
    ),
  ];
  it('is left alone', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...lines), { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.join('\n');
        expect(
          find(text, { only: ({ set }) => set !== 'relaxed' }).map(({ detector, value }) => [detector, value]),
        ).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
});
