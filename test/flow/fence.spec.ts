import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthModule } from '../../src/common/health.module';
import { SecretModule } from '../../src/common/secret.module';
import type { TaskResult } from '../../src/contracts/outcome';
import type { ScreeningVerdict } from '../../src/contracts/verdict';
import { newId, newKey } from '../../src/common/ids';
import { ApprovalRepository } from '../../src/dispatch/approval.repository';
import { Journal } from '../../src/dispatch/journal.service';
import { Ledger } from '../../src/dispatch/ledger.service';
import { StepRepository } from '../../src/dispatch/step.repository';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { Database } from '../../src/drivers/database/database.service';
import { GuardrailsModule } from '../../src/guardrails/guardrails.module';
import { KnowledgeGraph } from '../../src/memory/knowledge-graph.service';
import type { NewStep } from '../../src/orchestrator/state';
import { TaskRepository } from '../../src/orchestrator/task.repository';
import { COLUMNS, type Column } from '../support/columns';

@Module({})
class Root {}

const STEP: NewStep = {
  key: 's1',
  kind: 'work',
  arm: 'coder',
  action: 'do',
  acceptanceCriteria: [],
  dependsOn: [],
  input: {},
};
const CLEAR: ScreeningVerdict = { decision: 'pass', findings: [] };

