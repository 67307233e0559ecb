import { randomUUID } from 'node:crypto';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthRegistry } from '../../src/common/health';
import { HealthModule } from '../../src/common/health.module';
import { PostgresAddress } from '../../src/common/postgres-address';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { EmbeddedVectors } from '../../src/drivers/vector/embedded-vectors';
import { QdrantVectors } from '../../src/drivers/vector/qdrant-vectors';
import { VectorModule } from '../../src/drivers/vector/vector.module';
import { VectorPort } from '../../src/drivers/vector/vector.port';
import { COLUMNS, type Column } from '../support/columns';
import { eventually } from '../support/eventually';
import { FakeQdrant } from '../support/fake-qdrant';
import { Pool } from 'pg';

@Module({})
class Root {}
const boot = async (variables: Record<string, string>): Promise<INestApplicationContext> => {
  const { settings } = parseConfig(variables);
  const app = await NestFactory.createApplicationContext(
    { module: Root, imports: [ConfigModule.with(settings), HealthModule, DatabaseModule, VectorModule] },
    { logger: false, abortOnError: false },
  );
  return app.init();
};

/** Connections of one's own to the database of an application. */
const poolOf = (app: INestApplicationContext): Pool => {
  const pool = new Pool({ ...app.get(PostgresAddress, { strict: false }).login, max: 2 });
  // A pool is closed before its connections are: a server that stops meanwhile is still heard.
  return pool.on('error', () => undefined);
};

interface Store {
  app: INestApplicationContext;
  /** A second one on the same data, as another process would have. */
  another: () => VectorPort;
  close: () => Promise<void>;
}

const embedded = (openColumn: () => Promise<Column>) => async (): Promise<Store> => {
  const column = await openColumn();
  const app = await boot(column.variables);
  const others: VectorPort[] = [];
  return {
    app,
    another: () => {
      const other = new EmbeddedVectors(poolOf(app));
      others.push(other);
      return other;
    },
    close: async () => {
      for (const other of others) await other.close();
      await app.close();
      await column.dispose();
    },
  };
};

const qdrant = (url: () => Promise<{ url: string; stop: () => Promise<void> }>) => async (): Promise<Store> => {
  const [, openColumn] = COLUMNS[0]!;
  const column = await openColumn();
  const server = await url();
  const app = await boot({ ...column.variables, QDRANT_URL: server.url });
  return {
    app,
    another: () => new QdrantVectors({ url: server.url }),
    close: async () => {
      await app.close();
      await column.dispose();
      await server.stop();
    },
  };
};

const fake = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const server = await FakeQdrant.start();
  return { url: server.url, stop: () => server.stop() };
};
const real = process.env['TEST_QDRANT_URL'];

const STORES: [name: string, open: () => Promise<Store>][] = [
  ...COLUMNS.map(([name, open]): [string, () => Promise<Store>] => [`in PostgreSQL, ${name}`, embedded(open)]),
  ['on Qdrant, fake', qdrant(fake)],
  ...(real === undefined
    ? []
    : [
        ['on Qdrant', qdrant(() => Promise.resolve({ url: real, stop: () => Promise.resolve() }))] as [
          string,
          () => Promise<Store>,
        ],
      ]),
];

const vector = (...values: number[]): Float32Array => Float32Array.from(values);
const point = (id: string, values: number[], payload = {}) => ({ id, vector: vector(...values), payload });

