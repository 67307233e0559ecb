import { type TaskRecord, acceptedRecord } from '../../contracts/record';
import type { TaskStatus } from '../../contracts/task';
import { toSubmitted } from './submitted-task.mapper';
import { type TaskBody, toCancelledBody, toGuideTask, toTaskBody } from './task-response.mapper';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 2, 3, 4, second));
const step = (number: number, dependsOn: number[], seconds: number) => ({
  step: number,
  action: `do ${number}`,
  requiredArm: 'coder',
  acceptanceCriteria: ['done'],
  dependsOn,
  estimatedDurationSeconds: seconds,
});

const record = (changes: Partial<TaskRecord> = {}): TaskRecord => ({
  ...acceptedRecord({
    id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    key: 'AbCdEfGh12345678',
    draft: {
      goal: 'a goal of some length',
      constraints: [],
      acceptanceCriteria: [],
      context: {},
      priority: 'medium',
      budget: { maxTokens: 1, maxTimeSeconds: 1, maxCostUsd: 1, maxRetries: 1 },
      metadata: {},
      requiredCapabilities: [],
    },
    createdAt: at(0),
    estimatedDurationSeconds: 44.6,
  }),
  updatedAt: at(1),
  ...changes,
});

describe('toGuideTask', () => {
  it('has null where clients expect a field, and leaves the rest out', () => {
    expect(toGuideTask(record(), 'guide')).toEqual({
      task_id: 'task-3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      status: 'accepted',
      goal: 'a goal of some length',
      priority: 'medium',
      created_at: '2026-01-02T03:04:00.000Z',
      updated_at: '2026-01-02T03:04:01.000Z',
      completed_at: null,
      progress: null,
      steps_completed: 0,
      steps_total: 0,
      result: null,
      error: null,
      metadata: null,
      duration_ms: null,
      processing_time_ms: null,
      confidence: null,
      plan: null,
      estimated_duration_seconds: 45,
    });
  });

  it.each<[TaskStatus, string | null, string | undefined]>([
    ['accepted', null, undefined],
    ['planning', 'intent', 'preprocessing'],
    ['planning', 'plan', 'planning'],
    ['planning', null, 'planning'],
    ['executing', 'work', 'execution'],
    ['executing', 'repair', 'execution'],
    ['validating', 'judge', 'validation'],
    ['validating', 'integrate', 'synthesis'],
    ['completed', 'integrate', 'synthesis'],
    ['failed', 'plan', 'planning'],
    ['cancelled', 'work', 'execution'],
    ['failed', null, undefined],
  ])('calls the progress of %s at %s %s', (status, stage, word) => {
    const { progress, current_step: current } = toGuideTask(record({ status, stage }), 'uuid');
    expect([progress?.current_step, current]).toEqual([word, word]);
  });

  it('counts whole percents, and 100 only when all is done', () => {
    const percent = (stepsCompleted: number, stepsTotal: number, status: TaskStatus = 'executing') =>
      toGuideTask(record({ status, stepsCompleted, stepsTotal }), 'uuid').progress?.percentage;
    expect([percent(0, 0), percent(1, 3), percent(2, 3), percent(8, 8)]).toEqual([0, 33, 66, 99]);
    expect(percent(2, 3, 'completed')).toBe(100);
  });

  it('shows the plan with the length of its longest chain', () => {
    const plan = {
      steps: [step(1, [], 5), step(2, [1], 10.4), step(3, [1], 2), step(4, [2, 3], 1)],
      rationale: 'because',
      confidence: 0.8,
      complexityScore: 0.3,
      source: 'model' as const,
    };
    const shown = toGuideTask(record({ plan, planId: 'abc' }), 'guide').plan;
    expect(shown).toMatchObject({ plan_id: 'plan-abc', estimated_duration_seconds: 16, confidence: 0.8 });
    expect(shown?.subtasks[1]).toEqual({
      step: 2,
      action: 'do 2',
      required_arm: 'coder',
      acceptance_criteria: ['done'],
      depends_on: [1],
      estimated_duration_seconds: 10,
    });
  });

  it('tells usage and durations once the task has ended', () => {
    const usage = { armsUsed: ['coder'], tokensUsed: 12, costUsd: 0.03, startedAt: at(2) };
    expect(toGuideTask(record({ ...usage, status: 'executing' }), 'uuid').metadata).toBeNull();
    const ended = toGuideTask(record({ ...usage, status: 'completed', completedAt: at(5) }), 'uuid');
    expect(ended).toMatchObject({
      metadata: { arms_used: ['coder'], tokens_used: 12, cost_dollars: 0.03, cost_usd: 0.03, duration_seconds: 3 },
      duration_ms: 5000,
      processing_time_ms: 3000,
      completed_at: '2026-01-02T03:04:05.000Z',
    });
    expect(ended).not.toHaveProperty('failed_at');
  });

  it('gives a text as error, with its code and details beside it', () => {
    const error = { type: 'budget_exceeded', message: 'The budget is used up.', details: 'max_tokens' };
    expect(toGuideTask(record({ status: 'failed', error, completedAt: at(5) }), 'uuid')).toMatchObject({
      error: 'The budget is used up.',
      error_type: 'budget_exceeded',
      error_details: 'max_tokens',
      failed_at: '2026-01-02T03:04:05.000Z',
    });
    expect(toGuideTask(record({ status: 'cancelled' }), 'uuid')).toMatchObject({
      cancelled: true,
      error: 'The task was cancelled.',
    });
  });
});

