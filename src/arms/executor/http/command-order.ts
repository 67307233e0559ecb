import { UserError } from '../../../common/errors';
import { type HttpOrder, MAX_REDIRECTS, headerOf, refusal, webAddress } from './http-order';

/** What an option of `curl` or `wget` does to the request. `value` is there for options that take one. */
type Effect = (order: Draft, value: string) => void;
interface Option {
  /** Short and long spellings, with their dashes. */
  names: string[];
  takesValue?: boolean;
  effect?: Effect;
}
type Draft = Omit<HttpOrder, 'url'> & { addresses: string[] };

const seconds: Effect = (order, value) => {
  const number = Number(value);
  if (number > 0) order.timeoutMs = Math.min(order.timeoutMs ?? Infinity, number * 1000);
};
const header: Effect = (order, line) => {
  const [name, value] = headerOf(line);
  order.headers[name] = value;
};
const method: Effect = (order, value) => {
  if (value !== 'GET' && value !== 'HEAD')
    throw refusal(`The method ${value.slice(0, 20)} is not allowed here; only GET and HEAD are.`);
  order.method = value;
};
const nowhere: Effect = (_order, value) => {
  if (value === '-' || value === '/dev/stdout') return;
  throw refusal('The answer can only be printed; leave the output file out, or give -.');
};
const redirects: Effect = (order, value) => {
  order.redirects = Math.min(MAX_REDIRECTS, Math.max(0, Math.floor(Number(value)) || 0));
};
const agent: Effect = (order, value) => header(order, `User-Agent: ${value}`);

const CURL: Option[] = [
  { names: ['-s', '--silent'] },
  { names: ['-S', '--show-error'] },
  { names: ['-g', '--globoff'] },
  { names: ['-N', '--no-buffer'] },
  { names: ['-G', '--get'] },
  { names: ['-L', '--location'], effect: (order) => (order.redirects = MAX_REDIRECTS) },
  { names: ['--max-redirs'], takesValue: true, effect: redirects },
  { names: ['-I', '--head'], effect: (order) => ((order.method = 'HEAD'), (order.showHeaders = true)) },
  { names: ['-i', '--include'], effect: (order) => (order.showHeaders = true) },
  { names: ['-f', '--fail'], effect: (order) => (order.failOnError = true) },
  { names: ['-X', '--request'], takesValue: true, effect: method },
  { names: ['-H', '--header'], takesValue: true, effect: header },
  { names: ['-A', '--user-agent'], takesValue: true, effect: agent },
  { names: ['-e', '--referer'], takesValue: true, effect: (order, value) => header(order, `Referer: ${value}`) },
  { names: ['-m', '--max-time'], takesValue: true, effect: seconds },
  { names: ['--connect-timeout'], takesValue: true, effect: seconds },
  { names: ['-o', '--output'], takesValue: true, effect: nowhere },
  { names: ['--url'], takesValue: true, effect: (order, value) => void order.addresses.push(value) },
];

const WGET: Option[] = [
  { names: ['-q', '--quiet'] },
  { names: ['-nv', '--no-verbose'] },
  { names: ['-O', '--output-document'], takesValue: true, effect: nowhere },
  { names: ['-S', '--server-response'], effect: (order) => (order.showHeaders = true) },
  { names: ['--spider'], effect: (order) => (order.method = 'HEAD') },
  { names: ['--max-redirect'], takesValue: true, effect: redirects },
  { names: ['--method'], takesValue: true, effect: method },
  { names: ['--header'], takesValue: true, effect: header },
  { names: ['-U', '--user-agent'], takesValue: true, effect: agent },
  { names: ['-T', '--timeout'], takesValue: true, effect: seconds },
  { names: ['-t', '--tries'], takesValue: true },
];

