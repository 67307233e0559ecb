import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../../src/api/http/fastify';
import { AppModule } from '../../src/app.module';
import { parseConfig } from '../../src/common/config/load-config';
import { type ArmResult, type Assignment, BUILT_IN_ARMS } from '../../src/contracts/arm';
import type { JsonObject } from '../../src/contracts/json';
import { ArmQueueModule } from '../../src/dispatch/arm-queue.module';
import { Arm } from '../../src/dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../src/dispatch/arm.port';
import { Database } from '../../src/drivers/database/database.service';
import { Orchestrator } from '../../src/orchestrator/orchestrator.service';
import { COLUMNS, type Column } from '../support/columns';
import { type Answer, eventsOf, eventually, finished, request, submit } from '../support/server';

/** A plan of two steps that do not need each other, and the verdict. */
const PLAN: JsonObject = {
  steps: ['executor', 'retriever', 'judge'].map((requiredArm, index) => ({
    step: index + 1,
    action: `Do part ${index + 1}`,
    requiredArm,
    acceptanceCriteria: ['it is done', 'it is right'],
    dependsOn: [],
    estimatedDurationSeconds: 1,
  })),
  rationale: 'two parts',
  confidence: 1,
  complexityScore: 0,
  source: 'rules',
};
const RESULT: JsonObject = {
  output: 'done',
  confidence: 0.9,
  validation_passed: true,
  warnings: [],
  citations: [],
  criteria: [],
  findings: [],
};
const OUTPUTS: Partial<Record<Assignment['kind'], JsonObject>> = {
  plan: PLAN,
  judge: { valid: true, confidence: 1, qualityScore: 1, criteria: [], issues: [], layers: [] },
  guard: { safe: true, riskLevel: 'none', issues: [] },
  integrate: RESULT,
};

/** How often the executor did what it had to be allowed to do. */
let deeds = 0;

const scriptedArm = (id: string): Type => {
  @Arm({ id, name: id, description: id, capabilities: [], costTier: 1, concurrency: 5 })
  class ScriptedArm extends ArmPort {
    run({ kind }: Assignment, workbench: Workbench): Promise<ArmResult> {
      if (id === 'executor') {
        workbench.requireApproval('It deletes 3 files.');
        deeds += 1;
      }
      return Promise.resolve({ output: OUTPUTS[kind] ?? {}, confidence: 1 });
    }
  }
  @Module({ imports: [ArmQueueModule.for(id)], providers: [ScriptedArm] })
  class ScriptedArmModule {}
  return ScriptedArmModule;
};
const ARMS = BUILT_IN_ARMS.map(scriptedArm);