describe('toTaskBody', () => {
  const error = { type: 'budget_exceeded', message: 'The budget is used up.', details: 'max_tokens' };
  const result = {
    output: 'code',
    confidence: 0.9,
    validation_passed: true,
    warnings: [],
    citations: [],
    criteria: [],
    findings: [],
    repair_rounds: 0,
    steps_executed: 3,
    lineage: [],
  };
  const plan = {
    steps: [step(1, [], 5)],
    rationale: 'because',
    confidence: 0.8,
    complexityScore: 0.3,
    source: 'rules' as const,
  };

  it('leaves out for the SDKs what is not known, except what they read as null', () => {
    expect(toTaskBody(record(), 'sdk', 'key')).toEqual({
      task_id: 'task_AbCdEfGh12345678',
      status: 'queued',
      goal: 'a goal of some length',
      priority: 'medium',
      created_at: '2026-01-02T03:04:00.000Z',
      updated_at: '2026-01-02T03:04:01.000Z',
      progress: null,
      steps_completed: 0,
      steps_total: 0,
      result: null,
      error: null,
      metadata: null,
      processing_time_ms: null,
      estimated_duration_seconds: 45,
    });
  });

  it('has for the OpenAPI document the same with its own words', () => {
    expect(toTaskBody(record(), 'openapi', 'uuid')).toEqual({
      ...toTaskBody(record(), 'sdk', 'key'),
      task_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      status: 'pending',
    });
  });

  it('has for the component contracts a share of progress', () => {
    const contract = (changes: Partial<TaskRecord>) => toTaskBody(record(changes), 'contract', 'guide');
    expect(contract({})).toMatchObject({ status: 'accepted', progress: 0 });
    expect(contract({ status: 'executing', stage: 'work', stepsCompleted: 1, stepsTotal: 3 })).toMatchObject({
      status: 'running',
      progress: 0.33,
      current_step: 'execution',
      steps_completed: 1,
      steps_total: 3,
    });
  });

  it('gives an error as an object or as a text', () => {
    const failed = record({ status: 'failed', error, completedAt: at(5) });
    const object = { type: 'budget_exceeded', code: 'budget_exceeded', message: error.message, details: 'max_tokens' };
    expect(toTaskBody(failed, 'sdk', 'key').error).toEqual(object);
    expect(toTaskBody(failed, 'contract', 'guide').error).toEqual(object);
    expect(toTaskBody(failed, 'openapi', 'uuid').error).toBe(error.message);
    expect(toTaskBody(failed, 'guide', 'guide').error).toBe(error.message);
    const bare = record({ error: { type: error.type, message: error.message } });
    expect(toTaskBody(bare, 'sdk', 'key').error).not.toHaveProperty('details');
  });

  it.each(['sdk', 'openapi', 'guide', 'contract'] as const)('has all of a completed task for %s', (family) => {
    const task = record({
      status: 'completed',
      stage: 'integrate',
      stepsCompleted: 3,
      stepsTotal: 3,
      result,
      plan,
      planId: 'abc',
      confidence: 0.9,
      armsUsed: ['coder', 'judge'],
      tokensUsed: 12,
      costUsd: 0.03,
      startedAt: at(2),
      completedAt: at(5),
    });
    expect(toTaskBody(task, family, 'uuid')).toMatchObject({
      task_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      status: 'completed',
      progress:
        family === 'contract' ? 1 : { current_step: 'synthesis', completed_steps: 3, total_steps: 3, percentage: 100 },
      result: { output: 'code', confidence: 0.9, validation_passed: true },
      error: null,
      metadata: { arms_used: ['coder', 'judge'], tokens_used: 12, cost_dollars: 0.03, duration_seconds: 3 },
      completed_at: '2026-01-02T03:04:05.000Z',
      duration_ms: 5000,
      processing_time_ms: 3000,
      confidence: 0.9,
      plan: { plan_id: 'plan-abc' },
      success: true,
      provenance: { arm_id: 'orchestrator', processing_time_ms: 3000, tokens_consumed: 12, confidence: 0.9 },
    });
  });

  it('names the arm when one alone did the work', () => {
    const task = record({ status: 'completed', armsUsed: ['coder'], completedAt: at(5) });
    expect(toTaskBody(task, 'contract', 'guide').provenance?.arm_id).toBe('coder');
  });

  it('reads a cancelled task as each family knows it', () => {
    const task = record({ status: 'cancelled', completedAt: at(5) });
    const read = (family: Parameters<typeof toTaskBody>[1]): Partial<TaskBody> => toTaskBody(task, family, 'uuid');
    expect(read('sdk')).toMatchObject({ status: 'cancelled', error: null, success: false });
    expect(read('openapi')).toMatchObject({ status: 'cancelled', error: 'The task was cancelled.' });
    expect(read('guide')).toMatchObject({ status: 'failed', error: 'The task was cancelled.', cancelled: true });
    expect(read('contract')).toMatchObject({ status: 'cancelled', cancelled_at: '2026-01-02T03:04:05.000Z' });
  });
});