/** What VectorPort promises, whoever keeps it. */
describe.each(STORES)('vectors %s', (name, open) => {
  let store: Store;
  let vectors: VectorPort;
  let collection: string;

  beforeAll(async () => {
    store = await open();
    vectors = store.app.get(VectorPort, { strict: false });
  });
  afterAll(() => store.close());
  beforeEach(() => (collection = `test-${randomUUID()}`));

  const found = async (query: number[], limit = 10, by = vectors): Promise<string[]> =>
    (await by.search(collection, vector(...query), { limit })).map(({ id }) => id);

  it('finds the nearest first, by direction alone, with payload and a score from 0 to 1', async () => {
    await vectors.upsert(collection, [
      point('opposite', [-1, 0, 0]),
      point('same, but long', [40, 0, 0], { n: 1, list: ['a', { b: null }], text: 'naïve 漢字' }),
      point('half way', [0.1, 0.1, 0]),
      point('across', [0, 0, 9]),
    ]);
    const hits = await vectors.search(collection, vector(2, 0, 0), { limit: 3 });
    expect(hits.map(({ id }) => id)).toEqual(['same, but long', 'half way', 'across']);
    expect(hits[0]).toMatchObject({ payload: { n: 1, list: ['a', { b: null }], text: 'naïve 漢字' } });
    expect(Object.keys(hits[0]!.payload).sort()).toEqual(['list', 'n', 'text']);
    expect(hits.map(({ score }) => score)).toEqual([
      expect.closeTo(1, 5),
      expect.closeTo(Math.SQRT1_2, 5),
      expect.closeTo(0, 5),
    ]);
    const [last] = (await vectors.search(collection, vector(2, 0, 0), { limit: 4 })).slice(-1);
    expect(last).toMatchObject({ id: 'opposite', score: 0 });
    expect(Math.max(...hits.map(({ score }) => score))).toBeLessThanOrEqual(1);
  });

  it('is exact where the difference is small', async () => {
    const near = Array.from({ length: 300 }, (_, index) => point(`p${index}`, [1, index / 1000, 0]));
    await vectors.upsert(collection, near);
    expect(await found([1, 0.1503, 0], 3)).toEqual(['p150', 'p151', 'p149']);
  });

  it('replaces a point of the same id, in one call too', async () => {
    await vectors.upsert(collection, [point('a', [1, 0], { turn: 1 }), point('b', [0.9, 0.1])]);
    expect(await found([1, 0])).toEqual(['a', 'b']);
    await vectors.upsert(collection, [point('a', [1, 0], { turn: 2 }), point('a', [0, 1], { turn: 3 })]);
    const hits = await vectors.search(collection, vector(1, 0), { limit: 10 });
    expect(hits.map(({ id, payload }) => [id, payload])).toEqual([
      ['b', {}],
      ['a', { turn: 3 }],
    ]);
  });

  it('removes points, and minds none that are missing', async () => {
    await vectors.remove(collection, ['nothing here yet']);
    await vectors.upsert(collection, [point('a', [1, 0]), point('b', [0.9, 0.1]), point('c', [0.8, 0.2])]);
    expect(await found([1, 0])).toEqual(['a', 'b', 'c']);
    await vectors.remove(collection, ['a', 'x']);
    expect(await found([1, 0])).toEqual(['b', 'c']);
    await vectors.upsert(collection, [point('a', [0.5, 0.5])]);
    expect(await found([1, 0])).toEqual(['b', 'c', 'a']);
  });

  it('keeps to a filter before it counts', async () => {
    await vectors.upsert(collection, [
      point('a', [1, 0], { collection: 'x', page: 1, draft: true }),
      point('b', [0.9, 0.1], { collection: 'y', page: 1, draft: false }),
      point('c', [0.8, 0.2], { collection: 'y', page: 2, draft: false }),
    ]);
    const search = async (filter: Record<string, string | number | boolean>): Promise<string[]> =>
      (await vectors.search(collection, vector(1, 0), { limit: 1, filter })).map(({ id }) => id);
    expect(await search({ collection: 'y' })).toEqual(['b']);
    expect(await search({ collection: 'y', page: 2 })).toEqual(['c']);
    expect(await search({ draft: true })).toEqual(['a']);
    expect(await search({ collection: 'z' })).toEqual([]);
    expect(await search({ missing: 'y' })).toEqual([]);
  });

  it('finds nothing in a collection that does not exist, and nothing of another', async () => {
    expect(await found([1, 0])).toEqual([]);
    await vectors.upsert(`${collection}-other`, [point('a', [1, 0])]);
    expect(await found([1, 0])).toEqual([]);
    await vectors.upsert(collection, []);
    expect(await found([1, 0, 0])).toEqual([]);
  });

  it('refuses another dimension than the first, naming both and the remedy', async () => {
    await vectors.upsert(collection, [point('a', [1, 0])]);
    const mismatch = {
      kind: 'user',
      code: 'vector_dimension_mismatch',
      message: expect.stringMatching(/\b2 dimensions.*\b3\b.*LLM_EMBEDDING_MODEL/),
    };
    await expect(vectors.upsert(collection, [point('b', [1, 0, 0])])).rejects.toMatchObject(mismatch);
    await expect(vectors.search(collection, vector(1, 0, 0), { limit: 1 })).rejects.toMatchObject(mismatch);
    await expect(vectors.upsert(collection, [point('b', [1, 0]), point('c', [1, 0, 0])])).rejects.toMatchObject(
      mismatch,
    );
    expect(await found([1, 0])).toEqual(['a']);
  });

  it.each([
    ['zero', [0, 0]],
    ['not a number', [Number.NaN, 1]],
    ['infinite', [Infinity, 1]],
    ['empty', []],
  ])('refuses a vector without direction: %s', async (_, values) => {
    const invalid = { kind: 'user', code: 'vector_invalid' };
    await expect(vectors.upsert(collection, [point('a', values)])).rejects.toMatchObject(invalid);
    await expect(vectors.search(collection, vector(...values), { limit: 1 })).rejects.toMatchObject(invalid);
  });

  it('sees what another process writes and removes', async () => {
    const other = store.another();
    await vectors.upsert(collection, [point('a', [1, 0])]);
    expect(await found([1, 0], 10, other)).toEqual(['a']);
    await other.upsert(collection, [point('b', [0.9, 0.1])]);
    expect(await found([1, 0])).toEqual(['a', 'b']);
    await other.remove(collection, ['a']);
    await vectors.upsert(collection, [point('c', [0.8, 0.2])]);
    expect(await found([1, 0])).toEqual(['b', 'c']);
    expect(await found([1, 0], 10, other)).toEqual(['b', 'c']);
  });

  it('loses nothing when many write and search at once', async () => {
    const other = store.another();
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const by = index % 2 === 0 ? vectors : other;
        await by.upsert(collection, [point(`p${index}`, [1, index / 100])]);
        await by.search(collection, vector(1, 0), { limit: 5 });
      }),
    );
    const all = Array.from({ length: 40 }, (_, index) => `p${index}`);
    expect(await found([1, 0], 100)).toEqual(all);
    expect(await found([1, 0], 100, other)).toEqual(all);
  });

  it('reads many at once in the same way', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => point(`p${index}`, [1, index / 10_000]));
    await vectors.upsert(collection, many);
    expect(await found([1, 0], 5)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    expect(new Set(await found([1, 0], 5_000)).size).toBe(4_500);
  });

  it('reports to the health registry', async () => {
    const { probes } = await store.app.get(HealthRegistry, { strict: false }).report();
    const isServer = name.includes('Qdrant');
    expect(probes['vector']).toMatchObject({
      ok: true,
      required: isServer,
      message: expect.stringContaining(isServer ? 'Qdrant 1.' : 'embedded'),
    });
  });
});

