import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Column, embeddedColumn } from '../../test/support/columns';
import { FakeOpenAi } from '../../test/support/fake-openai';
import { FakeQdrant } from '../../test/support/fake-qdrant';
import { ConfigModule } from '../common/config/config.module';
import { parseConfig } from '../common/config/load-config';
import { HealthModule } from '../common/health.module';
import { DatabaseModule } from '../drivers/database/database.module';
import { Database } from '../drivers/database/database.service';
import { LlmModule } from '../drivers/llm/llm.module';
import { LibraryPort, type Redaction } from './library.port';
import { VectorModule } from '../drivers/vector/vector.module';
import { MemoryModule } from './memory.module';

@Module({})
class Root {}

let column: Column;
let app: INestApplicationContext;
let library: LibraryPort;
let collection: string;
let nth = 0;

const boot = async (variables: Record<string, string> = {}): Promise<void> => {
  const { settings } = parseConfig({ ...column.variables, ...variables });
  const imports = [ConfigModule.with(settings), HealthModule, DatabaseModule, LlmModule, MemoryModule, VectorModule];
  app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
  library = app.get(LibraryPort, { strict: false });
};
const remember = (documents: Record<string, string>): Promise<string[]> =>
  library.remember(
    collection,
    Object.entries(documents).map(([id, content]) => ({ id, content })),
  );
const found = async (query: string, limit = 5): Promise<string[]> =>
  (await library.search(query, { collection, limit })).map(({ documentId }) => documentId);
const scoreOf = async (query: string): Promise<number> =>
  (await library.search(query, { collection, limit: 1 }))[0]?.score ?? 0;

beforeAll(async () => (column = await embeddedColumn()));
afterAll(() => column.dispose());
beforeEach(() => (collection = `c${(nth += 1)}`));

describe('a library without a model', () => {
  beforeAll(() => boot());
  afterAll(() => app.close());

  it('keeps neither secrets nor personal data, and tells what it took out of which document', async () => {
    const key = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;
    const told: Redaction[] = [];
    const documents = [
      { id: 'plain', content: 'Pumice floats on water.' },
      {
        id: 'telling',
        content: `Pumice: ask a.baker@northwind-traders.com or c.dole@northwind-traders.com.`,
        source: key,
      },
      { id: 'deep', content: 'Pumice again.', metadata: { login: { token: key } } },
    ];
    await expect(library.remember(collection, documents, (one) => told.push(one))).resolves.toHaveLength(3);
    expect(told).toEqual([
      { document: 'telling', kinds: { email: 2, github_token: 1 } },
      { document: 'deep', kinds: { github_token: 1 } },
    ]);
    const stored = await app.get(Database, { strict: false }).query('SELECT d::text FROM documents d');
    expect(JSON.stringify(stored)).toContain('[EMAIL-REDACTED]');
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`northwind|${key}`));
    expect(await found('pumice')).toHaveLength(3);
  });

  it('refuses a name that it must not keep, and then stores nothing', async () => {
    const id = 'a.baker@northwind-traders.com';
    const documents = [{ content: 'Basalt is dark.' }, { id, content: 'Basalt is hard.' }];
    const refusal: unknown = await library.remember(collection, documents).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'policy_violation', details: { field: 'documents.1.id' } });
    expect((refusal as Error).message).toMatch(/documents\.1\.id holds personal data \(email\)/);
    expect((refusal as Error).message).not.toContain(id);
    expect(await found('basalt')).toEqual([]);
    const named = library.remember(`ghp_${'aB3dE5gH7jK9'.repeat(3)}`, [{ content: 'Basalt.' }]);
    await expect(named).rejects.toMatchObject({ code: 'policy_violation', details: { field: 'collection' } });
  });

  it('finds words in every form, and what is rare counts more', async () => {
    await remember({
      leave: 'Employees may request annual leave in writing.',
      rooms: 'Employees book meeting rooms online. Employees cancel rooms online.',
      cars: 'Employees share two cars.',
    });
    expect(await found('requesting leaves')).toEqual(['leave']);
    expect((await found('employee cars'))[0]).toBe('cars');
    expect(await found('Employees', 2)).toHaveLength(2);
  });

  it('puts the shorter of two before the longer that says the same, and the one that says it more often first', async () => {
    const filler = 'Nothing of interest happened on the way to the harbour that day. '.repeat(20);
    await remember({
      long: `A turbine broke. ${filler}`,
      short: 'A turbine broke.',
      often: 'Turbine after turbine broke, a turbine each day.',
    });
    expect(await found('turbine')).toEqual(['often', 'short', 'long']);
  });

  it('finds the words inside of paths, compounds, addresses and tags', async () => {
    await remember({
      path: 'See /srv/billing/invoices.yaml first.',
      compound: 'The boundary-layer thickens.',
      tag: 'Wrap it in <marquee behavior="slide"> please.',
      name: 'Call parse_timestamp(value).',
    });
    expect(await found('invoices')).toEqual(['path']);
    expect(await found('layer')).toEqual(['compound']);
    expect(await found('marquee')).toEqual(['tag']);
    expect(await found('timestamp')).toEqual(['name']);
    expect((await found('/srv/billing/invoices.yaml'))[0]).toBe('path');
  });

  it('scores from 0 to 1: the more of the query is there, the higher, with about .5 for half of it', async () => {
    await remember({ one: 'Copper conducts heat.', two: 'Wood floats well.', three: 'Glass breaks fast.' });
    const half = await scoreOf('copper gravity');
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.6);
    const all = await scoreOf('copper conducts heat');
    expect(all).toBeGreaterThan(0.7);
    expect(all).toBeLessThanOrEqual(1);
    await remember({ four: 'copper '.repeat(200) });
    expect(await scoreOf('copper')).toBeLessThanOrEqual(1);
  });

  it('finds a misspelt word where no word matches, and nothing where nothing is near', async () => {
    await remember({ cluster: 'Kubernetes', rooms: 'Meeting rooms' });
    expect(await found('kubernets')).toEqual(['cluster']);
    expect(await found('chocolate cake')).toEqual([]);
    expect(await found('the of and')).toEqual([]);
  });

  it.each([
    "it's",
    "'; DROP TABLE documents; --",
    'a & !b | (c',
    '\\',
    '\u0000',
    '%_',
    ':*',
    '<->',
    '',
    'x'.repeat(5000),
  ])('takes %j for a question like any other', async (query) => {
    await remember({ a: "It's a document." });
    await expect(library.search(query, { collection, limit: 3 })).resolves.toBeInstanceOf(Array);
  });

  it('replaces a document, and keeps collections apart unless none is named', async () => {
    await remember({ a: 'walruses' });
    await remember({ a: 'penguins' });
    expect(await found('walruses')).toEqual([]);
    expect(await found('penguins')).toEqual(['a']);
    const here = collection;
    collection = `${here}-other`;
    await remember({ a: 'penguins and penguins' });
    const all = await library.search('penguins', { limit: 10 });
    expect(all.map(({ content }) => content).sort()).toEqual(['penguins', 'penguins and penguins']);
  });

  it('gives back what it was given, with ids in order', async () => {
    const ids = await library.remember(collection, [
      { content: 'alpha zebra', source: 'a.md', metadata: { page: 3, deep: { list: [null] } } },
      { id: 'b', content: 'beta' },
      { id: 'b', content: 'gamma zebra' },
    ]);
    expect(ids).toEqual([expect.any(String), 'b', 'b']);
    const passages = await library.search('zebra', { collection, limit: 5 });
    expect(passages).toHaveLength(2);
    expect(passages).toContainEqual({
      documentId: ids[0],
      source: 'a.md',
      content: 'alpha zebra',
      metadata: { page: 3, deep: { list: [null] } },
      score: expect.any(Number),
    });
    expect(passages).toContainEqual(expect.objectContaining({ documentId: 'b', source: 'b', content: 'gamma zebra' }));
  });
});

