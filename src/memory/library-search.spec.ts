import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { COLUMNS, type Column } from '../../test/support/columns';
import { FakeOpenAi } from '../../test/support/fake-openai';
import { ConfigModule } from '../common/config/config.module';
import { parseConfig } from '../common/config/load-config';
import { HealthModule } from '../common/health.module';
import type { DocumentFilter } from '../contracts/direct';
import type { JsonObject } from '../contracts/json';
import { DatabaseModule } from '../drivers/database/database.module';
import { Database } from '../drivers/database/database.service';
import { LlmModule } from '../drivers/llm/llm.module';
import { VectorModule } from '../drivers/vector/vector.module';
import { LibraryPort, type Search } from './library.port';
import { MemoryModule } from './memory.module';

@Module({})
class Root {}

const METADATA: Record<string, JsonObject> = {
  a: { severity: 'High', tags: ['network', 'linux'], date: '2024-03-01', year: 2021 },
  b: { severity: 'low', tags: [], date: '2024-03-31T23:30:00-02:00', published_date: '2023-07', fixed: true },
  c: { severity: ['low', 'critical'], tags: 'linux', last_updated: '2025-01-15 08:00', date: 'last spring' },
  d: { date: '2024-02-31', source: 'mirror.md', year: 2021.5, odd: { deep: 1 } },
};