describe('vectors in PostgreSQL', () => {
  let column: Column;
  let app: INestApplicationContext;
  beforeAll(async () => {
    column = await COLUMNS[0]![1]();
    app = await boot(column.variables);
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });
  const limitedTo = (vectors: number, dimension: number): EmbeddedVectors =>
    new EmbeddedVectors(poolOf(app), vectors * dimension * 4);

  it('keep nothing beyond the limit of a collection, and name the remedy', async () => {
    const vectors = limitedTo(2, 2);
    await vectors.upsert('full', [point('a', [1, 0]), point('b', [0, 1])]);
    await expect(vectors.upsert('full', [point('c', [1, 1])])).rejects.toMatchObject({
      kind: 'user',
      code: 'vector_store_full',
      message: expect.stringMatching(/at most 2 vectors of 2 dimensions.*QDRANT_URL/),
    });
    await vectors.upsert('full', [point('b', [1, 1])]);
    expect((await vectors.search('full', vector(1, 1), { limit: 9 })).map(({ id }) => id)).toEqual(['b', 'a']);
    await vectors.close();
  });

  it('are found in every collection, also when memory holds one at a time', async () => {
    const vectors = limitedTo(64, 2);
    for (const name of ['one', 'two', 'three']) await vectors.upsert(name, [point(name, [1, 0])]);
    for (const name of ['one', 'two', 'three', 'one', 'two']) {
      expect(await vectors.search(name, vector(1, 0), { limit: 9 })).toMatchObject([{ id: name }]);
    }
    await vectors.close();
  });

  it('outlive a connection that is lost while they write', async () => {
    const vectors = new EmbeddedVectors(poolOf(app));
    await vectors.upsert('lost', [point('a', [1, 0])]);
    const others = poolOf(app);
    const holder = await others.connect();
    await holder.query('BEGIN');
    await holder.query("SELECT 1 FROM vector_collections WHERE name = 'lost' FOR UPDATE");
    const gone = { kind: 'transient', code: 'service_unavailable' };
    const writing = expect(vectors.upsert('lost', [point('b', [0, 1])])).rejects.toMatchObject(gone);
    await eventually('the writer waits, and is ended', async () => {
      const ended = await others.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      );
      return ended.rows.length > 0 ? true : undefined;
    });
    await writing;
    await holder.query('ROLLBACK');
    holder.release();
    await vectors.upsert('lost', [point('c', [0.9, 0.1])]);
    expect((await vectors.search('lost', vector(1, 0), { limit: 9 })).map(({ id }) => id)).toEqual(['a', 'c']);
    await Promise.all([vectors.close(), others.end()]);
  });

  it('say that the database is gone, and that it may come back', async () => {
    const vectors = new EmbeddedVectors(new Pool({ host: '/nowhere', user: 'nobody', max: 1 }));
    const gone = { kind: 'transient', code: 'service_unavailable' };
    await expect(vectors.search('any', vector(1, 0), { limit: 1 })).rejects.toMatchObject(gone);
    await expect(vectors.upsert('any', [point('a', [1, 0])])).rejects.toMatchObject(gone);
    await expect(vectors.ping()).rejects.toMatchObject(gone);
    await vectors.close();
  });
});

