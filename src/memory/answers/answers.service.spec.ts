import { randomUUID } from 'node:crypto';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { COLUMNS, type Column } from '../../../test/support/columns';
import { FakeOpenAi } from '../../../test/support/fake-openai';
import { newGuardrails } from '../../../test/support/guardrails';
import { ConfigModule } from '../../common/config/config.module';
import { AppConfig } from '../../common/config/config.service';
import { parseConfig } from '../../common/config/load-config';
import { HealthModule } from '../../common/health.module';
import { newKey } from '../../common/ids';
import { DatabaseModule } from '../../drivers/database/database.module';
import { Database } from '../../drivers/database/database.service';
import { LlmModule } from '../../drivers/llm/llm.module';
import { LlmPort } from '../../drivers/llm/llm.port';
import { VectorModule } from '../../drivers/vector/vector.module';
import { GuardrailsModule } from '../../guardrails/guardrails.module';
import type { Question } from './answer-key';
import { AnswerMeaning } from './answer-meaning.service';
import type { AnswerSettings } from './answer-settings';
import { AnswerRepository } from './answer.repository';
import { AnswersModule } from './answers.module';
import { AnswerCache, type CachedAnswer } from './answers.service';

@Module({})
class Root {}

const RESULT = {
  output: 'the answer',
  confidence: 0.9,
  validation_passed: true,
  model: 'fake',
  warnings: [],
  citations: [],
  lineage: [],
};

