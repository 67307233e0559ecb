import { createHash, randomBytes } from 'node:crypto';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Column, embeddedColumn } from '../../test/support/columns';
import { ConfigModule } from '../common/config/config.module';
import { AppConfig } from '../common/config/config.service';
import { parseConfig } from '../common/config/load-config';
import { HealthModule } from '../common/health.module';
import { newId, newKey } from '../common/ids';
import { DatabaseModule } from '../drivers/database/database.module';
import { Database } from '../drivers/database/database.service';
import type { CollectedFiles } from '../drivers/sandbox/sandbox.port';
import { ArtifactCleanUp } from './artifact-clean-up.service';
import { ArtifactRepository, type Maker } from './artifact.repository';
import { Workspaces } from './workspaces.service';

@Module({})
class Root {}

const MEGABYTE = 1024 * 1024;
const sha = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text);
const left = (files: Record<string, string | Uint8Array>): CollectedFiles => ({
  files: Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? bytes(content) : content]),
  ),
  leftOut: [],
});

describe('workspaces', () => {
  let column: Column;
  let app: INestApplicationContext;
  let database: Database;
  let repository: ArtifactRepository;
  let workspaces: Workspaces;

  beforeAll(async () => {
    column = await embeddedColumn();
    const { settings } = parseConfig({ ...column.variables, ARTIFACT_QUOTA_MB: '20' });
    const imports = [ConfigModule.with(settings), HealthModule, DatabaseModule];
    app = await NestFactory.createApplicationContext(
      { module: Root, imports, providers: [ArtifactRepository, Workspaces] },
      { logger: false, abortOnError: false },
    );
    [database, repository, workspaces] = [
      app.get(Database, { strict: false }),
      app.get(ArtifactRepository),
      app.get(Workspaces),
    ];
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });

  let nth = 0;
  /** A task at work. */
  const newTask = async (holder = ''): Promise<string> => {
    const taskId = newId();
    await database.query(
      `INSERT INTO tasks (id, key, goal, priority, max_tokens, max_time_seconds, max_cost_usd, max_retries, status, holder)
       VALUES ($1, $2, 'goal', 'low', 1, 100, 1, 1, 'executing', $3)`,
      [taskId, newKey(), holder],
    );
    return taskId;
  };
  /** A step of it at its first attempt. */
  const newStep = async (taskId: string): Promise<Maker & { key: string }> => {
    const [stepId, key] = [newId(), `s${(nth += 1)}`];
    await database.query(
      `INSERT INTO steps (id, task_id, key, kind, arm, action, depends_on, position, status, attempt)
       VALUES ($1, $2, $3, 'work', 'executor', 'do', '{}', $4, 'running', 1)`,
      [stepId, taskId, key, nth],
    );
    return { stepId, attempt: 1, key };
  };
  const finish = async ({ stepId }: Maker): Promise<void> => {
    await database.query("UPDATE steps SET status = 'succeeded' WHERE id = $1", [stepId]);
  };
  /** The step was taken from whoever was at it. */
  const again = async <M extends Maker>(maker: M): Promise<M> => {
    await database.query('UPDATE steps SET attempt = attempt + 1 WHERE id = $1', [maker.stepId]);
    return { ...maker, attempt: maker.attempt + 1 };
  };
  /** Runs a step from its beginning to its end. */
  const run = async (taskId: string, change: (files: Record<string, string>) => Record<string, string>) => {
    const step = await newStep(taskId);
    const before = await workspaces.open(taskId);
    const texts = Object.fromEntries(Object.entries(before).map(([path, content]) => [path, String(content)]));
    const { artifacts: kept } = await workspaces.keep(taskId, step, before, left(change(texts)));
    await finish(step);
    return { step, kept };
  };
  const texts = async (taskId: string): Promise<Record<string, string>> =>
    Object.fromEntries(Object.entries(await workspaces.open(taskId)).map(([path, content]) => [path, String(content)]));
  const rows = (taskId: string): Promise<{ path: string; version: number }[]> =>
    database.query('SELECT path, version FROM artifacts WHERE task_id = $1 ORDER BY path, version', [taskId]);

  it('show every step what was given and what the steps before made', async () => {
    const taskId = await newTask();
    expect(await workspaces.open(taskId)).toEqual({});
    const given = await workspaces.put(taskId, null, { 'in/a.txt': 'one', 'b.bin': Buffer.from([0, 255]) });
    expect(given).toEqual([
      {
        id: expect.any(String),
        taskId,
        step: null,
        path: 'in/a.txt',
        version: 1,
        size: 3,
        sha256: sha('one'),
        createdAt: expect.stringMatching(/Z$/),
        available: true,
      },
      expect.objectContaining({ path: 'b.bin', size: 2, sha256: sha(Buffer.from([0, 255])) }),
    ]);
    const { step, kept } = await run(taskId, () => ({ 'in/a.txt': 'two', 'out.txt': 'three' }));
    expect(kept).toMatchObject([
      { path: 'in/a.txt', version: 2, step: step.key, sha256: sha('two') },
      { path: 'out.txt', version: 1 },
    ]);
    // The run removed b.bin; its first version is still there to be had.
    expect(await texts(taskId)).toEqual({ 'in/a.txt': 'two', 'out.txt': 'three' });
    const listed = await workspaces.list(taskId);
    expect(listed.map(({ path, version }) => `${path} ${version}`).sort()).toEqual([
      'b.bin 1',
      'in/a.txt 1',
      'in/a.txt 2',
      'out.txt 1',
    ]);
    const first = await workspaces.read(taskId, given[0]?.id ?? '');
    expect(String(first.bytes)).toBe('one');
    expect(first.artifact).toEqual(given[0]);
    // A file that comes back goes on being counted.
    await run(taskId, (files) => ({ ...files, 'b.bin': 'new' }));
    expect(await texts(taskId)).toMatchObject({ 'b.bin': 'new' });
    expect((await workspaces.list(taskId)).at(-1)).toMatchObject({ path: 'b.bin', version: 3 });
  });

  it('store nothing for a file that is as it was', async () => {
    const taskId = await newTask();
    await workspaces.put(taskId, null, { a: 'same' });
    expect(await workspaces.put(taskId, null, { a: 'same' })).toEqual([]);
    expect((await run(taskId, (files) => files)).kept).toEqual([]);
    expect(await rows(taskId)).toEqual([{ path: 'a', version: 1 }]);
  });

  it('know nothing of an attempt whose result does not count', async () => {
    const taskId = await newTask();
    await workspaces.put(taskId, null, { log: 'begin' });
    const lost = await newStep(taskId);
    const before = await workspaces.open(taskId);
    const early = await workspaces.keep(taskId, lost, before, left({ log: 'begin, once' }));
    expect(await texts(taskId)).toEqual({ log: 'begin' });
    expect(await workspaces.list(taskId)).toHaveLength(1);
    await expect(workspaces.read(taskId, early.artifacts[0]?.id ?? '')).rejects.toMatchObject({
      code: 'resource_not_found',
    });

    // The process died before the result was stored: the step begins again with what it began with.
    const second = await again(lost);
    await workspaces.put(taskId, null, { log: 'begin' });
    const late = await workspaces.keep(taskId, second, await workspaces.open(taskId), left({ log: 'begin, once' }));
    await finish(second);
    expect(late.artifacts).toMatchObject([{ path: 'log', version: 2 }]);
    expect(await texts(taskId)).toEqual({ log: 'begin, once' });
    expect(await rows(taskId)).toEqual([
      { path: 'log', version: 1 },
      { path: 'log', version: 2 },
    ]);

    // The first was only stalled and comes late.
    await workspaces.keep(taskId, lost, before, left({ log: 'late', ghost: 'boo' }));
    expect(await texts(taskId)).toEqual({ log: 'begin, once' });
  });

  it('keep both changes of two steps that ran side by side', async () => {
    const taskId = await newTask();
    await workspaces.put(taskId, null, { shared: '0' });
    const steps = await Promise.all([newStep(taskId), newStep(taskId)]);
    const before = await workspaces.open(taskId);
    await Promise.all(
      steps.map((step, index) => workspaces.keep(taskId, step, before, left({ shared: '0', [`of${index}`]: 'x' }))),
    );
    await Promise.all(steps.map(finish));
    expect(await texts(taskId)).toEqual({ shared: '0', of0: 'x', of1: 'x' });
  });

  it('go on in another run, whose step is the maker', async () => {
    const [first, second] = [await newTask(), await newTask()];
    await run(first, () => ({ a: '1' }));
    const visitor = await newStep(second);
    const kept = await workspaces.keep(first, visitor, await workspaces.open(first), left({ a: '2' }));
    expect(kept.artifacts).toMatchObject([{ taskId: first, step: visitor.key, version: 2 }]);
    await finish(visitor);
    expect([await texts(first), await texts(second)]).toEqual([{ a: '2' }, {}]);
  });

  it('are refused beyond their bounds, and then nothing is stored', async () => {
    const taskId = await newTask();
    await workspaces.put(taskId, null, { a: 'file' });
    const cases: Record<string, string | Uint8Array>[] = [
      { '../b': 'x', fine: 'x' },
      { 'a/b': 'x', fine: 'x' },
      { big: Buffer.alloc(10 * MEGABYTE + 1), fine: 'x' },
      Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${at}`, 'x'])),
    ];
    for (const files of cases) {
      await expect(workspaces.put(taskId, null, files)).rejects.toMatchObject({ code: 'validation_error' });
    }
    expect(await rows(taskId)).toEqual([{ path: 'a', version: 1 }]);
    await expect(workspaces.put(newId(), null, { a: 'x' })).rejects.toMatchObject({ code: 'resource_not_found' });
    await expect(workspaces.read(taskId, newId())).rejects.toMatchObject({ code: 'resource_not_found' });
  });

  it('tell what of the files a run has left they do not take', async () => {
    const taskId = await newTask();
    await workspaces.put(taskId, null, { grown: 'small', whole: 'w' });
    const step = await newStep(taskId);
    const grown = Buffer.alloc(10 * MEGABYTE + 1);
    const { artifacts, leftOut } = await workspaces.keep(taskId, step, await workspaces.open(taskId), {
      files: { grown, whole: bytes('w'), '../out': bytes('x'), 'line\nbreak': bytes('x'), fine: bytes('x') },
      leftOut: [{ path: 'pipe', reason: 'not_a_file' }],
    });
    await finish(step);
    expect(artifacts).toMatchObject([{ path: 'fine' }]);
    expect(leftOut).toEqual([
      { path: 'pipe', reason: 'not_a_file' },
      { path: 'grown', reason: 'too_large' },
      { path: '../out', reason: 'bad_name' },
      { path: 'line\nbreak', reason: 'bad_name' },
    ]);
    // What was not taken is as it was before.
    expect(await texts(taskId)).toEqual({ grown: 'small', whole: 'w', fine: 'x' });
    const many = left(Object.fromEntries(Array.from({ length: 102 }, (_, at) => [`f${at}`, 'x'])));
    const kept = await workspaces.keep(taskId, await newStep(taskId), {}, many);
    expect([kept.artifacts.length, kept.leftOut]).toEqual([
      100,
      [
        { path: 'f100', reason: 'too_many' },
        { path: 'f101', reason: 'too_many' },
      ],
    ]);
  });

  it('drop the bytes of old versions when a task has stored enough, and never those in use', async () => {
    const taskId = await newTask();
    const version = (): Uint8Array => randomBytes(9 * MEGABYTE);
    for (let round = 0; round < 7; round++) await workspaces.put(taskId, null, { big: version(), small: 'kept' });
    const listed = (await workspaces.list(taskId)).filter(({ path }) => path === 'big');
    expect(listed.map(({ version: number, available }) => [number, available])).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [4, true],
      [5, true],
      [6, true],
      [7, true],
    ]);
    await expect(workspaces.read(taskId, listed[0]?.id ?? '')).rejects.toMatchObject({ code: 'artifact_gone' });
    expect((await workspaces.open(taskId))['big']?.byteLength).toBe(9 * MEGABYTE);
  });

  it('drop nothing that would be missed if a step that has not ended came to nothing', async () => {
    const taskId = await newTask();
    const five = (): Record<string, Uint8Array> =>
      Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`f${at}`, randomBytes(9 * MEGABYTE)]));
    await workspaces.put(taskId, null, five());
    const step = await newStep(taskId);
    await workspaces.keep(taskId, step, await workspaces.open(taskId), left(five()));
    expect(Object.keys(await workspaces.open(taskId))).toHaveLength(5);
    await finish(step);
    expect(Object.keys(await workspaces.open(taskId))).toHaveLength(5);
  });

  it('drop the bytes of what a holder used the longest ago once he keeps too much, and nothing of others', async () => {
    const holder = `key:${newId()}`;
    const filled = async (whose: string): Promise<string> => {
      const taskId = await newTask(whose);
      await workspaces.put(taskId, null, { big: randomBytes(8 * MEGABYTE) });
      return taskId;
    };
    const end = (taskId: string) => database.query('UPDATE tasks SET completed_at = now() WHERE id = $1', [taskId]);
    const other = await filled('key:another');
    const [old, used, open] = [await filled(holder), await filled(holder), await filled(holder)];
    for (const taskId of [other, old, used]) await end(taskId);
    await workspaces.put(old, null, { more: 'used again' });
    const now = await filled(holder);
    const kept = async (taskId: string): Promise<boolean[]> =>
      (await workspaces.list(taskId)).map(({ available }) => available);
    expect(await Promise.all([other, old, used, open, now].map(kept))).toEqual([
      [true],
      [true, true],
      [false],
      [true],
      [true],
    ]);
  });

  describe('that are old', () => {
    const age = async (taskId: string, ended: number | null, used: number): Promise<void> => {
      await database.query(
        "UPDATE tasks SET completed_at = now() - make_interval(days => $2), status = 'completed' WHERE id = $1",
        [taskId, ended],
      );
      await database.query('UPDATE artifacts SET created_at = now() - make_interval(days => $2) WHERE task_id = $1', [
        taskId,
        used,
      ]);
    };
    const filled = async (): Promise<string> => {
      const taskId = await newTask();
      await workspaces.put(taskId, null, { a: 'x', b: 'y' });
      return taskId;
    };

    it('lose their bytes and nothing else', async () => {
      const [old, recent, used, open] = await Promise.all([filled(), filled(), filled(), filled()]);
      await age(old, 31, 31);
      await age(recent, 29, 31);
      await age(used, 31, 29);
      await age(open, null, 31);
      expect(await repository.dropOld(30, 1)).toBe(1);
      expect(await repository.dropOld(30, 100)).toBe(1);
      expect(await repository.dropOld(30, 100)).toBe(0);
      expect(await workspaces.list(old)).toMatchObject([
        { path: 'a', sha256: sha('x'), size: 1, available: false },
        { path: 'b', available: false },
      ]);
      await expect(workspaces.open(old)).rejects.toMatchObject({ code: 'artifact_gone' });
      for (const taskId of [recent, used, open]) expect(await texts(taskId)).toEqual({ a: 'x', b: 'y' });
    });

    it.each([
      ['at the start of a process that works', { ARTIFACT_RETENTION_DAYS: '7' }, false],
      ['never where that is wished', { ARTIFACT_RETENTION_DAYS: '0' }, true],
    ])('are cleaned up %s', async (_, variables, stays) => {
      const taskId = await filled();
      await age(taskId, 8, 8);
      const cleanUp = new ArtifactCleanUp(new AppConfig(parseConfig(variables).settings), repository);
      cleanUp.onApplicationBootstrap();
      // A stop waits for what has begun.
      await cleanUp.beforeApplicationShutdown();
      expect((await workspaces.list(taskId)).every(({ available }) => available)).toBe(stays);
    });
  });
});
