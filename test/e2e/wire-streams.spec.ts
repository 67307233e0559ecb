import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type Socket, connect } from 'node:net';
import { WebSocket } from 'ws';
import { ApiKeys } from '../../src/access/api-keys.service';
import { HttpListeners } from '../../src/api/http/listeners.service';
import { IntakePort } from '../../src/intake/intake.port';
import { type Column, embeddedColumn } from '../support/columns';
import { FakeOpenAi, hangs } from '../support/fake-openai';
import { defaultAnswer } from '../support/fake-script';
import { type Gate, gate, heldBack } from '../support/gate';
import { TestServer, eventually } from '../support/server';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UNKNOWN = 'task-3f2504e0-4f89-41d3-9a0c-0305e82c3301';

type Message = Record<string, unknown>;

/** A client on a WebSocket that keeps all it hears. */
class Listener {
  readonly heard: Message[] = [];
  readonly closed: Promise<number>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => void this.heard.push(JSON.parse(data.toString('utf8')) as Message));
    this.closed = once(socket, 'close').then(([code]) => code as number);
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Listener> {
    const listener = new Listener(new WebSocket(url.replace(/^http/, 'ws'), { headers }));
    await once(listener.socket, 'open');
    return listener;
  }

  say(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  hears(what: string, fits: (message: Message) => boolean): Promise<Message> {
    return eventually(what, () => this.heard.find(fits));
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

/** The answer to a request for a WebSocket that is not granted. */
const refusal = async (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Message }> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) as Message };
};

/** Sends bytes as they are and reads the answer until the connection ends. */
const rawly = async (url: string, text: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8')) answer += chunk as string;
  return answer;
};

/** The values of an event stream that has neither numbers nor types, once it has ended; `onText` gets what has come so far. */
const states = async (url: string, onText: (text: string) => void = () => undefined): Promise<Message[]> => {
  const { body } = await fetch(url);
  let text = '';
  for await (const chunk of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    onText(text);
  }
  expect(text).toMatch(/^retry: \d+\n\n(data: \{.*\}\n\n)+$/);
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as Message);
};