describe.each(COLUMNS)('searching documents on the %s column', (_name, open) => {
  let column: Column;
  let model: FakeOpenAi;
  let app: INestApplicationContext;
  let library: LibraryPort;

  beforeAll(async () => {
    [column, model] = await Promise.all([open(), FakeOpenAi.start()]);
    const { settings } = parseConfig({
      ...column.variables,
      LLM_PROVIDER: 'openai',
      OPENAI_BASE_URL: model.url,
      LLM_MODEL_BALANCED: 'fake',
      LLM_MAX_RETRIES: '0',
    });
    const imports = [ConfigModule.with(settings), HealthModule, DatabaseModule, LlmModule, MemoryModule, VectorModule];
    app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
    library = app.get(LibraryPort, { strict: false });
    await library.remember(
      'advisories',
      Object.entries(METADATA).map(([id, metadata]) => ({
        id,
        content: 'tinsel enlist',
        source: `${id}.md`,
        metadata,
      })),
    );
    const database = app.get(Database, { strict: false });
    await database.query(
      "UPDATE documents SET created_at = '2020-05-05T12:00:00Z', updated_at = '2022-02-02T00:00:00Z'",
    );
  });
  afterAll(async () => {
    await app.close();
    await model.stop();
    await column.dispose();
  });
  beforeEach(() => model.reset());

  const ids = async (filters: DocumentFilter[], search: Partial<Search> = {}): Promise<string> => {
    const { passages } = await library.find('tinsel', { collection: 'advisories', limit: 10, filters, ...search });
    return passages
      .map(({ documentId }) => documentId)
      .sort()
      .join('');
  };
  const anyOf = (field: string, ...values: (string | number | boolean)[]): DocumentFilter[] => [
    { kind: 'anyOf', field, values },
  ];
  const during = (
    fields: string[],
    from?: string,
    until?: string,
    otherwise?: 'created' | 'updated',
  ): DocumentFilter[] => [
    { kind: 'during', fields, ...(from && { from }), ...(until && { until }), ...(otherwise && { otherwise }) },
  ];

  it.each<[string, DocumentFilter[], string]>([
    ['nothing', [], 'abcd'],
    ['a value in any case', anyOf('severity', 'high'), 'a'],
    ['any of several values', anyOf('severity', 'high', 'critical'), 'ac'],
    ['an entry of a list', anyOf('tags', 'linux'), 'ac'],
    ['a number', anyOf('year', 2021), 'a'],
    ['the same number written otherwise', anyOf('year', 2021.0), 'a'],
    ['a boolean, which is no text', anyOf('fixed', true), 'b'],
    ['text that is no boolean', anyOf('fixed', 'true'), ''],
    ['the source', anyOf('source', 'A.md', 'b.md'), 'ab'],
    ['a source told by the metadata', anyOf('source', 'mirror.md'), 'd'],
    ['no such field', anyOf('nowhere', 'x'), ''],
    ['no such field with a quote in it', anyOf("x' OR true --", "' OR true --"), ''],
    ['two things at once', [...anyOf('severity', 'low'), ...anyOf('tags', 'linux')], 'c'],
    ['a day and later', during(['date'], '2024-03-01T00:00:00Z'), 'abd'],
    ['later than a day', during(['date'], '2024-03-01T00:00:00.001Z'), 'bd'],
    ['earlier than a moment', during(['date'], undefined, '2024-04-01T00:00:00Z'), 'ad'],
    ['the zone of a moment', during(['date'], '2024-04-01T01:30:00Z', '2024-04-01T01:30:00.001Z'), 'b'],
    ['the second field where the first is no date', during(['date', 'last_updated'], '2025-01-15T08:00:00Z'), 'c'],
    ['a month', during(['published_date'], '2023-07-01T00:00:00Z', '2023-07-01T00:00:01Z'), 'b'],
    ['a year that is a number', during(['year'], '2021-01-01T00:00:00Z'), 'a'],
    [
      'when it was stored where nothing else is told',
      during(['none'], '2020-05-05T12:00:00Z', '2020-05-06T00:00:00Z', 'created'),
      'abcd',
    ],
    ['when it was last stored', during(['none'], '2022-02-01T00:00:00Z', undefined, 'updated'), 'abcd'],
    ['no time at all', during(['none'], '2000-01-01T00:00:00Z'), ''],
  ])('filters by %s', async (_case, filters, expected) => {
    for (const method of ['keyword', 'vector', 'hybrid'] as const)
      expect(await ids(filters, { method })).toBe(expected);
  });

  it('finds what a filter keeps however many nearer ones it leaves out', async () => {
    const crowd = Array.from({ length: 40 }, (_one, index) => ({ id: `n${index}`, content: 'tinsel tinsel' }));
    await library.remember('crowd', [...crowd, { id: 'kept', content: 'tinsel and more', metadata: { kept: true } }]);
    for (const method of ['keyword', 'vector', 'hybrid'] as const) {
      expect(await ids(anyOf('kept', true), { collection: 'crowd', method, limit: 1 })).toBe('kept');
    }
  });

  it('compares words or meaning alone when asked to', async () => {
    await library.remember('ways', [
      { id: 'meaning', content: 'silent listen' },
      { id: 'words', content: 'tinsel zzzz qqqq xxxx zzzz kkkk' },
    ]);
    const of = (method: Search['method'], minScore = 0.5) =>
      library.find('tinsel enlist', { collection: 'ways', limit: 5, minScore, ...(method && { method }) });
    const [keyword, vector, hybrid] = await Promise.all([of('keyword', 0.1), of('vector'), of('hybrid', 0.1)]);
    expect(keyword.passages.map(({ documentId }) => documentId)).toEqual(['words']);
    expect(keyword).toMatchObject({ method: 'keyword', total: 1 });
    expect(keyword).not.toHaveProperty('vectorModel');
    expect(vector.passages.map(({ documentId }) => documentId)).toEqual(['meaning']);
    expect(vector.passages[0]?.score).toBeCloseTo(1);
    expect(vector).toMatchObject({ method: 'vector', database: 'postgresql', vectorModel: 'default' });
    expect(hybrid.passages.map(({ documentId }) => documentId).sort()).toEqual(['meaning', 'words']);
  });

  it('counts what the limit leaves out, and leaves out what fits too little', async () => {
    const found = await library.find('tinsel', { collection: 'advisories', limit: 3, method: 'keyword' });
    expect(found).toMatchObject({ total: 4, passages: { length: 3 } });
    const strict = await library.find('tinsel', { collection: 'advisories', limit: 3, minScore: 1 });
    expect(strict).toMatchObject({ total: 0, passages: [] });
  });

  it('says so when it had to search by words instead', async () => {
    model.failure = 503;
    for (const method of ['vector', 'hybrid'] as const) {
      const found = await library.find('tinsel', { collection: 'advisories', limit: 10, method });
      expect(found).toMatchObject({ method: 'keyword', total: 4 });
    }
  });

  it('knows the usual collection by its other names', async () => {
    await library.remember('knowledge_base', [{ id: 'alias', content: 'walruses' }]);
    for (const collection of ['retriever_memory', 'retriever_index', 'knowledge_base']) {
      const passages = await library.search('walruses', { collection, limit: 1 });
      expect(passages).toMatchObject([{ documentId: 'alias' }]);
    }
  });
});
