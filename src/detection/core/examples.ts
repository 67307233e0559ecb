/** RFC 2606 and 6761: names that belong to nobody. */
const EMAIL = /@(?:[\w-]+\.)*(?:example\.(?:com|org|net|edu)|example|test|invalid|localhost|local)$/i;
/** RFC 5737, RFC 3849, and the addresses every machine has. */
const ADDRESS = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.|0\.0\.0\.0$|2001:0?db8:|::1?$)/i;
/** The North American numbers set aside for fiction: 555-0100 to 555-0199 in any area. */
const PHONE = /555\D{0,2}01\d{2}$/;
/** The keys in the documentation of AWS, of either kind. */
const AWS_KEY = /EXAMPLE(?:KEY)?$/;
/** The token with which jwt.io greets: of John Doe, whose number is 1234567890. */
const JWT = /^[\w-]+\.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l/;

/** Numbers the card networks and their processors publish for testing. */
const CARDS = new RegExp(
  `^(?:${[
    '4111111111111111 4242424242424242 4012888888881881 4222222222222 4000056655665556 5555555555554444 5105105105105100',
    '2223003122003222 378282246310005 371449635398431 6011111111111117 6011000990139424 3530111333300000 3566002020360505',
    '30569309025904 38520000023237 5500005555555559 5500000000000004 4000000000000002',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
);
/** The example of each country in the registry of ISO 13616 that textbooks and documentation use. */
const IBANS = new RegExp(
  `^(?:${[
    'AT611904300234573201 BE68539007547034 CH9300762011623852957 DE89370400440532013000 DK5000400440116243',
    'ES9121000418450200051332 FI2112345600000785 FR1420041010050500013M02606 GB29NWBK60161331926819 GB82WEST12345698765432',
    'IE29AIBK93115212345678 IT60X0542811101000000123456 LU280019400644750000 NL91ABNA0417164300 NO9386011117947',
    'PL61109010140000071219812874 PT50000201231234567890154 SE4550000000058398257466',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
  'i',
);
/** Numbers the Social Security Administration has withdrawn after they were printed. */
const SSN = /^(?:078051120|219099999)$/;

const RESERVED: Readonly<Record<string, RegExp>> = {
  email: EMAIL,
  ip_address: ADDRESS,
  phone: PHONE,
  aws_access_key: AWS_KEY,
  aws_secret_key: AWS_KEY,
  jwt: JWT,
  credit_card: CARDS,
  iban: IBANS,
  ssn: SSN,
  url: /^\w+:\/\/(?:[\w.-]+\.)?(?:example\.(?:com|org|net)|localhost|127\.0\.0\.1)(?=[:/?#]|$)/i,
};

const SPACED: ReadonlySet<string> = new Set(['credit_card', 'iban', 'ssn']);

/** True for values set aside for documentation and fiction: naming one tells nothing about anybody. */
export const isExample = (kind: string, value: string): boolean =>
  RESERVED[kind]?.test(SPACED.has(kind) ? value.replace(/[ -]/g, '') : value) ?? false;