describe('tasks as they go on', () => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;

  beforeAll(async () => {
    column = await embeddedColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, { SERVICE_PORTS: '0=coder' }, model);
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });
  afterEach(() => model.reset());

  /** A new task under its three names. */
  const submitted = async (fields: object = {}) => {
    const id = await server.submit({ goal: GOAL, ...fields });
    const { id: uuid, key } = await server.get(IntakePort).get(id.slice('task-'.length));
    return { guide: id, uuid, key: `task_${key}` };
  };
  /** Has the next task wait for whoever looks on: before its plan, and before its code. */
  const inStages = (): { plan: Gate; code: Gate } => {
    const gates = { plan: gate(), code: gate() };
    model.answer(({ purpose, user }) =>
      purpose === 'plan' || purpose === 'code' ? heldBack(gates[purpose], defaultAnswer({ purpose, user })) : undefined,
    );
    return gates;
  };
  const cancel = (uuid: string) => server.get(IntakePort).cancel(uuid);

  describe('GET /stream/tasks/{id}', () => {
    it('sends the read body after every change and ends with the task', async () => {
      const stages = inStages();
      const { guide, uuid, key } = await submitted();
      const read = new Map<string, string>();
      const all = Promise.all(
        [key, uuid, guide].map((name) =>
          states(`${server.url}/stream/tasks/${name}`, (text) => void read.set(name, text)),
        ),
      );
      const allRead = (what: string, wanted: RegExp) =>
        eventually(what, () =>
          read.size === 3 && [...read.values()].every((text) => wanted.test(text)) ? true : undefined,
        );
      await allRead('the task before its plan', /^data: /m);
      stages.plan.open();
      await allRead('the task at work', /"steps_total":[1-9]/);
      stages.code.open();
      const streams = await all;
      for (const [at, name] of [key, uuid, guide].entries()) {
        const seen = streams[at] ?? [];
        const body = (await (await fetch(`${server.url}/tasks/${name}`)).json()) as Message;
        expect(seen.at(-1)).toEqual(body);
        expect(body).toMatchObject({ task_id: name, status: 'completed' });
        expect(seen.length).toBeGreaterThan(2);
        expect(new Set(seen.map(({ task_id }) => task_id))).toEqual(new Set([name]));
      }
      const words = (at: number) => [...new Set(streams[at]?.map(({ status }) => status))].slice(-2);
      expect([words(0), words(1), words(2)]).toEqual([
        ['processing', 'completed'],
        ['processing', 'completed'],
        ['executing', 'completed'],
      ]);
    });

    it('sends one state of a task that has ended', async () => {
      model.answer(() => hangs);
      const { uuid, key } = await submitted();
      await cancel(uuid);
      const seen = await states(`${server.url}/stream/tasks/${key}`);
      expect(seen).toEqual([expect.objectContaining({ task_id: key, status: 'cancelled', error: null })]);
    });

    it('answers 404 in the form of every error', async () => {
      const response = await fetch(`${server.url}/stream/tasks/${UNKNOWN}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toMatchObject({ code: 'resource_not_found', message: `Task ${UNKNOWN} not found` });
    });
  });

  describe('WS /ws/{client_id}', () => {
    it.each([
      ['the id alone', (id: string) => ({ task_id: id })],
      ['a subscription', (id: string) => ({ type: 'subscribe', task_id: id })],
    ])('takes %s and tells of the task until it ends', async (_, message) => {
      const stages = inStages();
      const { guide } = await submitted();
      const listener = await Listener.open(`${server.url}/ws/client-1`);
      listener.say(message(guide));
      await listener.hears('the task before its plan', ({ type }) => type === 'task.progress');
      stages.plan.open();
      await listener.hears('the task at work', ({ status }) => status === 'executing');
      stages.code.open();
      const last = await listener.hears('the end', ({ status }) => status === 'completed');
      expect(last).toEqual({
        type: 'task.progress',
        task_id: guide,
        status: 'completed',
        progress: 1,
        message: 'Completed',
        timestamp: expect.stringMatching(INSTANT),
      });
      const shares = listener.heard.map(({ progress }) => progress as number);
      expect(shares.length).toBeGreaterThan(2);
      // Never back, and never all of it before the end.
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.indexOf(1)).toBe(shares.length - 1);
      expect(listener.heard.every(({ message: text }) => typeof text === 'string' && text !== '')).toBe(true);
      listener.say({ type: 'ping' });
      await listener.hears('a pong after the subscription has ended', ({ type }) => type === 'pong');
      await listener.leave();
    });

    it('speaks the words that go with the form of the id', async () => {
      model.answer(() => hangs);
      const { guide, uuid, key } = await submitted();
      await eventually('work', async () =>
        (await server.get(IntakePort).get(uuid)).status === 'accepted' ? undefined : true,
      );
      const listener = await Listener.open(`${server.url}/orchestrator/ws/client-2`);
      for (const task_id of [guide, uuid, key]) listener.say({ task_id });
      for (const [id, status] of [
        [guide, 'planning'],
        [uuid, 'processing'],
        [key, 'processing'],
      ]) {
        const message = await listener.hears(`news of ${id}`, ({ task_id }) => task_id === id);
        expect(message).toMatchObject({ type: 'task.progress', status });
      }
      await cancel(uuid);
      for (const [id, status] of [
        [guide, 'failed'],
        [uuid, 'cancelled'],
      ]) {
        await listener.hears(
          `the end of ${id}`,
          (message) => message['task_id'] === id && message['status'] === status,
        );
      }
      await listener.leave();
    });

    it('answers what it cannot do, and stays open', async () => {
      const listener = await Listener.open(`${server.url}/ws/client-3`);
      listener.say({ task_id: UNKNOWN });
      const unknown = await listener.hears('an error', ({ type }) => type === 'error');
      expect(unknown).toEqual({
        type: 'error',
        task_id: UNKNOWN,
        code: 'resource_not_found',
        message: `Task ${UNKNOWN} not found`,
        timestamp: expect.stringMatching(INSTANT),
      });
      listener.say('hello');
      await listener.hears('a second error', ({ code }) => code === 'validation_error');
      listener.say({ type: 'ping' });
      expect(await listener.hears('a pong', ({ type }) => type === 'pong')).toMatchObject({ type: 'pong' });
      await listener.leave();
    });

    it('gives up a client that sends too much at once', async () => {
      const listener = await Listener.open(`${server.url}/ws/client-4`);
      listener.say('x'.repeat(5000));
      expect(await listener.closed).toBe(1009);
    });

    it('is there on every port', async () => {
      const { guide } = await submitted({ budget: { max_tokens: 1 } });
      const listener = await Listener.open(`${server.ports[0]?.url ?? ''}/ws/client-5`);
      listener.say({ task_id: guide });
      const { message } = await listener.hears('the end', ({ status }) => status === 'failed');
      expect(message).toBe((await server.read(guide)).error);
      await listener.leave();
    });

    it.each([
      ['/tasks', {}, 404, 'endpoint_not_found'],
      ['/ws', {}, 404, 'endpoint_not_found'],
      ['/ws/a/b', {}, 404, 'endpoint_not_found'],
      ['/ws/client', { origin: 'https://elsewhere.example' }, 403, 'origin_not_allowed'],
      ['/ws/client', { host: 'elsewhere.example' }, 403, 'host_not_allowed'],
    ])('refuses %s with %j', async (path, headers, status, code) => {
      const answer = await refusal(`${server.url}${path}`, { ...headers, 'x-request-id': 'req_0123456789abcdef' });
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.body).toMatchObject({ code, request_id: 'req_0123456789abcdef', message: expect.any(String) });
    });

    it('says what is wrong with a half-hearted request', async () => {
      const answer = await rawly(
        server.url,
        'GET /ws/client HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n',
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
        code: 'invalid_format',
        message: expect.stringContaining('Sec-WebSocket-Key'),
      });
    });

    it('lets a page of this machine in', async () => {
      const listener = await Listener.open(`${server.url}/ws/page`, { origin: 'http://localhost:3000' });
      await listener.leave();
    });
  });

  describe('an offer of another protocol', () => {
    /** What Java's client sends first of all. */
    const OFFER =
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA';
    const PLAIN = 'Host: localhost\r\nConnection: close';

    it('is not taken, and the request served', async () => {
      const answer = await rawly(
        server.url,
        `GET /tasks/${UNKNOWN} HTTP/1.1\r\nHost: localhost\r\n${OFFER}\r\n\r\nGET /openapi.json HTTP/1.1\r\n${PLAIN}\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
      expect(answer).toContain(`Task ${UNKNOWN} not found`);
      expect(answer).toContain('"openapi":"3.0');
    });

    it('is refused on one connection as often as it is made, and leaves no more behind each time', async () => {
      const sockets: Socket[] = [];
      server.get(HttpListeners).each((listener) => listener.on('connection', (socket: Socket) => sockets.push(socket)));
      const { hostname, port } = new URL(server.url);
      const client = connect(Number(port), hostname).setEncoding('utf8');
      const offer = async (): Promise<number[]> => {
        client.write(`GET /ready HTTP/1.1\r\nHost: localhost\r\n${OFFER}\r\n\r\n`);
        let answer = '';
        do answer += String((await once(client, 'data'))[0]);
        while (!answer.endsWith('}'));
        expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
        const socket = sockets.at(-1);
        return (socket?.eventNames() ?? []).map((name) => socket?.listenerCount(name) ?? 0);
      };
      await offer();
      const before = await offer();
      for (let times = 0; times < 10; times += 1) await offer();
      expect(await offer()).toEqual(before);
      expect(new Set(sockets).size).toBe(1);
      client.destroy();
    });

    it('is not taken, and the body read', async () => {
      const { url = '' } = server.ports[0] ?? {};
      const body = JSON.stringify({ goal: 'Write a haiku about the sea, naïvely' });
      const head = `Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
      const answer = await rawly(
        url,
        `POST /submit HTTP/1.1\r\n${head}${OFFER}\r\n\r\n${body}GET /health HTTP/1.1\r\n${PLAIN}\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 202 Accepted\r\n/);
      expect(answer).toContain('"status":"pending"');
      expect(answer).toMatch(/HTTP\/1\.1 200 OK/);
    });
  });
});

