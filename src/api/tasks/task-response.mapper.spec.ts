import type { TaskRecord } from '../../contracts/record';
import type { TaskStatus } from '../../contracts/task';
import { toSubmitted, toTaskDto } from './task-response.mapper';

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
  status: 'accepted',
  stage: null,
  stepsCompleted: 0,
  stepsTotal: 0,
  plan: null,
  planId: null,
  result: null,
  error: null,
  confidence: null,
  armsUsed: [],
  tokensUsed: 0,
  costUsd: 0,
  waitingFor: null,
  estimatedDurationSeconds: 44.6,
  createdAt: at(0),
  updatedAt: at(1),
  startedAt: null,
  completedAt: null,
  ...changes,
});

describe('toTaskDto', () => {
  it('has null where clients expect a field, and leaves the rest out', () => {
    expect(toTaskDto(record(), 'guide')).toEqual({
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

  it.each<[TaskStatus, string]>([
    ['accepted', 'accepted'],
    ['planning', 'planning'],
    ['executing', 'executing'],
    ['validating', 'executing'],
    ['completed', 'completed'],
    ['failed', 'failed'],
    ['cancelled', 'failed'],
  ])('says for %s: %s', (status, word) => {
    expect(toTaskDto(record({ status }), 'guide').status).toBe(word);
  });

  it('says pending only for a task that is held back before any work', () => {
    const waitingFor = 'other tasks to end';
    expect(toTaskDto(record({ waitingFor }), 'guide')).toMatchObject({ status: 'pending', waiting_for: waitingFor });
    expect(toTaskDto(record({ status: 'executing', waitingFor }), 'guide').status).toBe('executing');
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
    const { progress, current_step: current } = toTaskDto(record({ status, stage }), 'uuid');
    expect([progress?.current_step, current]).toEqual([word, word]);
  });

  it('counts whole percents and never more than 100', () => {
    const percent = (stepsCompleted: number, stepsTotal: number, status: TaskStatus = 'executing') =>
      toTaskDto(record({ status, stepsCompleted, stepsTotal }), 'uuid').progress?.percentage;
    expect([percent(0, 0), percent(1, 3), percent(2, 3), percent(9, 8)]).toEqual([0, 33, 66, 100]);
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
    const shown = toTaskDto(record({ plan, planId: 'abc' }), 'guide').plan;
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
    expect(toTaskDto(record({ ...usage, status: 'executing' }), 'uuid').metadata).toBeNull();
    const ended = toTaskDto(record({ ...usage, status: 'completed', completedAt: at(5) }), 'uuid');
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
    expect(toTaskDto(record({ status: 'failed', error, completedAt: at(5) }), 'uuid')).toMatchObject({
      error: 'The budget is used up.',
      error_type: 'budget_exceeded',
      error_details: 'max_tokens',
      failed_at: '2026-01-02T03:04:05.000Z',
    });
    expect(toTaskDto(record({ status: 'cancelled' }), 'uuid')).toMatchObject({
      cancelled: true,
      error: 'The task was cancelled.',
    });
  });
});

describe('toSubmitted', () => {
  it('is the answer the guide prints', () => {
    expect(toSubmitted(record({ status: 'planning' }))).toEqual({
      task_id: 'task-3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      status: 'accepted',
      estimated_duration_seconds: 45,
      message: 'Task submitted successfully',
      created_at: '2026-01-02T03:04:00.000Z',
    });
  });
});
