import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Point {
  id: string;
  vector: number[];
  payload: Record<string, unknown>;
}
interface Collection {
  size: number;
  points: Map<string, Point>;
}
interface Condition {
  key: string;
  match: { value: unknown };
}
type Body = Record<string, unknown>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const cosine = (a: number[], b: number[]): number => {
  const dot = (x: number[], y: number[]): number => x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

/** Qdrant's REST interface as far as the driver uses it, strict about what the real one is strict about. */
export class FakeQdrant {
  readonly collections = new Map<string, Collection>();
  /** `PUT /collections/x/points?wait=true` and so on, in order. */
  readonly requests: string[] = [];
  /** Answers every request with this status instead. */
  failure: number | undefined;
  /** Answers nothing at all. */
  hangs = false;
  apiKey: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeQdrant> {
    const server = createServer();
    const fake = new FakeQdrant(server);
    server.on('request', (request, response) => void fake.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.hangs) return;
    const body = (chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'))) as Body;
    const isKeyed = this.apiKey === undefined || request.headers['api-key'] === this.apiKey;
    const path = new URL(url, this.url).pathname;
    const [status, answer] =
      this.failure !== undefined
        ? ([this.failure, { status: { error: 'out of order' } }] as const)
        : path === '/'
          ? ([200, { title: 'qdrant - vector search engine', version: '1.99.0' }] as const)
          : isKeyed
            ? this.answer(`${method} ${path}`, body)
            : ([403, { status: { error: 'forbidden' } }] as const);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private answer(route: string, body: Body): readonly [number, object] {
    const ok = (result: unknown): readonly [number, object] => [200, { result, status: 'ok', time: 0 }];
    const refused = (status: number, error: string): readonly [number, object] => [status, { status: { error } }];
    if (route === 'GET /collections') {
      return ok({ collections: [...this.collections.keys()].map((name) => ({ name })) });
    }
    const [, method, name = '', action] = /^(\w+) \/collections\/([^/]+)(\/.*)?$/.exec(route) ?? [];
    const collection = this.collections.get(name);
    if (method === 'PUT' && action === undefined) {
      if (collection) return refused(409, `Collection \`${name}\` already exists!`);
      const { size, distance } = body['vectors'] as { size: number; distance: string };
      if (distance !== 'Cosine') return refused(400, 'this fake compares by cosine only');
      this.collections.set(name, { size, points: new Map() });
      return ok(true);
    }
    if (!collection) return refused(404, `Not found: Collection \`${name}\` doesn't exist!`);
    switch (`${method} ${action}`) {
      case 'GET undefined':
        return ok({ config: { params: { vectors: { size: collection.size, distance: 'Cosine' } } } });
      case 'PUT /points': {
        const points = body['points'] as Point[];
        if (points.some(({ vector }) => vector.length !== collection.size))
          return refused(400, 'Vector dimension error');
        if (points.some(({ id }) => !UUID.test(id))) return refused(400, 'value is not a valid point ID');
        for (const point of points) collection.points.set(point.id, point);
        return ok({ operation_id: 1, status: 'completed' });
      }
      case 'POST /points/delete':
        for (const id of body['points'] as string[]) collection.points.delete(id);
        return ok({ operation_id: 1, status: 'completed' });
      case 'POST /points/query': {
        const { query, limit, filter } = body as { query: number[]; limit: number; filter?: { must?: Condition[] } };
        const points = [...collection.points.values()]
          .filter(({ payload }) => (filter?.must ?? []).every(({ key, match }) => payload[key] === match.value))
          .map(({ id, vector, payload }) => ({ id, version: 1, score: cosine(query, vector), payload }))
          .sort((a, b) => b.score - a.score)
          .slice(0, limit);
        return ok({ points });
      }
      default:
        return refused(404, `no such route: ${route}`);
    }
  }
}