/** The fake's vectors count letters: an anagram means the same and shares no word. */
describe('a library with a model', () => {
  let model: FakeOpenAi;
  let qdrant: FakeQdrant;
  beforeAll(async () => {
    [model, qdrant] = await Promise.all([FakeOpenAi.start(), FakeQdrant.start()]);
    await boot({
      LLM_PROVIDER: 'openai',
      OPENAI_BASE_URL: model.url,
      LLM_MODEL_BALANCED: 'fake',
      LLM_MAX_RETRIES: '0',
      QDRANT_URL: qdrant.url,
    });
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([model.stop(), qdrant.stop()]);
  });
  beforeEach(() => {
    model.reset();
    qdrant.failure = undefined;
  });
  const ANAGRAM = 'tinsel enlist';
  const unlike = 'zzzz qqqq xxxx zzzz kkkk';

  it('finds by meaning what shares no word, and puts first what both ways find', async () => {
    await remember({ meaning: 'silent listen', both: 'tinsel listen', words: `tinsel ${unlike}` });
    const hits = await library.search(ANAGRAM, { collection, limit: 3 });
    expect(hits.map(({ documentId }) => documentId).sort()).toEqual(['both', 'meaning', 'words']);
    expect(hits[0]?.documentId).toBe('both');
    expect(hits.find(({ documentId }) => documentId === 'meaning')?.score).toBeGreaterThan(0.9);
  });

  it('embeds a long document as a whole, and a new text in place of the old', async () => {
    await remember({ long: 'zzzz qqqq '.repeat(500), other: unlike.repeat(30) });
    await remember({ long: 'silent listen '.repeat(400) });
    const [first] = await library.search(ANAGRAM, { collection, limit: 1 });
    expect(first?.documentId).toBe('long');
    expect(first?.score).toBeGreaterThan(0.9);
  });

  it('stores and searches by words while the embedder is out of order, and learns the meaning later', async () => {
    model.failure = 503;
    await remember({ a: 'silent listen', b: 'stone' });
    expect(await found('stone')).toEqual(['b']);
    expect(await found(ANAGRAM)).toEqual([]);
    model.failure = undefined;
    expect(await found(ANAGRAM)).toEqual([]);
    await remember({ a: 'silent listen' });
    expect(await found(ANAGRAM)).toEqual(['a']);
  });

  it('stores and searches by words while the vector store is out of order', async () => {
    await remember({ a: 'silent listen' });
    qdrant.failure = 500;
    await remember({ b: 'stone' });
    expect(await found('stone')).toEqual(['b']);
    expect(await found(ANAGRAM)).toEqual([]);
    qdrant.failure = undefined;
    expect(await found(ANAGRAM)).toEqual(['a']);
  });

  it('does not show a vector that outlived its document', async () => {
    await remember({ a: 'silent listen' });
    await app.get(Database, { strict: false }).query('DELETE FROM documents WHERE collection = $1', [collection]);
    expect(await found(ANAGRAM)).toEqual([]);
  });

  it('keeps the vectors of each embedder in a place that names it', async () => {
    await remember({ a: 'silent listen' });
    expect([...qdrant.collections.keys()]).toEqual(['library-openai-compatible-default-32']);
  });
});
