import { type Server, createServer } from 'node:http';
import { type AddressInfo, connect, isIP } from 'node:net';
import { Agent } from 'undici';
import { UserError } from '../../src/common/errors';
import { type Address, GuardedHttp } from '../../src/arms/executor/http/guarded-http.service';
import { httpOrder } from '../../src/arms/executor/http/http-order';
import { type EvalOptions, itemMeasures, readText, type Row } from './report';

/** Where every name leads but those of `PUBLIC`: as if whoever wrote the address also owned the name server. */
const INSIDE = '169.254.169.254';
/** Stands for every server outside; a range kept for documentation would not count as public. */
const OUTSIDE = '93.184.216.34';
const PUBLIC = /(^|\.)(google\.com|example\.(com|org))$/;

/** Our client on a wire of its own: whatever it connects to is a listener of this process, and where it meant to go is noted. */
class WatchedHttp extends GuardedHttp {
  readonly connections: string[] = [];

  constructor(private readonly port: number) {
    super();
  }

  protected override resolve(hostname: string): Promise<Address[]> {
    const family = isIP(hostname);
    if (family !== 0) return Promise.resolve([{ address: hostname, family }]);
    return Promise.resolve([{ address: PUBLIC.test(hostname) ? OUTSIDE : INSIDE, family: 4 }]);
  }

  protected override agentFor(addresses: Address[]): Agent {
    return new Agent({
      connect: (_options, done) => {
        this.connections.push(...addresses.map(({ address }) => address));
        const socket = connect(this.port, '127.0.0.1', () => done(null, socket));
        socket.once('error', (error) => done(error, null));
      },
    });
  }
}

interface Fate {
  /** Something inside was connected to. */
  leaked: boolean;
  refused: boolean;
}

const CLOCK_MS = 10_000;

const ask = async (port: number, url: string): Promise<Fate> => {
  const http = new WatchedHttp(port);
  let refused = false;
  try {
    // Every host may be asked: a list of hosts would hide what the addresses show.
    const bounds = { hosts: undefined, signal: new AbortController().signal, timeoutMs: CLOCK_MS };
    await http.send({ ...httpOrder([url]), failOnError: false }, bounds);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    refused = true;
  }
  return { refused, leaked: http.connections.some((address) => address !== OUTSIDE) };
};

/** Redirects `/to?<address>` there, and answers everything else. */
const listen = async (): Promise<{ server: Server; port: number }> => {
  const server = createServer((request, response) => {
    const to = /^\/to\?(.*)$/.exec(request.url ?? '')?.[1];
    if (to === undefined) response.end('reached');
    // As a server does that knows nothing of encodings: the bytes as they are.
    else response.writeHead(302, { location: Buffer.from(decodeURIComponent(to)).toString('latin1') }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
};

/** An address that is itself public and leads on to the given one. */
const viaRedirect = (url: string): string => `http://www.example.com/to?${encodeURIComponent(url)}`;

/** Addresses in a text, and those of names that it looks up. */
const addressesIn = (text: string): string[] => {
  const ticked = Array.from(text.matchAll(/`(https?:\/\/[^`]+)`/g), ([, url = '']) => url);
  const bare = Array.from(text.matchAll(/^(https?:\/\/\S+)/gm), ([, url = '']) => url);
  const names = Array.from(text.matchAll(/^nslookup (\S+)/gm), ([, name = '']) => `http://${name}/`);
  const numbers = Array.from(text.matchAll(/^(\S+) => 127\.0\.0\.1/gm), ([, host = '']) => `http://${host}/`);
  return [...new Set([...ticked, ...bare, ...names, ...numbers])];
};

const INNER = [
  '127.0.0.1',
  '127.127.127.127',
  '10.0.0.1',
  '172.16.5.4',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
];
const MORE = ['0.0.0.0', '192.0.0.192', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'];
const SIXES = [
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  '2001:db8::1',
  'ff02::1',
  '64:ff9b:1::1',
  '100::1',
];

/** All the spellings of an IPv4 address that some reader of addresses takes. */
const spellings = (address: string): string[] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  const pair = [`${hex(a)}${hex(b)}`, `${hex(c)}${hex(d)}`].join(':');
  const wide = Array.from(address, (sign) =>
    sign === '.' ? '\u3002' : String.fromCodePoint(sign.charCodeAt(0) + 0xfee0),
  );
  const hosts = [
    address,
    `${address}.`,
    String(whole),
    `0x${whole.toString(16)}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((part) => `0x${hex(part)}`).join('.'),
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    address.replace('.', '%2e'),
    wide.join(''),
    `[::ffff:${address}]`,
    `[::ffff:${pair}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[2002:${pair}::1]`,
    `[2001:0:${pair}::1]`,
  ];
  return [...hosts.map((host) => `http://${host}/`), `http://www.example.com@${address}/`, `http://${address}:22/`];
};

const GENERATED = [...[...INNER, ...MORE].flatMap(spellings), ...SIXES.map((address) => `http://[${address}]/`)];
const CONTROLS = [
  'http://www.example.com/',
  'http://example.org:8080/a?b=c',
  'http://google.com:80/',
  `http://${OUTSIDE}/`,
  viaRedirect('http://example.org/next'),
];

/** Each address by itself, and behind a redirect of a public server. */
export const ssrfRows = async (data: string, { verbose }: EvalOptions): Promise<Row[]> => {
  const { server, port } = await listen();
  const controls: boolean[] = [];
  for (const url of CONTROLS) controls.push((await ask(port, url)).refused);
  const row = async (set: string, urls: readonly string[]): Promise<Row> => {
    const held: boolean[] = [];
    for (const url of urls.flatMap((each) => [each, viaRedirect(each)])) {
      const { leaked } = await ask(port, url);
      held.push(!leaked);
      if (verbose && leaked) console.log('leak', url);
    }
    const targets = [
      { measure: 'recall', atLeast: 1 },
      { measure: 'falsePositives', atMost: 0 },
    ] as const;
    return { set, items: held.length + controls.length, ...itemMeasures(held, controls), targets };
  };
  try {
    const rows: Row[] = [];
    for (const file of ['SSRF-Testing__README.md', 'SSRF-Testing__cloud-metadata.txt']) {
      const text = readText(data, `ssrf/${file}`);
      if (text !== undefined) rows.push(await row(`ssrf: ${file}, kept inside`, addressesIn(text)));
    }
    rows.push(await row('ssrf: spellings of inner addresses (generated)', GENERATED));
    return rows;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
