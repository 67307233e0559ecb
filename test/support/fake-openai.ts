import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultAnswer } from './fake-script';

/** One chat completion as it was asked for. */
export interface FakeRequest {
  model: string;
  /** Name of the JSON schema, or `text` when no JSON was asked for. */
  purpose: string;
  /** All system messages. */
  system: string;
  /** The last user message; parsed when it is JSON. */
  user: unknown;
  stream: boolean;
  /** 1 for the first request with this purpose since the start or `reset`. */
  nth: number;
  headers: IncomingHttpHeaders;
  /** The whole body. */
  body: Record<string, unknown>;
}

/** How a request is met: anything an HTTP server can do, and some it should not. */
export type Behaviour = (request: FakeRequest, response: ServerResponse, model: FakeOpenAi) => void | Promise<void>;
/** What the model says: text, or a value that is sent as JSON text. */
export type Reply = string | object | Behaviour;
/** Undefined leaves the request to the default script. */
export type Answer = (request: FakeRequest) => Reply | undefined;

const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** An error in OpenAI's form. `detail` overrides its fields, e.g. `{ param: 'temperature' }`. */
export const refuses =
  (status: number, detail: Record<string, unknown> = {}, headers: Record<string, string> = {}): Behaviour =>
  (request, response) => {
    // Real servers quote what they were sent, so this one does.
    const message = `refused: ${JSON.stringify(request.user)} (key ${String(request.headers.authorization)})`;
    const error = { message, type: 'invalid_request_error', param: null, code: null, ...detail };
    sendJson(response, status, { error }, headers);
  };

/** 429 with `Retry-After`. */
export const limitsRate = (retryAfter: number | string): Behaviour =>
  refuses(429, { code: 'rate_limit_exceeded' }, { 'retry-after': String(retryAfter) });

/** Status 200 and a body that is not JSON. */
export const sendsGarbage: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [{"mess');
};

/** No answer, ever: the connection stays open until `stop`. */
export const hangs: Behaviour = () => undefined;

/** Headers and the beginning of a body, then nothing. */
export const hangsHalfway: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
};

/** The connection breaks without an answer. */
export const drops: Behaviour = (_, response) => {
  response.destroy();
};

/** The reply after a while. */
export const slow =
  (ms: number, reply: Reply): Behaviour =>
  async (request, response, model) => {
    await pause(ms);
    await model.respond(request, reply, response);
  };

/** A completion of exactly this form, e.g. without choices or usage. */
export const completes =
  (completion: Record<string, unknown>): Behaviour =>
  (_, response) =>
    sendJson(response, 200, completion);

