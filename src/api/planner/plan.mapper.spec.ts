import type { Plan } from '../../contracts/plan';
import type { ArmAnswer } from '../../intake/intake.port';
import { toGuidePlan, toPlanCall, toPlanned } from './plan.mapper';

const PLAN: Plan = {
  steps: [
    {
      step: 1,
      action: 'Look it up',
      requiredArm: 'retriever',
      acceptanceCriteria: ['It is found', 'It is cited'],
      dependsOn: [],
      estimatedDurationSeconds: 3,
    },
    {
      step: 2,
      action: 'Ask the sky',
      requiredArm: 'weather',
      acceptanceCriteria: ['It answers', 'In time'],
      dependsOn: [],
      estimatedDurationSeconds: 5,
    },
    {
      step: 3,
      action: 'Verify',
      requiredArm: 'judge',
      acceptanceCriteria: ['It is right', 'It is whole'],
      dependsOn: [1, 2],
      estimatedDurationSeconds: 10.4,
    },
  ],
  rationale: 'Because.',
  confidence: 0.8,
  complexityScore: 0.4,
  source: 'model',
};
const ANSWER: ArmAnswer = {
  runId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  arm: 'planner',
  output: PLAN,
  confidence: 0.8,
  warnings: [],
  models: ['m'],
  tokensUsed: 5,
  costUsd: 0.1,
  durationMs: 3,
};
const TIERS = new Map([
  ['retriever', 1],
  ['judge', 2],
]);

describe('a plan on the wire', () => {
  it('has whole seconds: the longest chain for the estimate, the sum for the total', () => {
    const planned = toPlanned(ANSWER, TIERS, false);
    expect(planned).toMatchObject({
      estimated_duration_seconds: 15,
      estimated_time_seconds: 15,
      total_estimated_duration: 18,
    });
  });

  it('guesses the cost from the tiers, an unknown arm counting as middling', () => {
    const planned = toPlanned(ANSWER, TIERS, false);
    expect(planned.estimated_cost_dollars).toBe(0.06);
    expect(planned.subtasks.map(({ cost_tier }) => cost_tier)).toEqual([1, 3, 2]);
  });

  it('names dependencies by number, for the Python SDK by id', () => {
    expect(toPlanned(ANSWER, TIERS, false).steps[2]).toMatchObject({ dependencies: [1, 2], depends_on: [1, 2] });
    expect(toPlanned(ANSWER, TIERS, true).steps[2]).toMatchObject({
      dependencies: ['step_1', 'step_2'],
      depends_on: [1, 2],
    });
  });

  it('has an id of letters and digits, and nothing that is null', () => {
    const planned = toPlanned(ANSWER, TIERS, true);
    expect(planned.plan_id).toMatch(/^plan_[a-zA-Z0-9]+$/);
    expect(planned.steps[0]).toEqual({
      step_number: 1,
      step_id: 'step_1',
      action: 'Look it up',
      description: 'Look it up',
      arm_id: 'retriever',
      acceptance_criteria: ['It is found', 'It is cited'],
      estimated_duration_seconds: 3,
      dependencies: [],
      depends_on: [],
      input_mapping: {},
      expected_output: 'It is found; It is cited',
    });
    expect(JSON.stringify(planned)).not.toContain('null');
  });

  it('shows what the executor is to run', () => {
    const [first, ...others] = PLAN.steps;
    const execution = { actionType: 'shell' as const, command: 'ls -l' };
    const steps = [{ ...first!, requiredArm: 'executor', execution }, ...others];
    const planned = toPlanned({ ...ANSWER, output: { ...PLAN, steps } }, TIERS, false);
    expect(planned.steps.map((step) => step.execution)).toEqual([
      { action_type: 'shell', command: 'ls -l' },
      undefined,
      undefined,
    ]);
  });

  it('has a form of its own for the first phase', () => {
    expect(Object.keys(toGuidePlan(ANSWER, TIERS))).toEqual([
      'plan',
      'rationale',
      'confidence',
      'total_estimated_duration',
      'complexity_score',
    ]);
  });
});

describe('a request for a plan', () => {
  it('reads either spelling of the budget and of constraints and context', () => {
    const call = toPlanCall({
      goal: 'Write something useful',
      constraints: { language: 'python', max_lines: 40 },
      context: 'for beginners',
      budget: { max_cost_usd: 0.5, max_cost_dollars: 0.2, max_time_seconds: 20 },
    });
    expect(call).toMatchObject({
      arm: 'planner',
      draft: {
        constraints: ['language: python', 'max_lines: 40'],
        context: { text: 'for beginners' },
        budget: { maxCostUsd: 0.2, maxTimeSeconds: 20, maxTokens: 10_000 },
      },
    });
  });
});
