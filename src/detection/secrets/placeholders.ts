/** Template variables and references: the secret itself is somewhere else. */
const REFERENCE =
  /\$\{|\{\{|^[{<[]|%\(|^\$(?:[A-Za-z_(]|$)|^%\w+%$|^!\w{2,16}$|^@\w+\(|^(?:op|vault|ssm|secretsmanager|secretmanager|keyvault|arn|projects|ref|env|file|sops|kms|sealed|encrypted|base64)[:/]|^ENC[[(]|^(?:process|os|import\.meta)\.?env|^_{0,2}(?:self|this|config|conf|cfg|options|opts|settings|env|req|request|res|response|args|params|props|users?|data|body|ctx|context|state|form|input|event|app|secrets?|vars?|local|module|each|output|steps|inputs|github|values|credentials?|client|session|account)\??\.[\w*]/i;

/** A hash of a password in the formats of crypt(3) and LDAP. */
const PASSWORD_HASH =
  /^\$(?:2[abxy]?|[156y]|argon2\w{1,2}|pbkdf2[\w-]*|scrypt|apr1)\$|^\{(?:SSHA|SHA|CRYPT|BCRYPT)\w*\}|^pbkdf2_/i;

/** What people write where a secret would go. */
const STAND_IN =
  /x{4,}|\*{3,}|•{3,}|\.{3,}|_{4,}|#{4,}|^(.)\1+$|(?:^|[^a-z])(?:your|my|some|the)[-_ ]?(?:own[-_ ]|new[-_ ])?(?:api|secret|key|token|access|auth|pass|password|client|private)|placeholder|change[-_ ]?(?:me|it|this)|redacted|dummy|example|sample|insert|replace[-_]?(?:me|with|this)|todo|fixme|goes[-_]here|[-_]here$|not[-_]?(?:a[-_]?)?(?:real|secret)|^(?:null|none|nil|undefined|true|false|string|changed)$/i;

/** Passwords that stand for "a password" in every tutorial. */
const TUTORIAL_PASSWORD =
  /^(?:(?:my|your|the|db|user|super|test|new|old|some|secure|strong)?[-_]?(?:password|passwd|passphrase|pwd|secret)|password\d?|test\d{0,3}|guest|foobar|12345\d{0,5}|qwerty|letmein)$/i;

const UUID = /^[{(]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[})]?$/i;
/** Names of algorithms before a digest, as in lock files, images and certificates. */
const DIGEST = /^(?:sha\d{1,3}|md5|blake2\w?|h1|crc32)[-:=_]/i;
/** ASN.1 certificates and public keys in Base64, and public keys of SSH. */
const PUBLIC = /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|MIIBIjAN|MIGfMA0G|MFkwEwYH|MCowBQYD|pk_(?:live|test)_|pk\.eyJ)/;

const SHORTEST_SEQUENCE = 8;

/** Whether at least half of the text goes up or down by one, as `abcdefgh` and `12345678` do. */
const isSequence = (text: string): boolean => {
  let inOrder = 0;
  let step = 0;
  let run = 1;
  for (let i = 1; i <= text.length; i++) {
    const by = text.charCodeAt(i) - text.charCodeAt(i - 1);
    if (Math.abs(by) === 1 && (by === step || run === 1)) run++;
    else {
      if (run >= SHORTEST_SEQUENCE) inOrder += run;
      run = Math.abs(by) === 1 ? 2 : 1;
    }
    step = by;
  }
  return inOrder * 2 >= text.length && inOrder > 0;
};

/** One piece of at most eight characters, over and over. */
const isRepeated = (text: string): boolean => /^(.{1,8}?)\1{2,}.{0,7}$/.test(text);

/** Base64 of a sentence: its bytes are printable and some are spaces, which those of a random key never are. */
const isEncodedSentence = (text: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(text) &&
  /^[\x20-\x7e\n]* [\x20-\x7e\n]*$/.test(Buffer.from(text, 'base64').toString('latin1'));

/** Whether the text stands for a key but is none: a template variable, a reference, a digest, a public key, filler. */
export const isPlaceholder = (text: string): boolean =>
  REFERENCE.test(text) ||
  STAND_IN.test(text) ||
  UUID.test(text) ||
  DIGEST.test(text) ||
  PUBLIC.test(text) ||
  isSequence(text) ||
  isEncodedSentence(text) ||
  isRepeated(text);

/** Whether the text stands for a password but is none, or only a hash of one. */
export const isNoPassword = (text: string): boolean =>
  REFERENCE.test(text) || PASSWORD_HASH.test(text) || STAND_IN.test(text) || TUTORIAL_PASSWORD.test(text);

/** Whether the text is filler, as documentation writes it into the shape of a real key: `ghp_xxxxxxxxxxxx`. */
export const isFiller = (text: string): boolean => /x{8,}|\*{4,}|_{8,}/i.test(text);

const VOWEL = /[aeiouy]/gi;
/** A random text of letters has long runs without a vowel; words of most languages do not. */
const NO_VOWELS = /[bcdfghjklmnpqrstvwxz]{5,}/i;
const WORD_LENGTH = 3.5;
const MOST_NUMBERS = 2;

/** Whether a text that mixes letters and digits is made of words: `oauth2ClientName`, `prod-db-credentials-v2`. */
export const isIdentifier = (text: string): boolean => {
  const words = text.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter((word) => word !== '');
  const letters = words.join('').length;
  const vowels = (text.match(VOWEL)?.length ?? 0) / letters;
  const numbers = text.match(/\d+/g)?.length ?? 0;
  return (
    letters >= words.length * WORD_LENGTH &&
    numbers <= MOST_NUMBERS &&
    vowels > 0.2 &&
    vowels < 0.6 &&
    !NO_VOWELS.test(text)
  );
};
