import { entropy } from './checksums';
import type { Detector, Judgement } from './detector';
import { SERVICE_KEYS } from './service-keys';

const NO: Judgement = { confidence: 0 };
const SURE: Judgement = { confidence: 1 };

/** What people write where a secret would go: template variables, runs of one character, the usual stand-ins. */
const PLACEHOLDER =
  /\$\{|\{\{|^\{|^<|%\(|^\$[A-Za-z_(]|^%\w+%$|x{4,}|\*{3,}|\.{3,}|^(.)\1+$|(?:^|[^a-z])(?:your|my|some)[-_ ]?(?:own[-_ ])?(?:api|secret|key|token|pass|password|client)|placeholder|change[-_]?me|redacted|dummy|example|sample|insert|replace[-_]?(?:me|with)|not[-_]?a[-_]?real|^process\.env|^os\.environ|^(?:null|none|undefined|true|false)$/i;
/** Passwords that stand for "a password" in every tutorial. */
const STAND_IN = /^(?:(?:my|your|the|db|user)?[-_]?(?:password|passwd|pwd|secret)|password\d?|test|guest)$/i;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|host\.docker\.internal)(?![\w.-])/i;

const isHexOrUuid = (value: string): boolean =>
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value) || /^(?:sha\d+[-:])/i.test(value);

/** Random enough for a key: letters and digits mixed, and not a path, a name or a hash label. */
const judgeKey = (value: string): Judgement => {
  if (PLACEHOLDER.test(value) || isHexOrUuid(value)) return NO;
  const mixed = /[a-z]/i.test(value) && /\d/.test(value);
  if (!mixed || /^[\w.]+\(|^(?:[a-z]+[._/-])+[a-z]+\d?$/i.test(value)) return NO;
  return { confidence: entropy(value) >= 3 ? 0.9 : 0 };
};

const judgePassword = (value: string): Judgement => {
  if (PLACEHOLDER.test(value) || STAND_IN.test(value) || /^[\w.]+[([]/.test(value)) return NO;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value)).length;
  return { confidence: classes >= 2 && entropy(value) >= 2.5 && /[\d!@#$%^&*?+=]/.test(value) ? 0.9 : 0 };
};

/** `scheme://user:password@host`: the password may itself contain an `@`, the host may not. */
const judgeCredentials = (value: string): Judgement => {
  const rest = value.slice(value.indexOf('://') + 3);
  const at = rest.lastIndexOf('@');
  const password = rest.slice(rest.indexOf(':') + 1, at);
  if (PLACEHOLDER.test(password) || STAND_IN.test(password) || /PASS|<|^\[/.test(password)) return NO;
  if (LOOPBACK.test(rest.slice(at + 1)) && /^[a-z]{1,10}$/i.test(password)) return NO;
  return { confidence: 0.9 };
};

const judgePrivateKey = (value: string): Judgement => {
  const body = value.replace(/-----[^-]{0,64}-----/g, '').replace(/\\[rn]|\s/g, '');
  return (body.match(/[A-Za-z0-9+/=]/g)?.length ?? 0) >= 64 ? SURE : NO;
};

const judgeJwt = (value: string): Judgement => {
  try {
    const header: unknown = JSON.parse(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header ? SURE : NO;
  } catch {
    return NO;
  }
};

const body = (length: number): string => 'Qz7Kx2Vn9Lb4Tf8Rw3Hd6Mj1Pc5Sg'.repeat(8).slice(0, length);

/** Shapes that belong to no single service. */
const GENERAL: readonly Detector[] = [
  {
    id: 'private_key',
    kind: 'private_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[PRIVATE-KEY-REDACTED]',
    hints: ['private key'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,8192}(?:-----END [A-Z0-9 ]{1,40}-----)?/g,
    check: judgePrivateKey,
    context: [],
    positives: [
      `«-----BEGIN RSA PRIVATE KEY-----\n${body(64)}\n${body(40)}\n-----END RSA PRIVATE KEY-----»\n`,
      `{"key":"«-----BEGIN PRIVATE KEY-----\\n${body(64)}\\n-----END PRIVATE KEY-----»"}`,
    ],
    negatives: ['-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----', '-----BEGIN PUBLIC KEY-----'],
  },
  {
    id: 'jwt',
    kind: 'jwt',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[TOKEN-REDACTED]',
    hints: ['eyj'],
    pattern: /(?<![A-Za-z0-9-])eyJ[\w-]{10,2000}\.eyJ[\w-]{4,8000}\.[\w-]{10,2000}/g,
    check: judgeJwt,
    context: [],
    positives: [`Bearer «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${body(43)}»`],
    negatives: ['eyJhbGciOiJIUzI1NiJ9', `eyJub3QganNvbg.eyJzdWIiOiIxIn0.${body(43)}`],
  },
  {
    id: 'database_connection',
    kind: 'database_connection_string',
    severity: 'high',
    set: 'standard',
    placeholder: '[DB-CONNECTION-REDACTED]',
    hints: ['://'],
    pattern:
      /(?<![A-Za-z])(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse|couchdb|neo4j|bolt|ldaps?|nats|kafka)(?:\+\w{1,12})?:\/\/[^\s:@/"'`<>]{0,128}:[^\s"'`<>]{1,256}@[^\s"'`<>@,)]{1,256}/gi,
    check: judgeCredentials,
    context: [],
    positives: [
      'DATABASE_URL=«postgres://app:s3cr3t-9@db.acme.io:5432/app»',
      '"«mongodb+srv://u:p@ss7word@cluster0.acme.net/x?w=1»"',
      '«redis://:k7Gh22pq@cache:6379»',
    ],
    negatives: [
      'postgres://user:${PASSWORD}@db/x',
      'mysql://username:password@localhost/db',
      'postgres://localhost:5432/db',
      'mongodb://<user>:<pass>@host',
    ],
  },
  {
    id: 'database_connection_words',
    kind: 'database_connection_string',
    severity: 'high',
    set: 'standard',
    placeholder: '[PASSWORD-REDACTED]',
    hints: ['jdbc:', 'password=', 'pwd='],
    pattern:
      /(?:jdbc:[^\s"'`]{0,200}|(?:server|data source|host)=[^"'`\n]{1,200})(?:password|pwd)=(?<value>[^\s;,&)"'`]{1,128})/dgi,
    check: (value) => (PLACEHOLDER.test(value) || STAND_IN.test(value) ? NO : { confidence: 0.9 }),
    context: [],
    positives: [
      'Server=db;Database=x;User Id=sa;Password=«Xy7!kpq2»;Encrypt=true',
      'jdbc:mysql://h/d?user=a&password=«t0psecr»',
    ],
    negatives: ['Server=db;Password=${DB_PASSWORD};', 'jdbc:mysql://h/d?user=a'],
  },
  {
    id: 'url_credentials',
    kind: 'password_value',
    severity: 'high',
    set: 'standard',
    placeholder: '[URL-CREDENTIALS-REDACTED]',
    hints: ['://'],
    pattern:
      /(?<![A-Za-z])(?:https?|ftps?|sftp|ssh|smtps?|git|svn|wss?):\/\/[^\s:@/"'`<>?#]{1,128}:[^\s"'`<>/?#]{1,128}@[^\s"'`<>@/?#:)]{1,253}/gi,
    check: judgeCredentials,
    context: [],
    positives: ['clone «https://bot:c0pperK3ttle@git.acme.io»/x.git', '(«ftp://ann:tr0ub4@files.acme.io»)'],
    negatives: ['https://${user}:${pass}@acme.io', 'https://acme.io:8443/a@b', 'https://username:password@acme.io'],
  },
  {
    id: 'generic_api_key',
    kind: 'generic_api_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[API-KEY-REDACTED]',
    hints: ['key', 'secret', 'token', 'credential', 'bearer', 'auth'],
    pattern:
      /(?:api[-_ ]?key|apikey|(?<!aws[-_])secret(?:[-_]?(?:access[-_]?)?key)?|(?<!aws[-_]secret[-_])(?:access|auth|bearer|refresh|session|client|private|signing|encryption|master)[-_ ]?(?:key|token|secret)|token|credentials?)["'\]]{0,2}\s{0,3}(?:=>|:=|={1,3}|:|\bis\b)\s{0,3}(?:bearer\s)?["'`]?(?<value>[\w+/=.~-]{16,200})(?![\w+/=~(-])/dgi,
    check: judgeKey,
    context: [],
    positives: [
      `api_key = "«${body(24)}»"`,
      `clientSecret: '«${body(32)}»',`,
      `AUTH_TOKEN=«${body(20)}»`,
      `my API key is «${body(24)}»`,
    ],
    negatives: [
      'api_key = "YOUR_API_KEY_GOES_HERE_1"',
      'token = get_token_from_vault_2(x)',
      'secret: 0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35',
      'token: string; key: number',
      'const token = request.headers.authorization2',
      'api_key=${API_KEY_FROM_ENVIRONMENT1}',
      'token=aaaaaaaaaaaaaaaaaaaaaaaa1',
    ],
  },
  {
    id: 'bearer_header',
    kind: 'generic_api_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'standard',
    placeholder: '[API-KEY-REDACTED]',
    hints: ['bearer ', 'basic '],
    pattern: /authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s(?<value>[\w+/=.~-]{12,2000})/dgi,
    check: judgeKey,
    context: [],
    positives: [`Authorization: Bearer «${body(30)}»`, 'authorization: Basic «YWxhZGRpbjpvcGVuc2VzYW1lMQ==»'],
    negatives: ['Authorization: Bearer <token>', 'Authorization: Bearer your_token_here_1'],
  },
  {
    id: 'password',
    kind: 'password_value',
    severity: 'high',
    set: 'standard',
    placeholder: '[PASSWORD-REDACTED]',
    hints: ['passw', 'pwd', 'passphrase'],
    pattern:
      /(?:password|passwd|passphrase|pwd|passwort)["'\]]{0,2}\s{0,3}(?:=>|:=|={1,3}|:|\bis\b)\s{0,3}["'`]?(?<value>[^\s"'`,;<>(){}[\]]{6,128}?)(?=[.?!]?(?:[\s"'`,;<>)}\]]|$))/dgi,
    check: judgePassword,
    context: [],
    positives: [
      'password = "«hunter2!x»"',
      'PGPASSWORD=«b1rch!wood» psql',
      'my password is «Tr0ub4dor&3».',
      '--password=«q7zunami4x» --host',
    ],
    negatives: [
      'password: string',
      'password = "password"',
      'password=${PW}',
      'the password is required',
      'password = os.environ["P1"]',
      'password = getpass1()',
    ],
  },
  {
    id: 'wallet_key',
    kind: 'private_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'standard',
    placeholder: '[PRIVATE-KEY-REDACTED]',
    hints: ['0x'],
    // Transaction and block hashes have the same shape: a word near by must say that it is a key.
    pattern: /(?<![\w])0x[0-9a-fA-F]{64}(?!\w)/g,
    check: (value) => ({ confidence: /^0x(.)\1+$/.test(value) ? 0 : 0.7 }),
    context: ['private ?key', 'wallet', 'secret', 'signer', 'mnemonic', 'priv(?:_|k)', 'secp256k1'],
    positives: [`private key: «0x${'5be1d07a93c2f846'.repeat(4)}»`],
    negatives: [`transaction 0x${'5be1d07a93c2f846'.repeat(4)} was mined`, `wallet 0x${'0'.repeat(64)}`],
  },
  {
    id: 'azure_identity',
    kind: 'cloud_identity',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[CLOUD-ID-REDACTED]',
    hints: ['tenant', 'client', 'subscription'],
    pattern:
      /(?:tenant|client|subscription)[-_ ]?id["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?(?<value>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])/dgi,
    context: [],
    positives: ['AZURE_TENANT_ID=«0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35»'],
    negatives: ['request_id: 0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35', 'client_id = ""'],
  },
  {
    id: 'aws_account',
    kind: 'cloud_identity',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[CLOUD-ID-REDACTED]',
    hints: ['account', 'arn:aws'],
    pattern:
      /(?:aws[-_ ]?account(?:[-_ ]?id)?["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?|arn:aws[\w-]{0,10}:[\w-]{1,30}:[\w-]{0,20}:)(?<value>\d{4}-?\d{4}-?\d{4})(?![\w-])/dgi,
    context: [],
    positives: ['"AWS_ACCOUNT_ID" => "«1234-5678-9012»"', 'arn:aws:iam::«123456789012»:role/x'],
    negatives: ['account 123456789012', 'arn:aws:s3:::bucket'],
  },
];

/** Keys, passwords and what carries them. */
export const SECRETS: readonly Detector[] = [...SERVICE_KEYS, ...GENERAL];
