import type { Plan, PlanStep } from '../contracts/plan';
import { stepsOfPlan } from './steps';

const step = (number: number, requiredArm: string, more: Partial<PlanStep> = {}): PlanStep => ({
  step: number,
  action: `Do ${number}`,
  requiredArm,
  acceptanceCriteria: ['a', 'b'],
  dependsOn: number === 1 ? [] : [number - 1],
  estimatedDurationSeconds: 1,
  ...more,
});

it('hands the executor what the plan writes down for it', () => {
  const execution = { actionType: 'shell', command: 'ls' } as const;
  const plan: Plan = {
    steps: [step(1, 'executor', { execution }), step(2, 'executor'), step(3, 'judge')],
    rationale: '',
    confidence: 1,
    complexityScore: 0,
    source: 'rules',
  };
  expect(stepsOfPlan(plan).map(({ key, input }) => [key, input])).toEqual([
    ['s1', { execution }],
    ['s2', {}],
    ['judge.0', {}],
    ['guard.0', {}],
  ]);
});
