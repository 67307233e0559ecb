import { randomUUID } from 'node:crypto';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { COLUMNS, type Column } from '../../../test/support/columns';
import { FakeOpenAi } from '../../../test/support/fake-openai';
import { ConfigModule } from '../../common/config/config.module';
import { parseConfig } from '../../common/config/load-config';
import { HealthModule } from '../../common/health.module';
import { DatabaseModule } from '../../drivers/database/database.module';
import { Database } from '../../drivers/database/database.service';
import { LlmModule } from '../../drivers/llm/llm.module';
import { VectorModule } from '../../drivers/vector/vector.module';
import { MemoryModule } from '../memory.module';
import { type Episode, EpisodePort, type SolvedProblem } from './episode.port';
import { EpisodeRepository } from './episode.repository';
import { EpisodesModule } from './episodes.module';

@Module({})
class Root {}

/** Somebody new in each test: vectors outlive the rows that a test deletes. */
let me = '';
beforeEach(() => {
  me = `key:${randomUUID()}`;
});

const MERGE = 'Write a Python function that merges two sorted lists';
const CODE = 'def merge(a, b):\n    return sorted(a + b)';
const solved = (changes: Partial<Omit<SolvedProblem, 'solution'>> & { code?: string } = {}): SolvedProblem => {
  const { code = CODE, ...rest } = changes;
  return {
    holder: me,
    arm: 'coder',
    language: 'python',
    problem: MERGE,
    solution: { code, tests: 'def test_merge(): assert merge([1], [2]) == [1, 2]', explanation: 'Sorts.' },
    stepId: randomUUID(),
    complexity: 'simple',
    tags: ['generate'],
    qualityScore: 0.9,
    testsPassed: 1,
    ...rest,
  };
};

const open = async (variables: Record<string, string>): Promise<INestApplicationContext> => {
  const { settings } = parseConfig(variables);
  const imports = [
    ConfigModule.with(settings),
    HealthModule,
    DatabaseModule,
    LlmModule,
    VectorModule,
    MemoryModule,
    EpisodesModule,
  ];
  return NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
};

