import type { Detector } from '../core/detector';
import { judgeBasic, judgeKey, judgePassword } from './judgements';
import { letters } from './key-shape';

const KEY: Pick<Detector, 'kind' | 'label' | 'severity' | 'placeholder' | 'context' | 'check'> = {
  kind: 'generic_api_key',
  label: 'GenericAPIKey',
  severity: 'high',
  placeholder: '[API-KEY-REDACTED]',
  check: judgeKey,
  context: [],
};
const PASSWORD: Pick<Detector, 'kind' | 'severity' | 'set' | 'placeholder' | 'context' | 'check'> = {
  kind: 'password_value',
  severity: 'high',
  set: 'standard',
  placeholder: '[PASSWORD-REDACTED]',
  check: judgePassword,
  context: [],
};

/** What assigns in code, YAML, JSON (also within a string), arguments, XML attributes and sentences. */
const ASSIGNS = String.raw`\\?["'\]]{0,2}\s{0,3}(?:=>|:=|={1,3}|:|\bis\b)\s{0,3}`;
const DEFINES = String.raw`(?:${ASSIGNS}|["'],\s?(?=["']))`;
const QUOTE = '(?:\\\\?["\'`])?';
const KEY_OF =
  'api|access|auth|bearer|refresh|session|client|private|signing|encryption|master|account|service|admin|license|subscription|webhook|deploy|shared|app|server|consumer|secret';
/** Tokens that count pages, words and requests, and open nothing. */
const NO_SECRET_TOKEN = 'page|next|continuation|sync|cursor|csrf|xsrf|cancel|cancellation|bos|eos|pad|special|design';
/**
 * Each begins with its last word and looks back for the rest, so that most places of a text are ruled out by one letter.
 * The secret of AWS has a detector of its own, which knows its length.
 */
const NAMES = [
  `key(?<=(?:${KEY_OF})[-_ ]?key)(?<!aws[-_]secret[-_]access[-_]?key)(?:[-_]base)?`,
  'secret',
  `token(?<!(?:${NO_SECRET_TOKEN})[-_ ]?token)`,
  'credentials?',
  '(?:jwt|hmac)(?<![a-z](?:jwt|hmac))',
].join('|');

const PASSWORD_NAMES =
  'pass(?:word|wd|phrase|code|wort)|pwd|kennwort|contraseña|senha|mot de passe|wachtwoord|pass(?<=(?:[^a-z]|^|db|root|admin|user|smtp|mail|ftp|login)pass)';

/**
 * Secrets told by the name they are given. What a look-ahead has taken is not given back, so that a value too long to be one
 * is read once.
 */