/** What keeps results single and budgets whole when everything happens at once: against the real database. */
describe.each(COLUMNS)('the fence, %s', (_, openColumn) => {
  let column: Column;
  let app: INestApplicationContext;
  let database: Database;
  let steps: StepRepository;
  let tasks: TaskRepository;
  let journal: Journal;
  let ledger: Ledger;
  let graph: KnowledgeGraph;

  beforeAll(async () => {
    column = await openColumn();
    const { settings } = parseConfig(column.variables);
    const imports = [ConfigModule.with(settings), HealthModule, SecretModule, DatabaseModule, GuardrailsModule];
    app = await NestFactory.createApplicationContext(
      {
        module: Root,
        imports,
        providers: [ApprovalRepository, StepRepository, TaskRepository, Journal, Ledger, KnowledgeGraph],
      },
      { logger: false, abortOnError: false },
    );
    await app.init();
    graph = app.get(KnowledgeGraph);
    database = app.get(Database, { strict: false });
    [steps, tasks, journal, ledger] = [
      app.get(StepRepository),
      app.get(TaskRepository),
      app.get(Journal),
      app.get(Ledger),
    ];
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });

  /** A task at work with one ready step. */
  const ready = async (over: { maxTokens?: number } = {}): Promise<{ taskId: string; stepId: string }> => {
    const taskId = newId();
    await database.query(
      `INSERT INTO tasks (id, key, goal, priority, max_tokens, max_time_seconds, max_cost_usd, max_retries, status, started_at)
       VALUES ($1, $2, 'goal', 'low', $3, 100, 1, 1, 'executing', now())`,
      [taskId, newKey(), over.maxTokens ?? 1000],
    );
    const [added] = await tasks.addSteps(database, taskId, [STEP]);
    return { taskId, stepId: added!.id };
  };
  const claim = async (id: { taskId: string; stepId: string }, worker = 'w') => {
    const claimed = await steps.claim(id.taskId, id.stepId, worker);
    return claimed!.assignment;
  };
  const seqs = async (taskId: string): Promise<number[]> =>
    (await journal.read(taskId, 0, 1_000)).map(({ seq }) => seq);

  it('gives a step to one worker, however many ask at once', async () => {
    const { taskId, stepId } = await ready();
    const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => steps.claim(taskId, stepId, `w${i}`)));
    expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
    expect(await seqs(taskId)).toEqual([1]);
  });

  it('stores one result, and none of an attempt that is over', async () => {
    const id = await ready();
    const first = await claim(id);
    await tasks.expire(database, id.stepId, { kind: 'transient', code: 'worker_lost', message: '' });
    await tasks.retry(database, id.stepId, 0);
    const second = await claim(id);
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    expect(await steps.store(first, { output: { from: 'first' }, confidence: 1 }, CLEAR)).toBeUndefined();
    expect(await steps.fail(first, { kind: 'bug', code: 'x', message: '' })).toBe(false);
    const stored = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        steps.store(second, { output: { from: `second ${i}` }, confidence: 1 }, CLEAR),
      ),
    );
    expect(stored.filter((ready) => ready !== undefined)).toHaveLength(1);
    const [row] = await database.query<{ output: { from: string } }>('SELECT output FROM steps WHERE id = $1', [
      id.stepId,
    ]);
    expect(row?.output.from).toMatch(/^second/);
    const log = await database.query('SELECT 1 FROM action_log WHERE task_id = $1', [`task-${id.taskId}`]);
    expect(log).toHaveLength(1);
  });

  it('does not hand out a step of a task that ended or is to be cancelled', async () => {
    for (const change of ["status = 'failed'", 'cancel_requested = TRUE']) {
      const { taskId, stepId } = await ready();
      await database.query(`UPDATE tasks SET ${change} WHERE id = $1`, [taskId]);
      expect(await steps.claim(taskId, stepId, 'w')).toBeUndefined();
    }
  });

  it('does not count the time of people: for other steps, after an answer, and after none', async () => {
    const approvals = app.get(ApprovalRepository);
    const leftOf = async (taskId: string): Promise<number> => {
      const task = await tasks.look(taskId);
      return (task!.deadline?.getTime() ?? Infinity) - task!.now.getTime();
    };
    const close = [
      (taskId: string, [approval]: { id: string }[]) =>
        approvals.decide(taskId, approval!.id, { approved: true, by: 'somebody' }),
      (taskId: string, _: unknown, stepId: string) =>
        database.transaction((sql) =>
          approvals.expire(sql, taskId, stepId, { kind: 'user', code: 'approval_expired', message: '' }),
        ),
    ];
    for (const closed of close) {
      const id = await ready();
      const question = { phase: 'input' as const, reason: 'May it?', verdict: CLEAR, patienceSeconds: 60 };
      expect(await steps.hold(await claim(id), question)).toBe(true);
      // As if all of it had been an hour ago, and the person had taken that hour.
      const hourAgo = "- interval '1 hour'";
      await database.query(`UPDATE tasks SET started_at = started_at ${hourAgo} WHERE id = $1`, [id.taskId]);
      await database.query(`UPDATE approvals SET created_at = created_at ${hourAgo} WHERE task_id = $1`, [id.taskId]);
      const [added] = await tasks.addSteps(database, id.taskId, [{ ...STEP, key: 's2' }]);
      const { leftMs } = (await steps.claim(id.taskId, added!.id, 'w'))!;
      await closed(id.taskId, await approvals.ofTask(id.taskId), id.stepId);
      for (const left of [leftMs, await leftOf(id.taskId)]) {
        expect(left).toBeLessThanOrEqual(100_000);
        expect(left).toBeGreaterThan(50_000);
      }
    }
  });

  it('tells a worker which of its steps it still holds', async () => {
    const kept = await ready();
    const lost = await ready();
    await claim(kept, 'me');
    await claim(lost, 'me');
    await tasks.cancelSteps(database, [lost.stepId]);
    expect(await steps.renew('me', [kept.stepId, lost.stepId])).toEqual(new Set([kept.stepId]));
    expect(await steps.renew('somebody else', [kept.stepId])).toEqual(new Set());
  });

  it('numbers events without gaps while many write at once', async () => {
    const { taskId } = await ready();
    const note = { type: 'step.progress' as const, data: {} };
    await Promise.all(Array.from({ length: 50 }, () => journal.note(taskId, note)));
    expect(await seqs(taskId)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it('never reserves more than the budget, however many calls ask at once', async () => {
    const { taskId, stepId } = await ready({ maxTokens: 1000 });
    const call = { taskId, stepId, attempt: 1, purpose: 'code', provider: 'p', model: 'm', promptHash: 'h'.repeat(64) };
    const reserve = () => ledger.reserve({ ...call, maxTokens: 300, maxCostUsd: 0.01 });
    const ids = (await Promise.all(Array.from({ length: 10 }, reserve))).filter((id) => id !== undefined);
    expect(ids).toHaveLength(3);
    expect(await ledger.left(taskId)).toEqual({ tokens: 100, costUsd: 0.97 });
    const spent = { model: 'm', promptTokens: 10, completionTokens: 20, costUsd: 0.001, latencyMs: 1.5 };
    await ledger.settle(ids[0]!, spent);
    await ledger.settle(ids[0]!, spent);
    expect(await ledger.left(taskId)).toEqual({ tokens: 370, costUsd: 0.979 });
    await ledger.writeOff([stepId]);
    const [row] = await database.query(
      'SELECT tokens_used, tokens_reserved, cost_usd::float8, cost_reserved::float8 FROM tasks WHERE id = $1',
      [taskId],
    );
    expect(row).toEqual({ tokens_used: 630, tokens_reserved: 0, cost_usd: 0.021, cost_reserved: 0 });
  });

  it('adds a step once, ready only when what it needs is done', async () => {
    const id = await ready();
    const next = { ...STEP, key: 's2', dependsOn: ['s1'] };
    expect(await tasks.addSteps(database, id.taskId, [next])).toEqual([]);
    expect(await tasks.addSteps(database, id.taskId, [next, { ...next, key: 's3', dependsOn: [] }])).toHaveLength(1);
    const readied = await steps.store(await claim(id), { output: {}, confidence: 1 }, CLEAR);
    expect(readied).toEqual([{ stepId: expect.any(String), arm: 'coder', priority: 'low' }]);
    expect(await tasks.addSteps(database, id.taskId, [{ ...next, key: 's4' }])).toHaveLength(1);
    const seen = await tasks.look(id.taskId);
    expect(seen?.steps.map(({ key, status }) => [key, status])).toEqual([
      ['s1', 'succeeded'],
      ['s2', 'ready'],
      ['s3', 'ready'],
      ['s4', 'ready'],
    ]);
    expect(seen).toEqual({ ...(await database.transaction((sql) => tasks.load(sql, id.taskId))), now: seen?.now });
  });

  it('remembers sources whose names are alike in all that can be stored', async () => {
    const long = 'x'.repeat(255);
    const result = {
      output: '',
      confidence: 1,
      validation_passed: true,
      lineage: [],
      citations: [`${long}1`, `${long}2`],
    };
    await graph.remember(database, { id: newId(), goal: 'goal' }, result as unknown as TaskResult);
    expect(
      await database.query("SELECT 1 FROM entities WHERE entity_type = 'file' AND name = $1", [long]),
    ).toHaveLength(1);
  });

  it('lets a task that waited for days begin with all of its time', async () => {
    const id = await ready();
    await database.query("UPDATE tasks SET created_at = now() - interval '3 days' WHERE id = $1", [id.taskId]);
    const claimed = await steps.claim(id.taskId, id.stepId, 'w');
    expect(claimed?.leftMs).toBeGreaterThan(90_000);
  });

  it('ends a task that cannot be advanced, and whatever of it is open', async () => {
    const id = await ready();
    await tasks.abandon(id.taskId, { type: 'internal_error', message: 'm' });
    expect(await tasks.look(id.taskId)).toMatchObject({ status: 'failed', steps: [{ status: 'cancelled' }] });
  });

  it('lets the admissible begin by priority, then by age, and no more than there is room for', async () => {
    await database.query("UPDATE tasks SET status = 'failed'");
    const accept = async (priority: string): Promise<string> => {
      const id = newId();
      await database.query(
        `INSERT INTO tasks (id, key, goal, priority, max_tokens, max_time_seconds, max_cost_usd, max_retries)
         VALUES ($1, $2, 'goal', $3, 1, 100, 1, 1)`,
        [id, newKey(), priority],
      );
      return id;
    };
    const [low, first, second, critical] = [
      await accept('low'),
      await accept('high'),
      await accept('high'),
      await accept('critical'),
    ];
    expect(await tasks.admissible(10)).toEqual([critical, first, second, low]);
    await ready();
    expect(await tasks.admissible(3)).toEqual([critical, first]);
    expect(await tasks.admissible(1)).toEqual([]);
  });

  it('gives the place of a task that waits for people to another', async () => {
    await database.query("UPDATE tasks SET status = 'failed'");
    const id = await ready();
    const assignment = await claim(id);
    expect(await tasks.hasRoom(database, 1)).toBe(false);
    await steps.hold(assignment, { phase: 'input', reason: 'May it?', verdict: CLEAR, patienceSeconds: 60 });
    expect(await tasks.hasRoom(database, 1)).toBe(true);
    await tasks.addSteps(database, id.taskId, [{ ...STEP, key: 's2' }]);
    expect(await tasks.hasRoom(database, 1)).toBe(false);
  });
});
