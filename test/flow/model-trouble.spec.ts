import { type Column, embeddedColumn } from '../support/columns';
import {
  type Answer,
  FakeOpenAi,
  type Reply,
  drops,
  hangs,
  hangsHalfway,
  limitsRate,
  refuses,
  sendsGarbage,
} from '../support/fake-openai';
import { defaultAnswer } from '../support/fake-script';
import { type TaskBody, TestServer } from '../support/server';

const KEY = 'sk-trouble-3f9d1c7a5b2e8f60';
const FIBONACCI = {
  goal: 'Write a Python function to calculate fibonacci numbers',
  constraints: ['Include docstring', 'Add unit tests'],
};
/** Of one call, by LLM_MAX_RETRIES. */
const TRIES = 3;
const ONE_RETRY = { budget: { max_retries: 1 } };
/** Pause before a step's second attempt, as events tell it. */
const retriesOf = (events: { type: string; data: Record<string, unknown> }[]): unknown[] =>
  events.filter(({ type }) => type === 'step.retrying').map(({ data }) => data['key']);

interface PlanStep {
  step: number;
  requiredArm: string;
  dependsOn: number[];
}
const goodPlan = (): { steps: PlanStep[] } =>
  structuredClone(defaultAnswer({ purpose: 'plan', user: {} })) as { steps: PlanStep[] };
/** The default plan after a change for the worse. */
const planWith = (spoil: (steps: PlanStep[]) => void): object => {
  const plan = goodPlan();
  spoil(plan.steps);
  return plan;
};