describe.each(COLUMNS)('answers on the %s column', (_name, open) => {
  let column: Column;
  let model: FakeOpenAi;
  let app: INestApplicationContext;
  let database: Database;

  beforeAll(async () => {
    [column, model] = await Promise.all([open(), FakeOpenAi.start()]);
    const { settings } = parseConfig({
      ...column.variables,
      LLM_PROVIDER: 'openai',
      OPENAI_BASE_URL: model.url,
      LLM_MODEL_BALANCED: 'fake',
      LLM_MAX_RETRIES: '0',
    });
    const imports = [
      ConfigModule.with(settings),
      HealthModule,
      DatabaseModule,
      LlmModule,
      VectorModule,
      GuardrailsModule,
      AnswersModule,
    ];
    app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
    database = app.get(Database, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await model.stop();
    await column.dispose();
  });
  beforeEach(() => model.reset());
  afterEach(() => database.query('DELETE FROM answers'));

  const cacheWith = (settings: Partial<AnswerSettings> = {}): AnswerCache =>
    new AnswerCache(
      app.get(AnswerRepository, { strict: false }),
      app.get(AnswerMeaning, { strict: false }),
      newGuardrails(),
      app.get(LlmPort, { strict: false }),
      { ttlSeconds: 3_600, similarity: 0, ...settings },
      app.get(AppConfig, { strict: false }),
    );
  const completed = async (goal: string, columns: Record<string, unknown> = {}): Promise<string> => {
    const id = randomUUID();
    const row = {
      id,
      key: newKey(),
      goal,
      status: 'completed',
      result: JSON.stringify(RESULT),
      answer_holder: 'a',
      priority: 'medium',
      max_tokens: 1,
      max_time_seconds: 1,
      max_cost_usd: 0,
      max_retries: 0,
      ...columns,
    };
    const names = Object.keys(row);
    await database.query(
      `INSERT INTO tasks (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
    return id;
  };
  const ask = (cache: AnswerCache, goal: string, changes: Partial<Question> = {}): Promise<CachedAnswer | undefined> =>
    cache.find({
      tenant: 'a',
      goal,
      constraints: [],
      acceptanceCriteria: [],
      context: {},
      checkPii: true,
      checkInjection: true,
      ...changes,
    });

  it('are kept with what was asked besides the goal', async () => {
    const cache = cacheWith();
    const besides = {
      constraints: ['be brief'],
      acceptanceCriteria: ['it is short'],
      context: { b: 1, a: { d: 1, c: 2 } },
    };
    await cache.remember(
      await completed('Sum up', {
        constraints: JSON.stringify(besides.constraints),
        acceptance_criteria: JSON.stringify(besides.acceptanceCriteria),
        context: JSON.stringify(besides.context),
      }),
    );
    expect(await ask(cache, 'Sum up', besides)).toMatchObject({ output: 'the answer' });
    expect(await ask(cache, 'Sum up')).toBeUndefined();
    expect(await ask(cache, 'Sum up', { ...besides, tenant: 'b' })).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>]>([
    ['that is nobody’s', { answer_holder: null }],
    ['that failed', { status: 'failed' }],
    ['that was one arm called by itself', { direct_arm: 'coder' }],
    ['that demanded capabilities', { required_capabilities: '["web_search"]' }],
    ['whose result was not passed', { result: JSON.stringify({ ...RESULT, validation_passed: false }) }],
  ])('are not kept of a task %s', async (_, columns) => {
    const cache = cacheWith();
    await cache.remember(await completed('Count', columns));
    expect(await ask(cache, 'Count')).toBeUndefined();
    await cache.remember(await completed('Count'));
    expect(await ask(cache, 'Count')).toBeDefined();
  });

  it('are counted, and forgotten together', async () => {
    const cache = cacheWith();
    const layers: string[] = [];
    cache.listen((layer) => layers.push(layer));
    await cache.remember(await completed('Count'));
    await ask(cache, 'Count');
    await ask(cache, 'Count');
    await ask(cache, 'count');
    expect(await cache.statistics()).toEqual({ entries: 1, hits: 2, misses: 1, evictions: 0 });
    expect(layers).toEqual(['answer', 'answer']);
    expect(await cache.clear()).toBe(1);
    expect((await cache.statistics()).entries).toBe(0);
  });

  it('are neither kept nor found when they are to live for no time', async () => {
    const off = cacheWith({ ttlSeconds: 0 });
    await off.remember(await completed('Count'));
    expect(await database.query('SELECT 1 FROM answers')).toEqual([]);
    await cacheWith().remember(await completed('Count'));
    expect(await ask(off, 'Count')).toBeUndefined();
    expect(await off.statistics()).toMatchObject({ hits: 0, misses: 0 });
  });

  it('make room for newer ones of the same tenant alone', async () => {
    await database.query(
      `INSERT INTO answers (key, tenant, output, created_at, expires_at)
       SELECT lpad(n::text, 64, '0'), CASE WHEN n = 0 THEN 'b' ELSE 'a' END, '{}',
              now() - make_interval(secs => 20000 - n), now() + interval '1 hour'
       FROM generate_series(0, 10001) AS n`,
    );
    const cache = cacheWith();
    await cache.remember(await completed('Count'));
    expect(await cache.statistics()).toMatchObject({ entries: 10_001, evictions: 2 });
    expect(await ask(cache, 'Count')).toBeDefined();
    const left = await database.query<{ key: string }>(
      "SELECT key FROM answers WHERE key < lpad('4', 64, '0') ORDER BY key",
    );
    expect(left.map(({ key }) => Number(key))).toEqual([0, 3]);
  });

  describe('to much the same question', () => {
    const GOAL = 'Explain how a suspension bridge carries its load';
    const ALIKE = 'Explain how a suspension bridge carries its loads';

    it('are not looked for unless asked to', async () => {
      const cache = cacheWith();
      await cache.remember(await completed(GOAL));
      expect(await ask(cache, ALIKE)).toBeUndefined();
      expect(model.paths).not.toContain('POST /v1/embeddings');
    });

    it('are found by its meaning', async () => {
      const cache = cacheWith({ similarity: 0.95 });
      const layers: string[] = [];
      cache.listen((layer) => layers.push(layer));
      await cache.remember(await completed(GOAL));
      expect(await ask(cache, ALIKE)).toMatchObject({ output: 'the answer' });
      expect(layers).toEqual(['semantic']);
    });

    it('are not those to a long one, in which a word is little', async () => {
      const cache = cacheWith({ similarity: 0.8 });
      const long = `${GOAL} `.repeat(5);
      await cache.remember(await completed(long));
      expect(await ask(cache, `${long}s`)).toBeUndefined();
      expect(await ask(cache, long)).toBeDefined();
    });

    it.each<[string, string, Partial<Question>]>([
      ['another tenant', ALIKE, { tenant: 'b' }],
      ['a context', ALIKE, { context: { a: 1 } }],
      ['other checks', ALIKE, { checkPii: false }],
      ['a number', `${ALIKE} 7`, {}],
      ['a negation', ALIKE.replace('how', 'not how'), {}],
      ['quotation marks', ALIKE.replace('load', '"load"'), {}],
      ['another meaning', 'Quiz me', {}],
    ])('are not those to one with %s', async (_, goal, changes) => {
      const cache = cacheWith({ similarity: 0.8 });
      await cache.remember(await completed(GOAL));
      expect(await ask(cache, ALIKE)).toBeDefined();
      expect(await ask(cache, goal, changes)).toBeUndefined();
    });

    it('end with their time, and leave no vectors behind when they are cleared', async () => {
      const cache = cacheWith({ similarity: 0.95 });
      await cache.clear();
      await cache.remember(await completed(GOAL));
      await database.query("UPDATE answers SET expires_at = now() - interval '1 second'");
      expect(await ask(cache, ALIKE)).toBeUndefined();
      expect(await cache.clear()).toBe(0);
      const vectors = "SELECT id FROM vector_points WHERE collection LIKE 'answers-%' AND payload->>'tenant' = 'a'";
      await cache.remember(await completed(GOAL));
      expect(await database.query(vectors)).not.toEqual([]);
      const [kept] = await database.query<{ key: string }>('SELECT key FROM answers');
      await cache.clear();
      const left = await database.query<{ id: string }>(vectors);
      expect(left.map(({ id }) => id)).not.toContain(kept?.key);
    });

    it('are not missed by the others while the embedder is out of order', async () => {
      const cache = cacheWith({ similarity: 0.95 });
      model.failure = 503;
      await cache.remember(await completed(GOAL));
      expect(await ask(cache, ALIKE)).toBeUndefined();
      expect(await ask(cache, GOAL)).toBeDefined();
    });
  });
});