describe('WebSockets where keys are demanded', () => {
  let column: Column;
  let server: TestServer;
  beforeAll(async () => {
    column = await embeddedColumn();
    server = await TestServer.start(column, { AUTH_MODE: 'keys' });
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });
  const key = async (scopes?: ('task:read' | 'arm:list')[]): Promise<string> =>
    (await server.get(ApiKeys).create({ name: 'watcher', tier: 'test', scopes }, 'test')).value;

  it('take a key in a header and in the address', async () => {
    const value = await key(['task:read']);
    for (const [query, headers] of [
      [`?api_key=${value}`, {}],
      ['', { 'x-api-key': value }],
      ['', { authorization: `Bearer ${value}` }],
    ] as const) {
      const listener = await Listener.open(`${server.url}/ws/watcher${query}`, headers);
      listener.say({ type: 'ping' });
      await listener.hears('a pong', ({ type }) => type === 'pong');
      await listener.leave();
    }
  });

  it('refuse whoever shows none, a wrong one, or one for something else', async () => {
    expect(await refusal(`${server.url}/ws/x`)).toMatchObject({ status: 401, body: { code: 'missing_auth' } });
    const wrong = await refusal(`${server.url}/ws/x?api_key=octollm_test_wrong`);
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_api_key' } });
    expect(JSON.stringify(wrong)).not.toContain('octollm_test_wrong');
    const narrow = await refusal(`${server.url}/ws/x`, { 'x-api-key': await key(['arm:list']) });
    expect(narrow).toMatchObject({
      status: 403,
      body: {
        code: 'insufficient_permissions',
        details: { required_scope: 'task:read', provided_scopes: ['arm:list'] },
      },
    });
  });
});

describe('a stop of the server', () => {
  it('ends streams and WebSockets at once', async () => {
    const column = await embeddedColumn();
    const model = await FakeOpenAi.start();
    model.answer(() => hangs);
    const server = await TestServer.start(column, { SHUTDOWN_TIMEOUT_SECONDS: '1' }, model);
    const id = await server.submit({ goal: GOAL });
    const listener = await Listener.open(`${server.url}/ws/client`);
    listener.say({ task_id: id });
    await listener.hears('the task', ({ task_id }) => task_id === id);
    const stream = await fetch(`${server.url}/stream/tasks/${id}`);
    const stopped = server.stop();
    expect(await listener.closed).toBe(1001);
    expect(await stream.text()).toContain(`"task_id":"${id}"`);
    await stopped;
    await model.stop();
    await column.dispose();
  });
});