describe('toCancelledBody', () => {
  it('says cancelled in every family, also while steps are still being stopped', () => {
    for (const family of ['sdk', 'openapi', 'guide', 'contract'] as const) {
      expect(toCancelledBody(record({ status: 'executing' }), family, 'uuid', at(9))).toMatchObject({
        status: 'cancelled',
        cancelled: true,
        cancelled_at: '2026-01-02T03:04:09.000Z',
        message: 'Task cancelled',
        goal: 'a goal of some length',
      });
    }
    const ended = record({ status: 'cancelled', completedAt: at(5) });
    expect(toCancelledBody(ended, 'contract', 'guide', at(9)).cancelled_at).toBe('2026-01-02T03:04:05.000Z');
  });
});

describe('toSubmitted', () => {
  it.each([
    ['sdk', 'task_AbCdEfGh12345678', 'queued'],
    ['openapi', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'pending'],
    ['guide', 'task-3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'accepted'],
    ['contract', 'task-3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'accepted'],
  ] as const)('answers %s under its own id and word, however far the work is', (family, id, status) => {
    expect(toSubmitted(record({ status: 'planning', waitingFor: 'a free place' }), family)).toEqual({
      task_id: id,
      status,
      message: 'Task submitted successfully',
      created_at: '2026-01-02T03:04:00.000Z',
      estimated_duration_seconds: 45,
      estimated_completion_seconds: 45,
      estimated_completion: '2026-01-02T03:04:45.000Z',
    });
  });
});