/** A stream that says the beginning of a text; its connection then breaks, or ends as if all were well. */
export const breaksOff =
  (text: string, how: 'drop' | 'end' = 'drop'): Behaviour =>
  ({ model }, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = { object: 'chat.completion.chunk', model, choices: [{ index: 0, delta: { content: text } }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`, () => (how === 'drop' ? response.destroy() : response.end()));
  };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = parsed(Buffer.concat(chunks).toString('utf8'));
  return isRecord(body) ? body : {};
};

/** Four characters a token, as a rule of thumb has it. */
const tokens = (text: string): number => Math.ceil(text.length / 4);

const purposeOf = (body: Record<string, unknown>, system: string): string => {
  const { response_format: format } = body as { response_format?: { json_schema?: { name?: string } } };
  return format?.json_schema?.name ?? /JSON object \("([\w-]+)"\)/.exec(system)?.[1] ?? 'text';
};

/**
 * An OpenAI-compatible server for tests: chat completions (whole and streamed), embeddings and the list of models. By itself it
 * answers well enough to take the sample goals through the whole pipeline; `answer` and `next` make it say or do anything else.
 */
export class FakeOpenAi {
  /** Chat requests in order of arrival. */
  readonly requests: FakeRequest[] = [];
  /** Paths of all requests, e.g. `GET /v1/models`. */
  readonly paths: string[] = [];
  /** Names at `/models`. */
  models = ['fake-model', 'fake-embedding'];
  /** Answers `/models` and `/embeddings` with this status when set. */
  failure: number | undefined;
  private script: Answer = () => undefined;
  private queue: Reply[] = [];

  private constructor(
    private readonly server: Server,
    /** The base URL to give to a client, with `/v1`. */
    readonly url: string,
  ) {}

  static async start(): Promise<FakeOpenAi> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakeOpenAi(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
    server.on('request', (request, response) => {
      fake.handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) sendJson(response, 500, { error: { message: String(error) } });
      });
    });
    return fake;
  }

  /** Sets what is said from now on. */
  answer(script: Answer): void {
    this.script = script;
  }

  /** Sets what the next chat requests get, one each, before the script has its turn again. */
  next(...replies: Reply[]): void {
    this.queue.push(...replies);
  }

  /** Chat requests with this purpose. */
  asked(purpose: string): FakeRequest[] {
    return this.requests.filter((request) => request.purpose === purpose);
  }

  /** Back to the default script and to an empty memory. */
  reset(): void {
    this.script = () => undefined;
    this.queue = [];
    this.requests.length = 0;
    this.paths.length = 0;
    this.models = ['fake-model', 'fake-embedding'];
    this.failure = undefined;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Says a reply over the wire; used by behaviours that add to one. */
  async respond(request: FakeRequest, reply: Reply, response: ServerResponse): Promise<void> {
    if (typeof reply === 'function') {
      await (reply as Behaviour)(request, response, this);
      return;
    }
    const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
    const usage = {
      prompt_tokens: tokens(JSON.stringify(request.body['messages'])),
      completion_tokens: tokens(text),
      total_tokens: 0,
    };
    usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
    if (request.stream) {
      this.streamText(request, text, usage, response);
      return;
    }
    const message = { role: 'assistant', content: text, refusal: null };
    sendJson(response, 200, {
      id: `chatcmpl-${this.requests.length}`,
      object: 'chat.completion',
      created: 1_700_000_000,
      model: request.model,
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    });
  }

  private streamText({ model }: FakeRequest, text: string, usage: object, response: ServerResponse): void {
    const send = (choices: object[], rest: object = {}): void => {
      const chunk = { id: 'chatcmpl-stream', object: 'chat.completion.chunk', model, choices, ...rest };
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const content of text.match(/.{1,12}/gsu) ?? []) send([{ index: 0, delta: { content }, finish_reason: null }]);
    send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
    send([], { usage });
    response.end('data: [DONE]\n\n');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = `${request.method ?? ''} ${request.url ?? ''}`;
    this.paths.push(path);
    const body = await readBody(request);
    switch (path) {
      case 'POST /v1/chat/completions':
        await this.chat(body, request.headers, response);
        return;
      case 'POST /v1/embeddings':
        if (this.failure === undefined) this.embed(body, response);
        else sendJson(response, this.failure, { error: { message: 'out of order' } });
        return;
      case 'GET /v1/models':
        if (this.failure === undefined) {
          sendJson(response, 200, { object: 'list', data: this.models.map((id) => ({ id, object: 'model' })) });
        } else {
          sendJson(response, this.failure, { error: { message: 'out of order' } });
        }
        return;
      default:
        sendJson(response, 404, { error: { message: `no such route: ${path}` } });
    }
  }

  private async chat(
    body: Record<string, unknown>,
    headers: IncomingHttpHeaders,
    response: ServerResponse,
  ): Promise<void> {
    const messages = body['messages'] as { role: string; content: string }[];
    const system = messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => content)
      .join('\n\n');
    const purpose = purposeOf(body, system);
    const request: FakeRequest = {
      model: String(body['model']),
      purpose,
      system,
      user: parsed(messages.findLast(({ role }) => role === 'user')?.content ?? ''),
      stream: body['stream'] === true,
      nth: this.asked(purpose).length + 1,
      headers,
      body,
    };
    this.requests.push(request);
    const reply = this.queue.shift() ?? this.script(request) ?? defaultAnswer(request);
    await this.respond(request, reply, response);
  }

  /** A vector from the letters of a text: the same text, the same vector. Sent in reverse order, which the protocol allows. */
  private embed({ input, model }: Record<string, unknown>, response: ServerResponse): void {
    const texts = Array.isArray(input) ? input.map(String) : [String(input)];
    const data = texts.map((text, index) => {
      const embedding = Array.from({ length: 32 }, () => 0.1);
      for (const character of text) embedding[(character.codePointAt(0) ?? 0) % 32]! += 1;
      return { object: 'embedding', index, embedding };
    });
    sendJson(response, 200, {
      object: 'list',
      model,
      data: data.reverse(),
      usage: { prompt_tokens: 1, total_tokens: 1 },
    });
  }
}
