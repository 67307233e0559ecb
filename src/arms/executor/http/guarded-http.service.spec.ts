import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GuardedHttp } from './guarded-http.service';
import { type HttpOrder, httpOrder } from './http-order';

/** Names that this test's name server knows. */
const NAMES: Record<string, string[]> = {
  'good.example.com': ['127.0.0.1'],
  'other.example.com': ['127.0.0.1'],
  'inner.example.com': ['127.0.0.1', '10.0.0.1'],
  'local.example.com': ['127.0.0.2'],
};

/** Takes this machine for the public internet, and nothing else of it. */
class LocalHttp extends GuardedHttp {
  protected override resolve(hostname: string) {
    const addresses = NAMES[hostname] ?? (/^[\d.]+$/.test(hostname) ? [hostname] : []);
    return Promise.resolve(addresses.map((address) => ({ address, family: 4 })));
  }
  protected override isAllowedAddress(address: string): boolean {
    return address === '127.0.0.1';
  }
}

let server: Server;
let port: number;
let asked: { url: string; method: string; host: string; authorization: string | undefined; body: string }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { url = '', method = '', headers } = request;
      asked.push({ url, method, host: headers.host ?? '', authorization: headers.authorization, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
  answer = (_, response) => response.end('hello');
});

const HOSTS = ['*.example.com'];
const http = new LocalHttp();
const at = (host: string, path = '/'): string => `http://${host}:${port}${path}`;
const send = (
  words: string[],
  {
    hosts = HOSTS,
    granted,
    timeoutMs = 5_000,
    signal = new AbortController().signal,
    ...more
  }: Partial<HttpOrder> & { hosts?: string[] | undefined; granted?: string[]; signal?: AbortSignal } = {},
) => http.send({ ...httpOrder(words), ...more }, { hosts, granted, timeoutMs, signal });
const denied = expect.objectContaining({ code: 'capability_denied' });

it('hands back what a listed host answers', async () => {
  expect(await send([at('good.example.com', '/a?b=1')])).toEqual({
    exitCode: 0,
    stdout: 'hello',
    stderr: '',
    truncated: false,
    httpStatus: 200,
  });
  expect(asked).toEqual([expect.objectContaining({ url: '/a?b=1', method: 'GET', host: `good.example.com:${port}` })]);
});

it('sends a body with POST, and none with HEAD', async () => {
  await send(['POST', at('good.example.com'), '{"a":1}']);
  await send(['HEAD', at('good.example.com')]);
  expect(asked.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{"a":1}'],
    ['HEAD', ''],
  ]);
});

it.each([
  ['a host off the list', 'elsewhere.org'],
  ['an address off the list', '127.0.0.1'],
  ['a listed name with one address inside', 'inner.example.com'],
  ['a listed name of this machine', 'local.example.com'],
])('never asks %s', async (_, host) => {
  await expect(send([at(host)])).rejects.toEqual(denied);
  expect(asked).toEqual([]);
});

it('asks only hosts that the grant is good for, and follows no redirect to another', async () => {
  const granted = ['good.example.com'];
  expect((await send([at('good.example.com')], { granted })).exitCode).toBe(0);
  await expect(send([at('other.example.com')], { granted })).rejects.toMatchObject({
    message: 'The host other.example.com is not allowed: the token is good for good.example.com alone.',
  });
  await expect(send([at('good.example.com')], { granted, hosts: [] })).rejects.toEqual(denied);
  answer = (_, response) => response.writeHead(302, { location: at('other.example.com') }).end();
  await expect(send([at('good.example.com')], { granted })).rejects.toEqual(denied);
  expect(asked.map(({ host }) => host)).toEqual([`good.example.com:${port}`, `good.example.com:${port}`]);
});

it('asks no host at all when none is listed, and every public one when all may be asked', async () => {
  await expect(send([at('good.example.com')], { hosts: [] })).rejects.toMatchObject({
    message: expect.stringContaining('EXECUTOR_HOSTS'),
  });
  const all = { hosts: undefined, timeoutMs: 5_000, signal: new AbortController().signal };
  expect((await http.send(httpOrder([at('127.0.0.1')]), all)).exitCode).toBe(0);
  await expect(http.send(httpOrder([at('127.0.0.2')]), all)).rejects.toEqual(denied);
});

