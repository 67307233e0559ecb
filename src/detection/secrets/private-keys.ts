import type { Detector } from '../core/detector';
import { judgeJwt, judgePrivateKey } from './judgements';
import { letters } from './key-shape';

/** A key of RSA with 8192 bits takes 6,400 characters; the keys of several people may stand in one block of PGP. */
const LONGEST_KEY = 16_384;

const PEM: Pick<Detector, 'kind' | 'label' | 'severity' | 'set' | 'placeholder' | 'context'> = {
  kind: 'private_key',
  label: 'GenericAPIKey',
  severity: 'high',
  set: 'strict',
  placeholder: '[PRIVATE-KEY-REDACTED]',
  context: [],
};

/** Keys that sign and decrypt, and tokens that are signed. */
export const PRIVATE_KEYS: readonly Detector[] = [
  {
    ...PEM,
    id: 'private_key',
    hints: ['private key'],
    pattern: new RegExp(
      `-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,${LONGEST_KEY}}(?:-----END [A-Z0-9 ]{1,40}-----)?`,
      'g',
    ),
    check: judgePrivateKey,
    positives: [
      `«-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n${letters(40)}\n-----END RSA PRIVATE KEY-----»\n`,
      `{"key":"«-----BEGIN PRIVATE KEY-----\\n${letters(64)}\\n-----END PRIVATE KEY-----»"}`,
      `«-----BEGIN ENCRYPTED PRIVATE KEY-----\n${letters(64)}\n-----END ENCRYPTED PRIVATE KEY-----»`,
      `«-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n${letters(64)}\n-----END PGP PRIVATE KEY BLOCK-----»`,
    ],
    negatives: [
      '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
      `-----BEGIN PUBLIC KEY-----\n${letters(128)}\n-----END PUBLIC KEY-----`,
      `-----BEGIN CERTIFICATE-----\n${letters(128)}\n-----END CERTIFICATE-----`,
      `-----BEGIN PGP PUBLIC KEY BLOCK-----\n${letters(128)}\n-----END PGP PUBLIC KEY BLOCK-----`,
    ],
  },
  {
    ...PEM,
    id: 'ssh2_private_key',
    hints: ['begin ssh0', 'private-lines'],
    pattern:
      /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?:[^-]|-(?!---)){64,16384}(?:---- END SSH2 ENCRYPTED PRIVATE KEY ----)?|Private-Lines: \d{1,3}\r?\n(?:[A-Za-z0-9+/=]{1,80}\r?\n){1,128}/g,
    check: () => ({ confidence: 1 }),
    positives: [
      `«---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n${letters(80)}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----»`,
      `PuTTY-User-Key-File-3: ssh-rsa\n«Private-Lines: 2\n${letters(64)}\n${letters(40)}\n»Private-MAC: 0`,
    ],
    negatives: [`---- BEGIN SSH2 PUBLIC KEY ----\n${letters(80)}`, 'Private-Lines: none'],
  },
  {
    ...PEM,
    id: 'jwk_private',
    hints: ['"kty"'],
    // RFC 7518: `d` is the private part of every kind of key with two halves.
    pattern: /"kty"\s?:\s?"(?:RSA|EC|OKP)"(?:(?!"kty")[^{}]){0,1024}"d"\s?:\s?"(?<value>[\w-]{40,1000})"/dg,
    check: () => ({ confidence: 1 }),
    positives: [`{"kty":"EC","crv":"P-256","x":"${letters(43)}","d":"«${letters(43)}»"}`],
    negatives: [`{"kty":"EC","crv":"P-256","x":"${letters(43)}","y":"${letters(43)}"}`],
  },
  {
    id: 'jwt',
    kind: 'jwt',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[TOKEN-REDACTED]',
    hints: ['eyj'],
    // Three parts when it is signed (RFC 7515), five when it is encrypted (RFC 7516).
    pattern: /(?<![\w-])eyJ[\w-]{10,2000}\.[\w-]{4,8000}\.[\w-]{10,2000}(?:\.[\w-]{10,8000}\.[\w-]{10,64})?/g,
    check: judgeJwt,
    context: [],
    positives: [
      `Bearer «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${letters(43)}»`,
      `«eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.${letters(43)}.${letters(16)}.${letters(60)}.${letters(22)}»`,
    ],
    negatives: ['eyJhbGciOiJIUzI1NiJ9', `eyJub3QganNvbg.eyJzdWIiOiIxIn0.${letters(43)}`],
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
];
