import type { Action, Direction, ScreeningVerdict } from '../../src/contracts/verdict';
import { Database } from '../../src/drivers/database/database.service';
import { Policies } from '../../src/guardrails/policies.service';
import { COLUMNS, type Column } from '../support/columns';
import { FakeOpenAi } from '../support/fake-openai';
import { defaultAnswer } from '../support/fake-script';
import { TestServer, eventually } from '../support/server';

const EMAIL = 'jane.doe@northwind-traders.com';
const QUESTION = 'What is the colour of the lighthouse?';

interface StepRow {
  kind: string;
  status: string;
  verdict: ScreeningVerdict | null;
}

describe.each(COLUMNS)('the verdict that is stored with a step, %s', (_, openColumn) => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  beforeAll(async () => {
    column = await openColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, {}, model);
    await server.request('POST', '/api/v1/documents', {
      documents: [{ id: 'lighthouse', content: 'The lighthouse is red and white.', source: 'coast.md' }],
    });
    // Answers by searching, without a plan of the model's, and names somebody.
    model.answer(({ purpose, user }) => {
      if (purpose === 'intent') {
        return { ...(defaultAnswer({ purpose, user }) as object), requiredCapabilities: ['keyword_search'] };
      }
      if (purpose === 'plan') return 'no plan';
      return purpose === 'text' ? `It is red, says ${EMAIL} [1].` : undefined;
    });
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });
  afterEach(() => server.get(Policies).use());

  const underRule = (direction: Direction, action: Action): void =>
    server.get(Policies).use({
      rules: [{ kinds: ['email'], directions: [direction], action }],
      patterns: [],
      replies: [],
      digest: action,
    });
  const stepsOf = (id: string): Promise<StepRow[]> =>
    server
      .get(Database)
      .query<StepRow>('SELECT kind, status, verdict FROM steps WHERE task_id = $1 ORDER BY position', [
        id.replace(/^task-/, ''),
      ]);
  const submit = (): Promise<string> =>
    server.submit({ goal: QUESTION, budget: { max_retries: 0, max_tokens: 30_000 } });
  const decidedSteps = async (id: string): Promise<StepRow[]> =>
    (await stepsOf(id)).filter(({ verdict }) => verdict !== null);

  it('is none where there is nothing to say', async () => {
    const id = await submit();
    expect(await server.finished(id)).toMatchObject({ status: 'completed' });
    expect(await decidedSteps(id)).toEqual([]);
  });

  it.each([
    ['warn', 'pass', 'completed', 'succeeded'],
    ['redact', 'redact', 'completed', 'succeeded'],
    ['block', 'block', 'failed', 'failed'],
  ] as const)('of a result whose policy says %s is %s: the task has %s', async (action, decision, end, state) => {
    underRule('output', action);
    const id = await submit();
    expect(await server.finished(id)).toMatchObject({ status: end });
    const [step] = await decidedSteps(id);
    expect(step).toMatchObject({ kind: 'work', status: state, verdict: { decision } });
    const finding = { type: 'pii', kind: 'email', direction: 'output', action, severity: 'medium' };
    expect(step?.verdict?.findings).toContainEqual(expect.objectContaining(finding));
    expect(JSON.stringify(await decidedSteps(id))).not.toContain(EMAIL);
  });

  it('of a result that needs an approval stands while it waits, and stays when somebody agrees', async () => {
    underRule('output', 'approve');
    const id = await submit();
    const held = await eventually('a step that is held', async () =>
      (await stepsOf(id)).find(({ status }) => status === 'held'),
    );
    expect(held).toMatchObject({
      kind: 'work',
      verdict: { decision: 'needs_approval', findings: [{ kind: 'email', direction: 'output', action: 'approve' }] },
    });
    const { body } = await server.request('GET', `/api/v1/tasks/${id}/approvals`);
    expect(body).toMatchObject({ approvals: [{ phase: 'output', findings: [{ kind: 'email', action: 'approve' }] }] });
    expect(JSON.stringify(body)).not.toContain(EMAIL);
    server.get(Policies).use();
    expect((await server.request('POST', `/api/v1/tasks/${id}/approve`)).status).toBe(200);
    expect(await server.finished(id)).toMatchObject({ status: 'completed' });
    expect(await decidedSteps(id)).toMatchObject([{ status: 'succeeded', verdict: { decision: 'needs_approval' } }]);
  });

  it('of an input that needs an approval stands before the arm has seen it', async () => {
    underRule('input', 'approve');
    const id = await submit();
    const held = await eventually('a step that is held', async () =>
      (await stepsOf(id)).find(({ status }) => status === 'held'),
    );
    expect(held.verdict).toMatchObject({
      decision: 'needs_approval',
      findings: [{ kind: 'email', direction: 'input', action: 'approve' }],
    });
    expect((await server.request('POST', `/api/v1/tasks/${id}/cancel`)).body).toMatchObject({ status: 'cancelled' });
  });
});