it('connects to the address that was checked, not to a second answer of the name server', async () => {
  const rebinding = new (class extends GuardedHttp {
    calls = 0;
    protected override resolve() {
      this.calls += 1;
      return Promise.resolve([{ address: this.calls === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
    }
    protected override isAllowedAddress(address: string): boolean {
      return address === '127.0.0.1';
    }
  })();
  const outcome = await rebinding.send(httpOrder([at('rebind.example.com')]), {
    hosts: HOSTS,
    timeoutMs: 5_000,
    signal: new AbortController().signal,
  });
  expect([outcome.stdout, rebinding.calls]).toEqual(['hello', 1]);
});

describe('redirects', () => {
  const redirect = (to: string, status = 302): void => {
    answer = (request, response) => {
      if (request.url !== '/start') response.end('arrived');
      else response.writeHead(status, { location: to }).end('moved');
    };
  };

  it('are followed, without credentials to another host and with them on the same', async () => {
    redirect(at('other.example.com', '/next'));
    const headers = { authorization: 'Bearer x' };
    expect((await send([at('good.example.com', '/start')], { headers })).stdout).toBe('arrived');
    redirect('/next');
    await send([at('good.example.com', '/start')], { headers });
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer x', undefined, 'Bearer x', 'Bearer x']);
  });

  it.each([['http://169.254.169.254/latest'], ['http://elsewhere.org/'], ['file:///etc/passwd'], ['//127.0.0.2/']])(
    'to %s are refused',
    async (to) => {
      redirect(to);
      await expect(send([at('good.example.com', '/start')])).rejects.toEqual(denied);
      expect(asked).toHaveLength(1);
    },
  );

  it('make a GET of a POST, unless they say that they must not', async () => {
    redirect('/next', 303);
    await send(['POST', at('good.example.com', '/start'), 'x']);
    redirect('/next', 307);
    await send(['POST', at('good.example.com', '/start'), 'x']);
    expect(asked.map(({ method, body }) => method + body)).toEqual(['POSTx', 'GET', 'POSTx', 'POSTx']);
  });

  it('end after three', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end();
    expect(await send([at('good.example.com')])).toMatchObject({ exitCode: 47, httpStatus: 302 });
    expect(asked).toHaveLength(4);
  });

  it('are shown as they are when none is to be followed', async () => {
    redirect('/next');
    const order = { redirects: 0, failOnError: false };
    expect(await send([at('good.example.com', '/start')], order)).toMatchObject({
      exitCode: 0,
      stdout: 'moved',
      httpStatus: 302,
    });
  });
});

it('asks no port of another service, unless the list names it', async () => {
  await expect(send(['http://good.example.com:22/'])).rejects.toMatchObject({
    message: expect.stringContaining('The port 22 is not allowed'),
  });
  await expect(
    send(['http://good.example.com:25/'], { hosts: ['good.example.com:22', '*.example.com'] }),
  ).rejects.toEqual(denied);
});

it('cuts a long answer', async () => {
  answer = (_, response) => response.end('x'.repeat(1_500_000));
  const { stdout, truncated } = await send([at('good.example.com')]);
  expect([stdout.length, truncated]).toEqual([1_000_000, true]);
});

it('tells a failure by the exit code', async () => {
  answer = (_, response) => response.writeHead(404).end('no such page');
  expect(await send([at('good.example.com')])).toMatchObject({ exitCode: 22, stdout: 'no such page', httpStatus: 404 });
  expect(await send([at('good.example.com')], { failOnError: false })).toMatchObject({ exitCode: 0 });
  expect(await send(['http://unknown.example.com/'])).toMatchObject({ exitCode: 6 });
  expect(await send(['http://good.example.com:1/'], { hosts: ['good.example.com:1'] })).toMatchObject({
    exitCode: 7,
    stderr: expect.stringContaining('ECONNREFUSED'),
  });
});

it('gives up in time, and ends at once on abort', async () => {
  answer = () => undefined;
  expect(await send([at('good.example.com')], { timeoutMs: 100 })).toMatchObject({ exitCode: 28 });
  const stop = new AbortController();
  const running = send([at('good.example.com')], { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('called off')), 50);
  await expect(running).rejects.toThrow('called off');
});

it('shows status and headers when asked to', async () => {
  const { stdout } = await send([at('good.example.com')], { showHeaders: true });
  expect(stdout).toMatch(/^HTTP 200\n(.+: .+\n)+\nhello$/);
});