/** Options that ask for what must never happen here, so that the refusal can say what it is about. */
const REASONS: [RegExp, string][] = [
  [/^(-k|--insecure|--no-check-certificate)$/, 'certificates are always checked'],
  [/^(-x|--proxy.*|--preproxy|--socks.*|-e|--execute)$/, 'no proxy may be used and no setting changed'],
  [/^(-K|--config|-q|--disable)$/, 'no configuration file is read'],
  [
    /^(-T|--upload-file|-F|--form.*|-d|--data.*|--json|--post-.*|--body-.*)$/,
    'nothing is uploaded; use the http action with POST',
  ],
  [/^(-O|--remote-name.*|-J|-P|--directory-prefix|-a|--append-output)$/, 'the answer can only be printed'],
  [/^(-i|--input-file|-b|--cookie|-c|--cookie-jar|--load-cookies|--netrc.*|-n)$/, 'no file is read or written'],
  [
    /^(--resolve|--connect-to|--interface|--unix-socket|--abstract-unix-socket|--dns-.*|--doh-.*)$/,
    'the connection is ours to choose',
  ],
];

const unknown = (command: string, options: Option[], name: string): UserError => {
  const reason = REASONS.find(([pattern]) => pattern.test(name))?.[1];
  const known = options.map(({ names }) => names.join('/')).join(' ');
  return refusal(
    `${command} ${name.slice(0, 40)} is not allowed${reason === undefined ? '' : `: ${reason}`}. Served are: ${known}.`,
  );
};

/** Takes `-sSLH 'A: b'` apart: letters without a value may be joined, and the last may have its value joined on. */
const short = (options: Option[], arg: string): { option: Option; value?: string }[] | undefined => {
  const found: { option: Option; value?: string }[] = [];
  for (let at = 1; at < arg.length; at += 1) {
    const option = options.find(({ names }) => names.includes(`-${arg.charAt(at)}`));
    if (option === undefined) return undefined;
    const value = arg.slice(at + 1);
    if (option.takesValue === true) return [...found, { option, ...(value !== '' && { value }) }];
    found.push({ option });
  }
  return found;
};

const long = (options: Option[], arg: string): { option: Option; value?: string }[] | undefined => {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
  const option = options.find(({ names }) => names.includes(name));
  if (option === undefined || (value !== undefined && option.takesValue !== true)) return undefined;
  return [{ option, ...(value !== undefined && { value }) }];
};

/** The request that a `curl` or `wget` command line means. Both are carried out by our own client: the sandbox has no network. */
export const commandOrder = (command: 'curl' | 'wget', args: readonly string[]): HttpOrder => {
  const options = command === 'curl' ? CURL : WGET;
  const draft: Draft = {
    method: 'GET',
    headers: { 'user-agent': `${command} (OctoLLM)` },
    redirects: command === 'curl' ? 0 : MAX_REDIRECTS,
    showHeaders: false,
    failOnError: command === 'wget',
    addresses: [],
  };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') {
      draft.addresses.push(arg);
      continue;
    }
    const whole = options.some(({ names }) => names.includes(arg));
    const uses = arg.startsWith('--') || whole ? long(options, arg) : short(options, arg);
    if (uses === undefined)
      throw unknown(command, options, arg.startsWith('--') ? (arg.split('=', 1)[0] ?? arg) : badLetter(options, arg));
    for (const { option, value } of uses) {
      const given = value ?? (option.takesValue === true ? args[(at += 1)] : '');
      if (given === undefined) throw unknown(command, options, `${arg} (without a value)`);
      option.effect?.(draft, given);
    }
  }
  const { addresses, ...order } = draft;
  const [address, ...more] = addresses;
  if (address === undefined || more.length > 0) {
    throw new UserError('validation_error', `${command}: give exactly one address.`, {
      details: { field: 'args', constraint: 'one address' },
    });
  }
  return { ...order, url: webAddress(address) };
};

/** The first letter of a joined option that is not served. */
const badLetter = (options: Option[], arg: string): string => {
  const letter = Array.from(arg.slice(1)).find((each) => !options.some(({ names }) => names.includes(`-${each}`)));
  return letter === undefined ? arg : `-${letter}`;
};