describe.each(COLUMNS)('a step that waits for a person, %s', (_, openColumn) => {
  let column: Column;
  let app: NestFastifyApplication;
  let url: string;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    const { settings } = parseConfig({ ...column.variables, PORT: '0', ...variables });
    app = await createHttpApp(AppModule.with(settings, ARMS), settings, { logger: false, abortOnError: false });
    await app.listen(0, settings.HOST);
    url = await app.getUrl();
  };
  beforeAll(async () => {
    column = await openColumn();
    await start();
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });
  beforeEach(() => (deeds = 0));

  const api = (method: string, path: string, body?: unknown): Promise<Answer> =>
    request(url, method, `/api/v1${path}`, body);
  const held = async (
    over: Record<string, unknown> = {},
  ): Promise<{ id: string; approval: Record<string, unknown> }> => {
    const id = await submit(url, { goal: 'Tidy up the workspace', ...over });
    const approval = await eventually('a question', async () => {
      const { body } = await api('GET', `/tasks/${id}/approvals`);
      return (body['approvals'] as Record<string, unknown>[])[0];
    });
    return { id, approval };
  };
  const eventTypes = async (id: string): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type, data } of eventsOf(url, id))
      types.push(`${type} ${typeof data['key'] === 'string' ? data['key'] : ''}`.trim());
    return types;
  };

  /** What the action log has about approvals of a task. */
  const logged = (id: string): Promise<Record<string, unknown>[]> =>
    app.get(Database, { strict: false }).query(
      `SELECT action_type AS type, arm_id AS arm, (result->>'success')::boolean AS success FROM action_log
       WHERE task_id = $1 AND action_type LIKE 'approval%' ORDER BY seq`,
      [id],
    );

  it('says what it waits for, lets the rest go on, and does its work once somebody agrees', async () => {
    const { id, approval } = await held();
    expect(approval).toEqual({
      approval_id: expect.any(String) as string,
      task_id: id,
      step: 's1',
      arm: 'executor',
      action: 'Do part 1',
      phase: 'input',
      reason: 'It deletes 3 files.',
      findings: [],
      status: 'pending',
      created_at: expect.stringMatching(/Z$/) as string,
      deadline: expect.stringMatching(/Z$/) as string,
      decided_at: null,
      decided_by: null,
      comment: null,
    });
    await eventually('the other step', async () => {
      const database = app.get(Database, { strict: false });
      const [row] = await database.query<{ status: string }>(
        "SELECT status FROM steps WHERE task_id = $1 AND key = 's2'",
        [id.slice('task-'.length)],
      );
      return row?.status === 'succeeded' ? row : undefined;
    });
    const { body: waiting } = await api('GET', `/tasks/${id}`);
    expect(waiting).toMatchObject({
      status: 'executing',
      waiting_for: `approval of step s1 until ${String(approval['deadline'])}`,
    });
    expect(deeds).toBe(0);

    const { status, body } = await api('POST', `/tasks/${id}/approve`, { comment: 'They are only caches.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'approved',
      comment: 'They are only caches.',
      decided_by: expect.any(String) as string,
    });
    expect((await finished(url, id)).status).toBe('completed');
    expect(deeds).toBe(1);
    const types = await eventTypes(id);
    expect(types.filter((type) => type.endsWith(' s1'))).toEqual([
      'step.started s1',
      'step.held s1',
      'step.approved s1',
      'step.started s1',
      'step.succeeded s1',
    ]);
    expect(await logged(id)).toEqual([{ type: 'approval_approved', arm: 'executor', success: true }]);
  });

  it('fails the task, with the reason, when somebody refuses', async () => {
    const { id, approval } = await held();
    const secret = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;
    const answer = { approval_id: approval['approval_id'], comment: `Not on a Friday. ${secret}` };
    expect((await api('POST', `/tasks/${id}/reject`, answer)).body).toMatchObject({ status: 'rejected' });
    const task = await finished(url, id);
    expect(task).toMatchObject({ status: 'failed', error_type: 'approval_rejected' });
    expect(await logged(id)).toEqual([{ type: 'approval_rejected', arm: 'executor', success: false }]);
    expect(task.error).toContain('Not on a Friday. [GITHUB-TOKEN-REDACTED]');
    const events: unknown[] = [];
    for await (const event of eventsOf(url, id)) events.push(event);
    const { body } = await api('GET', `/tasks/${id}/approvals`);
    expect(JSON.stringify([task, events, body])).not.toContain(secret);
    expect(deeds).toBe(0);
  });

  it('takes one answer, from whoever comes first', async () => {
    const { id } = await held();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => api('POST', `/tasks/${id}/${i % 2 === 0 ? 'approve' : 'reject'}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter(({ status }) => status !== 200)) {
      expect([400, 404]).toContain(status);
      expect(JSON.stringify(body)).toMatch(/already (approved|rejected)|waits for no approval/);
    }
    await finished(url, id);
    expect(deeds).toBeLessThanOrEqual(1);
  });

  it('does not count the time a person takes as the time of the task', async () => {
    const { id } = await held({ budget: { max_time_seconds: 120 } });
    const database = app.get(Database, { strict: false });
    const uuid = id.slice('task-'.length);
    // As if everything up to now had been an hour ago, and the person had taken that hour.
    await database.query("UPDATE tasks SET started_at = started_at - interval '1 hour' WHERE id = $1", [uuid]);
    await database.query("UPDATE approvals SET created_at = created_at - interval '1 hour' WHERE task_id = $1", [uuid]);
    await app.get(Orchestrator, { strict: false }).advance(uuid);
    expect((await api('GET', `/tasks/${id}`)).body['status']).toBe('executing');
    await api('POST', `/tasks/${id}/approve`);
    expect((await finished(url, id)).status).toBe('completed');
  });

  it('counts no answer as a refusal when the time for one is up', async () => {
    const { id } = await held();
    const database = app.get(Database, { strict: false });
    const uuid = id.slice('task-'.length);
    // As if people had had longer than the task itself has.
    await database.query("UPDATE tasks SET started_at = started_at - interval '1 hour' WHERE id = $1", [uuid]);
    await database.query(
      "UPDATE approvals SET created_at = created_at - interval '1 hour', deadline_at = now() WHERE task_id = $1",
      [uuid],
    );
    expect(await finished(url, id)).toMatchObject({ status: 'failed', error_type: 'approval_expired' });
    expect(await logged(id)).toEqual([{ type: 'approval_expired', arm: 'executor', success: false }]);
    expect((await api('GET', `/tasks/${id}/approvals`)).body).toMatchObject({ approvals: [{ status: 'expired' }] });
    expect((await api('POST', `/tasks/${id}/approve`)).status).toBe(404);
  });

  it('can be cancelled, and asks nobody any more then', async () => {
    const { id, approval } = await held();
    expect((await api('POST', `/tasks/${id}/cancel`)).body).toMatchObject({ status: 'cancelled' });
    expect((await api('GET', `/tasks/${id}/approvals`)).body).toMatchObject({ approvals: [{ status: 'expired' }] });
    const late = await api('POST', `/tasks/${id}/approve`, { approval_id: approval['approval_id'] });
    expect(late.status).toBe(400);
    expect(deeds).toBe(0);
  });

  it('still waits after a restart', async () => {
    const { id } = await held();
    await app.close();
    await start();
    expect((await api('GET', '/approvals?status=pending')).body).toMatchObject({ approvals: [{ task_id: id }] });
    await api('POST', `/tasks/${id}/approve`);
    expect((await finished(url, id)).status).toBe('completed');
    expect(deeds).toBe(1);
  });

  it('lists questions in pages, newest first, and says what is wrong with a request', async () => {
    const asked: string[] = [];
    for (let n = 0; n < 3; n++) asked.unshift((await held()).id);
    const { body: first } = await api('GET', '/approvals?status=pending&limit=2');
    const { body: second } = await api(
      'GET',
      `/approvals?status=pending&limit=2&cursor=${String(first['next_cursor'])}`,
    );
    const listed = [first, second].flatMap(({ approvals }) => approvals as { task_id: string }[]);
    expect(listed.map(({ task_id }) => task_id)).toEqual(asked);
    expect(second['next_cursor']).toBeNull();
    expect((await api('GET', '/approvals?status=open')).status).toBe(422);
    const [id = ''] = asked;
    expect((await api('POST', `/tasks/${id}/approve`, { approval_id: 'first' })).status).toBe(422);
    expect(
      (await api('POST', `/tasks/${id}/approve`, { approval_id: '00000000-0000-4000-8000-000000000000' })).status,
    ).toBe(404);
    const { status, body } = await api('POST', '/tasks/task_0000000000000000/approve');
    expect([status, body]).toMatchObject([404, { message: 'Task task_0000000000000000 not found' }]);
    for (const task of asked) await api('POST', `/tasks/${task}/reject`);
  });

  it('is nothing that a caller who waits for a single arm can wait for', async () => {
    const { status, body } = await request(url, 'POST', '/execute', { action_type: 'shell', command: 'ls', args: [] });
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain('It deletes 3 files.');
    expect(deeds).toBe(0);
  });
});
