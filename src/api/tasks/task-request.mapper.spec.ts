import type { Wire } from '../http/types';
import type { SubmitTaskDto } from './task-request.dto';
import { toDraft } from './task-request.mapper';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const NOW = new Date('2026-01-02T03:04:05Z');
const draft = (fields: Omit<Wire<SubmitTaskDto>, 'goal'> = {}, parent?: string) =>
  toDraft({ goal: GOAL, ...fields }, { maxTimeSeconds: 300, partialBudgetSeconds: 60, now: NOW }, parent);

describe('toDraft', () => {
  it('fills in what is left out or null', () => {
    const plain = {
      goal: GOAL,
      constraints: [],
      acceptanceCriteria: [],
      context: {},
      priority: 'medium',
      budget: { maxTokens: 10_000, maxTimeSeconds: 300, maxCostUsd: 1, maxRetries: 3 },
      metadata: {},
      requiredCapabilities: [],
    };
    expect(draft()).toEqual(plain);
    expect(draft({ constraints: null, context: null, budget: null, priority: null, metadata: null })).toEqual(plain);
    expect(draft({ budget: {} })).toEqual({ ...plain, budget: { ...plain.budget, maxTimeSeconds: 60 } });
    expect(draft({ budget: { max_time_seconds: null } }).budget.maxTimeSeconds).toBe(60);
    expect(draft({ budget: { max_time_seconds: 7 } }).budget.maxTimeSeconds).toBe(7);
  });

  it('takes constraints in either form', () => {
    expect(draft({ constraints: ['one', 'two'] }).constraints).toEqual(['one', 'two']);
    expect(
      draft({ constraints: { language: 'python', max_lines: 40, strict: true, tags: ['a'] } }).constraints,
    ).toEqual(['language: python', 'max_lines: 40', 'strict: true', 'tags: ["a"]']);
  });

  it('takes context in either form', () => {
    expect(draft({ context: { a: 1 } }).context).toEqual({ a: 1 });
    expect(draft({ context: 'for beginners' }).context).toEqual({ text: 'for beginners' });
    expect(draft({ context: '' }).context).toEqual({});
  });

  it('takes the cost in either spelling, and the lower of both; 0 is a budget', () => {
    expect(draft({ budget: { max_cost_usd: 0.5 } }).budget.maxCostUsd).toBe(0.5);
    expect(draft({ budget: { max_cost_dollars: 0.5 } }).budget.maxCostUsd).toBe(0.5);
    expect(draft({ budget: { max_cost_dollars: 2, max_cost_usd: 0.5 } }).budget.maxCostUsd).toBe(0.5);
    expect(draft({ budget: { max_cost_usd: 0, max_retries: 0 } }).budget).toMatchObject({
      maxCostUsd: 0,
      maxRetries: 0,
    });
  });

  it('takes the earlier of both deadlines', () => {
    expect(draft({ deadline_seconds: 60 }).deadlineSeconds).toBe(60);
    expect(draft({ deadline: '2026-01-02T03:05:05Z' }).deadlineSeconds).toBe(60);
    expect(draft({ deadline: '2026-01-02T03:05:05Z', deadline_seconds: 30 }).deadlineSeconds).toBe(30);
    expect(draft({ deadline: '2026-01-02T03:04:35+00:00', deadline_seconds: 60 }).deadlineSeconds).toBe(30);
    expect(draft({ deadline: '2026-01-02T03:04:05.100Z' }).deadlineSeconds).toBe(1);
    expect(draft({ deadline: '2026-01-02T03:05:05' }).deadlineSeconds).toBe(60);
  });

  it('carries the rest over', () => {
    const full = draft(
      {
        acceptance_criteria: ['tests pass'],
        priority: 'high',
        metadata: { ticket: 'X-1' },
        required_capabilities: ['code_generation'],
        budget: { max_tokens: 5, max_time_seconds: 6, max_retries: 7 },
      },
      'parent',
    );
    expect(full).toMatchObject({
      acceptanceCriteria: ['tests pass'],
      priority: 'high',
      metadata: { ticket: 'X-1' },
      requiredCapabilities: ['code_generation'],
      budget: { maxTokens: 5, maxTimeSeconds: 6, maxRetries: 7 },
      parentTaskId: 'parent',
    });
  });
});