describe('vectors on Qdrant', () => {
  let server: FakeQdrant;
  beforeEach(async () => (server = await FakeQdrant.start()));
  afterEach(() => server.stop());

  it.each([500, 503, 429])('are called unavailable on HTTP %d', async (status) => {
    const vectors = new QdrantVectors({ url: server.url });
    await vectors.upsert('c', [point('a', [1, 0])]);
    server.failure = status;
    const gone = { kind: 'transient', code: 'service_unavailable', message: expect.stringContaining(`HTTP ${status}`) };
    await expect(vectors.search('c', vector(1, 0), { limit: 1 })).rejects.toMatchObject(gone);
    await expect(vectors.upsert('c', [point('b', [1, 0])])).rejects.toMatchObject(gone);
    await expect(vectors.remove('c', ['a'])).rejects.toMatchObject(gone);
    await expect(vectors.ping()).rejects.toMatchObject(gone);
  });

  it('are called unavailable when nothing answers, or too late', async () => {
    const gone = { kind: 'transient', code: 'service_unavailable', message: expect.stringContaining('QDRANT_URL') };
    server.hangs = true;
    const vectors = new QdrantVectors({ url: server.url, timeoutMs: 50 });
    await expect(vectors.search('c', vector(1, 0), { limit: 1 })).rejects.toMatchObject(gone);
    await server.stop();
    await expect(vectors.search('c', vector(1, 0), { limit: 1 })).rejects.toMatchObject(gone);
    server = await FakeQdrant.start();
  });

  it('need the right key, and say which variable holds it', async () => {
    server.apiKey = 'right';
    const wrong = new QdrantVectors({ url: server.url, apiKey: 'wrong' });
    const refused = {
      kind: 'user',
      code: 'vector_store_refused',
      message: expect.stringContaining('QDRANT_API_KEY'),
    };
    await expect(wrong.upsert('c', [point('a', [1, 0])])).rejects.toMatchObject(refused);
    await expect(wrong.ping()).rejects.toMatchObject(refused);
    const right = new QdrantVectors({ url: server.url, apiKey: 'right' });
    await right.upsert('c', [point('a', [1, 0])]);
    expect(await right.ping()).toBe('Qdrant 1.99.0');
  });

  it('survive that somebody deletes the collection on the server', async () => {
    const vectors = new QdrantVectors({ url: server.url });
    await vectors.upsert('c', [point('a', [1, 0])]);
    server.collections.delete('c');
    await expect(vectors.upsert('c', [point('b', [1, 0])])).rejects.toMatchObject({ kind: 'transient' });
    await vectors.upsert('c', [point('b', [1, 0])]);
    expect(await vectors.search('c', vector(1, 0), { limit: 9 })).toMatchObject([{ id: 'b' }]);
  });
});