export const ASSIGNMENTS: readonly Detector[] = [
  {
    ...KEY,
    id: 'generic_api_key',
    set: 'strict',
    hints: ['key', 'secret', 'token', 'credential', 'jwt', 'hmac'],
    pattern: new RegExp(
      String.raw`(?:${NAMES})${DEFINES}(?:bearer\s)?${QUOTE}(?=(?<value>[\w+/=.~-]{16,200}))\k<value>(?![\w+/=~(-])`,
      'dgi',
    ),
    positives: [
      `api_key = "«${letters(24)}»"`,
      `clientSecret: '«${letters(32)}»',`,
      `AUTH_TOKEN=«${letters(20)}»`,
      `my API key is «${letters(24)}»`,
      `define('API_KEY', '«${letters(24)}»');`,
      `{\\"access_token\\":\\"«${letters(24)}»\\"}`,
      `SECRET_KEY_BASE: «${letters(64)}»`,
    ],
    negatives: [
      'api_key = "YOUR_API_KEY_GOES_HERE_1"',
      'token = get_token_from_vault_2(x)',
      'secret: 0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35',
      'token: string; key: number',
      'const token = request.headers.authorization2',
      'api_key=${API_KEY_FROM_ENVIRONMENT1}',
      'token=aaaaaaaaaaaaaaaaaaaaaaaa1',
      'secret: prod-database-credentials-v2',
      'api_key: 1234567890abcdefghijklmnop',
      `nextPageToken: "${letters(24)}"`,
      `token: "sha256-${letters(43)}="`,
    ],
  },
  {
    ...KEY,
    id: 'quoted_secret',
    set: 'standard',
    hints: ['secret'],
    // Generators for settings use every character of the keyboard; only quotes tell where such a value ends.
    pattern:
      /secret(?:[-_]?key)?\\?["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}(["'])(?=[^\s"'\\]{0,99}[!@#$%^&*()?])(?<value>[^\s"'\\]{20,100})\1/dgi,
    positives: ["SECRET_KEY = '«q7#x!m2)k@v9$w4^z8&t1*r5(p3»'"],
    negatives: ["SECRET_KEY = 'change-me-please!-really-now'", "SECRET_KEY = '${SECRET_KEY_FROM_VAULT_1!}'"],
  },
  {
    ...KEY,
    id: 'env_secret',
    set: 'standard',
    hints: ['secret'],
    // The same without quotes, in a file of settings: nothing else stands on the line.
    pattern:
      /(?<![^\n])(?:export )?(?:[A-Z0-9]{1,20}_){0,4}SECRET(?:_KEY)?=(?=[^\s"']{0,99}[!@#$%^&*()?])(?<value>[^\s"'\\]{20,100})(?![^\r\n])/dg,
    positives: ['SECRET_KEY=«q7#x!m2)k@v9$w4^z8&t1*r5(p3»', 'A=1\nexport APP_SECRET=«q7#x!m2)k@v9$w4^z8&t»\nB=2'],
    negatives: [
      'SECRET_KEY=change-me-please!-really-now1',
      'SECRET_KEY=${SECRET_KEY_FROM_VAULT_1!}',
      'SECRET_KEY=$(openssl rand -base64 32)',
    ],
  },
  {
    ...KEY,
    id: 'named_key',
    set: 'standard',
    hints: ['_key'],
    // Many keys of tables, caches and messages have names, too: these need a longer value, and none of those words.
    pattern:
      /(?<![A-Za-z0-9_])(?!(?:[A-Z0-9]{1,20}_){0,4}(?:PUBLIC|PUB|PRIMARY|FOREIGN|CACHE|SORT|PARTITION|STORAGE|IDEMPOTENCY|OBJECT|ROUTING|PUBLISHABLE|SITE|VERIFY|LOOKUP|INDEX|ROW|HASH|GPG|SSH|HOST|APT)_KEY)(?!AWS_)(?:[A-Z0-9]{1,20}_){1,5}KEY["']?\s?[:=]\s?["']?(?<value>[\w+/=.-]{24,200})(?![\w+/=~(-])/dg,
    positives: [`SENDER_KEY=«${letters(32)}»`, `export ACME_MAIN_KEY="«${letters(40)}»"`],
    negatives: [
      `ACME_PUBLIC_KEY=${letters(40)}`,
      `BUILD_CACHE_KEY=${letters(40)}`,
      `AWS_SECRET_ACCESS_KEY=${letters(56)}`,
      'SOME_KEY=VGhpcyBpcyBhIHNlbnRlbmNlIG9mIHdvcmRzLg==',
      'DEFAULT_KEY=settings.notifications.email.enabled2',
      'SOME_KEY=short1',
    ],
  },
  {
    ...KEY,
    id: 'bearer_header',
    set: 'standard',
    hints: ['bearer ', 'token '],
    pattern:
      /(?:authorization["'\]]{0,2}\s{0,3}[:=,]\s{0,3}["'`]?(?:bearer|token|apikey)|["'`]bearer)\s(?<value>[\w+/=.~-]{16,2000})/dgi,
    positives: [
      `Authorization: Bearer «${letters(30)}»`,
      `headers["Authorization"] = "Bearer «${letters(30)}»"`,
      `-H 'authorization: token «${letters(24)}»'`,
    ],
    negatives: ['Authorization: Bearer <token>', 'Authorization: Bearer your_token_here_1', '"Bearer authentication"'],
  },
  {
    ...KEY,
    id: 'basic_header',
    set: 'standard',
    hints: ['basic ', '"auth"', '_auth'],
    pattern:
      /(?:authorization["']?\s{0,3}[:=]\s{0,3}["']?basic\s|"auth"\s?:\s?"|:_auth\s?=\s?)(?<value>[A-Za-z0-9+/]{8,400}={0,2})/dgi,
    check: judgeBasic,
    positives: ['authorization: Basic «YWxhZGRpbjpvcGVuc2VzYW1lMQ==»', '"auth": "«YWxhZGRpbjpvcGVuc2VzYW1lMQ==»"'],
    negatives: [
      'Authorization: Basic dXNlcjpwYXNzd29yZA==',
      'Authorization: Basic authentication',
      '"auth": "enabled1"',
    ],
  },
  {
    ...KEY,
    id: 'url_key',
    set: 'standard',
    hints: ['key=', 'token=', 'secret=', 'sig=', 'signature=', 'code='],
    pattern:
      /[?&](?:(?:x-)?(?:api|access|auth|subscription|app|shared)?[-_]?(?:key|token|secret)|sig|signature|code)=(?<value>[\w%+/=.~-]{16,400})(?![\w%+/=~(-])/dgi,
    positives: [`https://api.acme.io/v1?key=«${letters(28)}»&page=2`, `/hook?token=«${letters(24)}»`],
    negatives: ['https://acme.io/?key=some-readable-name-of-page1', 'https://acme.io/?token={token_of_the_user1}'],
  },
  {
    ...KEY,
    id: 'xml_secret',
    set: 'standard',
    hints: ['key', 'token', 'secret', 'passw'],
    pattern:
      /(?:<(?:\w{0,20}[:.-])?\w{0,20}(?:key|token|secret|password|passwd)>|key="[\w.:-]{0,40}(?:key|token|secret|password)"\s{1,3}value=")(?<value>[^\s<>"]{8,200})(?=<\/|"\s?\/?>)/dgi,
    check: (value) => (judgeKey(value).confidence > 0 ? judgeKey(value) : judgePassword(value)),
    positives: [
      `<apiKey>«${letters(24)}»</apiKey>`,
      '<password>«Tr0ub4dor&3»</password>',
      `<add key="Acme.ApiKey" value="«${letters(24)}»"/>`,
    ],
    negatives: ['<password>${db.password}</password>', '<apiKey>YOUR_API_KEY_1</apiKey>', '<key>CFBundleVersion</key>'],
  },
  {
    ...KEY,
    id: 'cli_key',
    set: 'standard',
    hints: ['--'],
    pattern:
      /\s--(?:api-?|access-?|auth-?|client-?)?(?:key|token|secret)\s["']?(?<value>[\w+/=.~-]{16,200})(?![\w+/=~(-])/dgi,
    positives: [`acme deploy --token «${letters(24)}»`],
    negatives: ['acme deploy --token $ACME_TOKEN_OF_BUILD_1', 'acme --key path/to/the/private1.key'],
  },
  {
    ...PASSWORD,
    id: 'password',
    hints: [
      'passw',
      'pwd',
      'passphrase',
      'passcode',
      'pass',
      'kennwort',
      'contrase',
      'senha',
      'mot de passe',
      'wachtwoord',
    ],
    pattern: new RegExp(
      String.raw`(?:${PASSWORD_NAMES})${ASSIGNS}${QUOTE}(?=(?<value>[^\s"'${'`'},;<>(){}[\]\\]{6,128}))\k<value>(?=[\s"'${'`'},;<>)}\]\\]|$)`,
      'dgi',
    ),
    positives: [
      'password = "«hunter2!x»"',
      'PGPASSWORD=«b1rch!wood» psql',
      'my password is «Tr0ub4dor&3».',
      '--password=«q7zunami4x» --host',
      'DB_PASS=«k4ffee-kanne»',
      '{\\"password\\":\\"«hunter2!x»\\"}',
    ],
    negatives: [
      'password: string',
      'password = "password"',
      'password=${PW}',
      'the password is required',
      'password = os.environ["P1"]',
      'password = getpass1()',
      'password: self.password1',
      'password: !vault |',
      'password: $2b$12$abcdefghijklmnopqrstuv',
      'compass: north-1',
      'password: changeme1',
      "paths: ['*.password', 'users.profile.*']",
      'password: options?.password1',
    ],
  },
  {
    ...PASSWORD,
    id: 'password_of',
    hints: ['passw', 'passphrase', 'passcode', 'kennwort', 'contrase', 'mot de passe', 'senha'],
    // A sentence that names what the password is for. Words after "is" are more often about it than it, so more is asked of them.
    pattern:
      /(?:pass(?:word|phrase|code|wort)|kennwort|contraseña|senha|mot de passe)\s(?:for|to|of|für|zum?|zur|de|del|para|pour|da|do)\s(?:[\w'-]{1,20}\s){1,4}?(?:is|ist|lautet|es|est|é)(?:\snow|\sjetzt|:)?\s["'`]?(?<value>[^\s"'`<>(){}[\],;]{8,64})/dgi,
    check: (value) =>
      /\d/.test(value) && /[A-Z]|[!@#$%^&*?+=]/.test(value) && /[a-z]/.test(value)
        ? judgePassword(value)
        : { confidence: 0 },
    positives: ['the password for the router is «Tr0ub4dor&3».', 'Das Passwort für den Drucker lautet «K4ffee-Kanne»'],
    negatives: [
      'the password for the wiki is required',
      'the password for new users is 12-character',
      'the password of the admin is unknown',
    ],
  },
  {
    ...PASSWORD,
    id: 'terraform_default',
    hints: ['variable'],
    pattern:
      /variable\s"[\w-]{0,40}(?:password|passwd|secret|token|api_key|private_key)[\w-]{0,20}"\s?\{[^{}]{0,400}?\bdefault\s{0,8}=\s{0,8}"(?<value>[^"\s$]{8,200})"/dgi,
    check: (value) => (judgeKey(value).confidence > 0 ? judgeKey(value) : judgePassword(value)),
    positives: ['variable "db_password" {\n  type = string\n  default = "«k4ffee-kanne»"\n}'],
    negatives: [
      'variable "db_password" {\n  type = string\n}',
      'variable "region" { default = "eu-central-1" }',
      'variable "db_password" { default = "changeme1" }',
    ],
  },
  {
    ...PASSWORD,
    id: 'cli_password',
    hints: ['--pass', 'sshpass'],
    pattern: /(?:\s--pass(?:word|wd|phrase)?\s|sshpass\s-p\s?)["']?(?<value>[^\s"'$<>{}[\]-][^\s"'<>{}[\]]{5,127})/dg,
    positives: ['acme login --user ann --password «tr0ub4dor&3»', 'sshpass -p «k4ffee-kanne» ssh a@b'],
    negatives: ['acme login --password $PASSWORD1', 'acme login --password --user ann'],
  },
];