describe('a model in trouble', () => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;

  beforeAll(async () => {
    column = await embeddedColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(
      column,
      { OPENAI_API_KEY: KEY, LLM_TIMEOUT_SECONDS: '6', LLM_MAX_RETRIES: String(TRIES - 1) },
      model,
    );
  });
  afterEach(async () => {
    // Whatever happened, the next task is served as if nothing had.
    model.reset();
    const { status, result } = await server.complete(FIBONACCI);
    expect([status, result?.validation_passed]).toEqual(['completed', true]);
    expect((await server.request('GET', '/ready')).status).toBe(200);
    model.reset();
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });

  /** Answers one purpose always with the same. */
  const always =
    (purpose: string, reply: Reply): Answer =>
    (request) =>
      request.purpose === purpose ? reply : undefined;
  /** Answers one purpose so the first times. */
  const atFirst =
    (purpose: string, ...replies: Reply[]): Answer =>
    (request) =>
      request.purpose === purpose ? replies[request.nth - 1] : undefined;

  const expectFailed = (task: TaskBody, type: string, message: RegExp): void => {
    expect(task).toMatchObject({ status: 'failed', error_type: type });
    expect(task.error).toMatch(message);
    expect(JSON.stringify(task)).not.toContain(KEY);
  };

  describe('that passes', () => {
    it('waits as long as Retry-After asks, within the call', async () => {
      const asked: number[] = [];
      model.answer((request) => {
        if (request.purpose !== 'code') return undefined;
        asked.push(performance.now());
        return request.nth === 1 ? limitsRate(1) : undefined;
      });
      const task = await server.complete(FIBONACCI);
      expect(task.status).toBe('completed');
      expect(asked).toHaveLength(2);
      expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(1_000);
      expect(retriesOf(await server.events(task.task_id))).toEqual([]);
    });

    it.each([
      ['500 and then 503', [refuses(500), refuses(503)]],
      ['429 without a wait', [refuses(429)]],
      ['a dropped connection', [drops]],
    ] as [string, Reply[]][])('repeats the call after %s', async (_name, trouble) => {
      model.answer(atFirst('code', ...trouble));
      const task = await server.complete(FIBONACCI);
      expect(task).toMatchObject({ status: 'completed', error: null });
      expect(model.asked('code')).toHaveLength(trouble.length + 1);
      expect(retriesOf(await server.events(task.task_id))).toEqual([]);
    });

    it.each([
      ['an answer that is not JSON', sendsGarbage],
      ['an answer that never ends', hangsHalfway],
      ['no answer', hangs],
    ])('tries the step again after %s', async (_name, trouble) => {
      model.answer(atFirst('code', trouble));
      const task = await server.complete(FIBONACCI);
      expect(task).toMatchObject({ status: 'completed', error: null });
      expect(model.asked('code')).toHaveLength(2);
      const events = await server.events(task.task_id);
      expect(retriesOf(events)).toEqual(['s1']);
      expect(task.result?.lineage.find(({ step }) => step === 's1')?.attempt).toBe(2);
    });

    it.each([
      ['an empty reply', ''],
      ['prose instead of JSON', 'Sure! Here is a plan for you.'],
      ['JSON that breaks off', '{"code": "def fib'],
      ['JSON of another shape', { answer: 42 }],
      ['code that is empty', { code: '', tests: '', explanation: '', language: 'python' }],
    ])('says what was wrong and asks again after %s', async (_name, reply) => {
      model.answer(atFirst('code', reply));
      const task = await server.complete(FIBONACCI);
      expect(task).toMatchObject({ status: 'completed', error: null });
      expect(model.asked('code')).toHaveLength(2);
      expect(String(model.asked('code')[1]?.user)).toMatch(/^That reply cannot be used: /);
      expect(retriesOf(await server.events(task.task_id))).toEqual([]);
    });
  });

  describe('that does not pass', () => {
    it.each([
      ['429', refuses(429), 'model_rate_limited', /limiting our rate \(HTTP 429\)/, TRIES],
      ['500', refuses(500), 'model_unavailable', /not available now \(HTTP 500\)/, TRIES],
      ['dropped connections', drops, 'model_unavailable', /could not be reached/, TRIES],
      ['answers that are not JSON', sendsGarbage, 'model_unavailable', /broken answer/, 1],
      ['no answer', hangs, 'model_timeout', /within 6 s\. LLM_TIMEOUT_SECONDS/, 1],
      ['empty replies', '', 'model_reply_unusable', /"code" could not be used after 3 tries: it is empty/, 3],
      ['prose', 'No.', 'model_reply_unusable', /"code" could not be used after 3 tries: it is not JSON/, 3],
    ] as [string, Reply, string, RegExp, number][])(
      'fails the task for the right reason after %s',
      async (_name, trouble, type, message, calls) => {
        model.answer(always('code', trouble));
        const task = await server.complete({ ...FIBONACCI, ...ONE_RETRY });
        expectFailed(task, type, message);
        expect(task['error_details']).toBe('step s1 (coder)');
        expect(model.asked('code')).toHaveLength(2 * calls);
        expect(retriesOf(await server.events(task.task_id))).toEqual(['s1']);
      },
    );

    it('tries a step no more often than the budget allows', async () => {
      model.answer(always('intent', refuses(500)));
      const task = await server.complete({ ...FIBONACCI, budget: { max_retries: 0 } });
      expectFailed(task, 'model_unavailable', /HTTP 500/);
      expect(model.requests).toHaveLength(TRIES);
    });

    it.each([
      ['a refused key', 401, 'model_refused_credentials', /OPENAI_API_KEY/],
      ['a missing right', 403, 'model_refused_credentials', /OPENAI_API_KEY/],
      ['an account without credit', 402, 'model_refused_credentials', /credit/],
      ['a model that is not there', 404, 'model_request_refused', /LLM_MODEL_BALANCED|LLM_MODEL_FAST/],
    ])('does not ask twice after %s', async (_name, status, type, message) => {
      model.answer(() => refuses(status));
      expectFailed(await server.complete(FIBONACCI), type, message);
      expect(model.requests).toHaveLength(1);
    });

    it('judges by what can be proven when the model no longer answers the judge', async () => {
      model.answer(always('criteria', refuses(503)));
      const criterion = 'A child of ten understands it';
      const task = await server.complete({ ...FIBONACCI, acceptance_criteria: [criterion] });
      expect(task).toMatchObject({ status: 'completed', result: { test_run: { failed: 0 } } });
      expect(task.result?.criteria).toContainEqual(expect.objectContaining({ criterion, state: 'unknown' }));
      expect(task.result?.warnings.join()).toMatch(/could not be judged because the model did not answer/);
      expect(model.asked('criteria')).toHaveLength(TRIES);
    });
  });

  describe('that shows in its plan', () => {
    const plans: [string, Reply, RegExp][] = [
      ['a cycle', planWith(([first]) => void first?.dependsOn.push(2)), /cycle/],
      [
        'an unknown arm',
        planWith(([first]) => void Object.assign(first ?? {}, { requiredArm: 'barista' })),
        /names the arm "barista"; use one of .*coder/,
      ],
      [
        'no judge',
        planWith((steps) => void steps.splice(2, 1, { ...steps[1]!, step: 3, dependsOn: [2] })),
        /the judge/,
      ],
      [
        'too many steps',
        planWith((steps) =>
          steps.splice(
            0,
            3,
            ...Array.from({ length: 9 }, (_, index) => ({
              ...steps[index === 8 ? 2 : 0]!,
              step: index + 1,
              dependsOn: index === 0 ? [] : [index],
            })),
          ),
        ),
        /has 9 steps; it needs 3 to 7/,
      ],
      ['a step that needs a missing one', planWith((steps) => void steps[2]?.dependsOn.push(5)), /there is no 5/],
      ['only prose', 'First I would write some code.', /it is not JSON/],
      ['nothing', '', /it is empty/],
    ];

    it.each(plans)('asks again after a plan with %s, saying what is wrong', async (_name, plan, problem) => {
      model.answer(atFirst('plan', plan));
      const task = await server.complete(FIBONACCI);
      expect(task).toMatchObject({ status: 'completed', plan: { source: 'model' } });
      expect(model.asked('plan')).toHaveLength(2);
      expect(String(model.asked('plan')[1]?.user)).toMatch(problem);
    });

    it.each(plans)('plans by rules when every plan comes with %s', async (_name, plan) => {
      model.answer(always('plan', plan));
      const task = await server.complete({ ...FIBONACCI });
      expect(task).toMatchObject({
        status: 'completed',
        plan: { source: 'rules' },
        result: { validation_passed: true },
      });
      expect(model.asked('plan')).toHaveLength(4);
      const [ready] = (await server.events(task.task_id)).filter(({ type }) => type === 'plan.ready');
      expect(ready?.data['source']).toBe('rules');
    });

    it('understands the goal by rules when the model cannot say what it takes', async () => {
      model.answer(always('intent', 'I feel great today.'));
      const task = await server.complete(FIBONACCI);
      expect(task).toMatchObject({ status: 'completed', result: { language: 'python', validation_passed: true } });
      expect(model.asked('intent')).toHaveLength(3);
    });
  });
});