describe.each(COLUMNS)('solved problems on the %s column', (_, openColumn) => {
  let column: Column;
  let app: INestApplicationContext;
  let episodes: EpisodePort;
  let database: Database;

  beforeAll(async () => {
    column = await openColumn();
    app = await open(column.variables);
    episodes = app.get(EpisodePort, { strict: false });
    database = app.get(Database, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });
  afterEach(() => database.query('DELETE FROM episodes'));

  const recall = (problem = MERGE, changes: Partial<SolvedProblem> = {}, limit = 3): Promise<Episode[]> => {
    const { holder, arm, language } = solved(changes);
    return episodes.recall({ holder, arm, language, problem, limit });
  };
  const stored = (): Promise<{ problem: string; successes: number; code: string }[]> =>
    database.query(`SELECT problem, successes, solution->>'code' AS code FROM episodes ORDER BY created_at, id`);

  it('are found again by a problem of much the same meaning', async () => {
    await episodes.remember(solved());
    await episodes.remember(solved({ problem: 'Parse ISO 8601 dates', code: 'def parse(text): ...' }));
    const [found, ...others] = await recall('Merge two sorted lists into one sorted list');
    expect(found).toMatchObject({ problem: MERGE, solution: { code: CODE, explanation: 'Sorts.' }, successes: 1 });
    expect(found?.similarity).toBeGreaterThan(0.45);
    expect(others).toEqual([]);
    expect(await recall('Compute the checksum of an IBAN')).toEqual([]);
  });

  it('are met by their holder alone, whatever is asked', async () => {
    await episodes.remember(solved());
    for (const holder of ['key:b', '', 'open', `${me}' OR true --`])
      expect(await recall(MERGE, { holder })).toEqual([]);
    for (const other of [{ arm: 'judge' }, { language: 'go' }]) expect(await recall(MERGE, other)).toEqual([]);
    const [known] = await recall();
    await episodes.reinforce('key:b', [known?.id ?? ''], randomUUID());
    expect(await stored()).toMatchObject([{ successes: 1 }]);
    await episodes.remember(solved({ holder: 'key:b' }));
    expect(await stored()).toHaveLength(2);
  });

  it('are met by their holder alone also when the vectors say otherwise', async () => {
    const id = await episodes.remember(solved());
    const rows = await app.get(EpisodeRepository, { strict: false }).find(solved({ holder: 'key:b' }), [id ?? '']);
    expect(rows).toEqual([]);
  });

  it('come nearest first, at most as many as are wanted', async () => {
    for (const word of ['three', 'four', 'five', 'two'])
      await episodes.remember(solved({ problem: MERGE.replace('two', word), code: `def ${word}(): ...` }));
    const found = await recall(MERGE, {}, 2);
    expect(found.map(({ problem }) => problem)[0]).toBe(MERGE);
    expect(found).toHaveLength(2);
  });

  it('of the same code become one, and so do those of the same problem', async () => {
    await episodes.remember(solved());
    await episodes.remember(solved({ problem: 'Another wording', code: CODE.replaceAll('    ', '\t') }));
    await episodes.remember(solved({ problem: MERGE.toUpperCase(), code: 'def other(): ...', testsPassed: 2 }));
    expect(await stored()).toEqual([{ problem: MERGE, successes: 3, code: 'def other(): ...' }]);
    await episodes.remember(solved({ code: 'def fewer_tests(): ...' }));
    expect(await stored()).toEqual([{ problem: MERGE, successes: 4, code: 'def other(): ...' }]);
  });

  it('that turn out to be the same become one with the successes of both', async () => {
    await episodes.remember(solved());
    await episodes.remember(solved({ problem: 'Parse dates', code: 'def parse(): ...' }));
    await episodes.remember(solved({ code: 'def parse(): ...' }));
    expect(await stored()).toEqual([{ problem: MERGE, successes: 3, code: 'def parse(): ...' }]);
    expect(await recall('Parse dates')).toEqual([]);
  });

  it('count a step once, however often it is run, and however many solve the same at once', async () => {
    const twice = solved();
    await episodes.remember(twice);
    await episodes.remember(twice);
    expect(await stored()).toMatchObject([{ successes: 1 }]);
    await Promise.all(Array.from({ length: 8 }, () => episodes.remember(solved())));
    expect(await stored()).toMatchObject([{ successes: 9 }]);
    const [known] = await recall();
    const step = randomUUID();
    await episodes.reinforce(me, [known?.id ?? ''], step);
    await episodes.reinforce(me, [known?.id ?? ''], step);
    expect(await stored()).toMatchObject([{ successes: 10 }]);
  });

  it('leave out what memory must not hold', async () => {
    const key = `sk-${'q7Jw2mZx'.repeat(6)}`;
    const refused = [`${CODE}\n# ask jane.doe@northwind-traders.com`, `${CODE}\nKEY = "${key}"`];
    for (const code of refused) expect(await episodes.remember(solved({ code }))).toBeUndefined();
    expect(await stored()).toEqual([]);
    await episodes.remember(solved({ problem: `${MERGE}, and mail it to jane.doe@northwind-traders.com` }));
    const [{ problem } = { problem: '' }] = await stored();
    expect(problem).toContain(MERGE);
    expect(problem).not.toContain('northwind');
  });

  it('take any text, and leave out what is too long to be of help', async () => {
    const odd = `${MERGE} \u0000 \ud800 漢字 ' " \\ $1`;
    expect(await episodes.remember(solved({ problem: odd, code: `${CODE} # \u0000 \ud800` }))).toBeDefined();
    expect(await recall(odd)).toHaveLength(1);
    expect(await episodes.remember(solved({ code: 'x'.repeat(70_000) }))).toBeUndefined();
    expect(await episodes.remember(solved({ language: 'x'.repeat(60) }))).toBeUndefined();
  });

  it('stay within their number: the least successful and oldest go', async () => {
    const rows = app.get(EpisodeRepository, { strict: false });
    const [first] = [await rows.keep(solved({ problem: 'one', code: '1' }), 3)];
    await rows.reinforce(me, [first.id], randomUUID());
    await rows.keep(solved({ problem: 'two', code: '2' }), 3);
    await rows.keep(solved({ problem: 'three', code: '3' }), 3);
    await rows.keep(solved({ holder: 'key:b', problem: 'another', code: '9' }), 3);
    const { gone } = await rows.keep(solved({ problem: 'four', code: '4' }), 3);
    expect(gone).toHaveLength(1);
    expect((await stored()).map(({ problem }) => problem).sort()).toEqual(['another', 'four', 'one', 'three']);
  });

  it('tell the vector store what its clients know a point by', async () => {
    const id = await episodes.remember(solved({ complexity: 'medium' }));
    const [point] = await database.query<{ payload: object }>(
      `SELECT payload FROM vector_points WHERE collection = 'coder_memory' AND id = $1`,
      [id],
    );
    const own = { holder: me, arm: 'coder', language: 'python' };
    const named = { complexity: 'medium', tags: ['generate'], quality_score: 0.9, tested: true };
    expect(point?.payload).toEqual({ ...own, ...named });
  });
});

describe('solved problems with an embedding model', () => {
  let column: Column;
  let model: FakeOpenAi;
  let app: INestApplicationContext;
  let episodes: EpisodePort;

  beforeAll(async () => {
    [column, model] = await Promise.all([COLUMNS[0]![1](), FakeOpenAi.start()]);
    const provider = { LLM_PROVIDER: 'openai', OPENAI_BASE_URL: model.url, LLM_EMBEDDING_MODEL: 'fake-embedding' };
    app = await open({ ...column.variables, ...provider, LLM_MODEL_BALANCED: 'fake', LLM_MAX_RETRIES: '0' });
    episodes = app.get(EpisodePort, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await model.stop();
    await column.dispose();
  });

  it('have a collection that names it, and none are found while it is out of order', async () => {
    const { holder, arm, language, problem } = solved();
    const asked = { holder, arm, language, problem, limit: 3 };
    await episodes.remember(solved());
    expect(await episodes.recall(asked)).toHaveLength(1);
    const collections = await app
      .get(Database, { strict: false })
      .query('SELECT name, dimension FROM vector_collections');
    expect(collections).toEqual([{ name: 'coder_memory-openai-compatible-fake-embedding-32', dimension: 32 }]);
    model.failure = 503;
    expect(await episodes.recall(asked)).toEqual([]);
    expect(await episodes.remember(solved({ problem: 'Another', code: 'another()' }))).toBeDefined();
    model.failure = undefined;
    expect(await episodes.recall(asked)).toHaveLength(1);
  });

  it('are missed by nobody when their table cannot be used', async () => {
    const { holder, arm, language, problem } = solved();
    await episodes.remember(solved());
    const database = app.get(Database, { strict: false });
    await database.query('ALTER TABLE episodes RENAME TO elsewhere');
    expect(await episodes.recall({ holder, arm, language, problem, limit: 3 })).toEqual([]);
    expect(await episodes.remember(solved())).toBeUndefined();
    await episodes.reinforce(holder, [randomUUID()], randomUUID());
    await database.query('ALTER TABLE elsewhere RENAME TO episodes');
    expect(await episodes.recall({ holder, arm, language, problem, limit: 3 })).toHaveLength(1);
  });
});
