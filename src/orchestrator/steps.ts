import type { ArmOffer } from '../contracts/arm';
import type { JsonObject } from '../contracts/json';
import type { GuardReport, Verdict } from '../contracts/outcome';
import type { Plan } from '../contracts/plan';
import type { NewStep, StepState } from './state';

/** What understanding and planning need to know of the arms that users bring, and of the capabilities only those have. */
const routing = (arms: ArmOffer[], requiredCapabilities: string[]): JsonObject => ({
  ...(arms.length > 0 && { arms }),
  ...(requiredCapabilities.length > 0 && { required_capabilities: requiredCapabilities }),
});

export const intentStep = (arms: ArmOffer[], requiredCapabilities: string[]): NewStep => ({
  key: 'intent',
  kind: 'intent',
  arm: 'planner',
  action: 'Understand the goal',
  acceptanceCriteria: [],
  dependsOn: [],
  input: routing(arms, requiredCapabilities),
});

export const planStep = (arms: ArmOffer[], requiredCapabilities: string[]): NewStep => ({
  key: 'plan',
  kind: 'plan',
  arm: 'planner',
  action: 'Make a plan',
  acceptanceCriteria: [],
  dependsOn: ['intent'],
  input: routing(arms, requiredCapabilities),
});

const guardStep = (round: number, dependsOn: string[]): NewStep => ({
  key: `guard.${round}`,
  kind: 'guard',
  arm: 'safety-guardian',
  action: 'Look for secrets and personal data in what was made',
  acceptanceCriteria: [],
  dependsOn,
  input: {},
});

/**
 * The steps a plan asks for. Its last step is the verdict on all others, and the guardian looks at the same work beside it.
 */
export const stepsOfPlan = (plan: Plan): NewStep[] => {
  const last = plan.steps.length;
  const keyOf = (step: number): string => (step === last ? 'judge.0' : `s${step}`);
  const work = plan.steps.slice(0, -1).map(({ step }) => keyOf(step));
  const steps = plan.steps.map(({ step, action, requiredArm, acceptanceCriteria, dependsOn, execution }): NewStep => ({
    key: keyOf(step),
    kind: step === last ? 'judge' : 'work',
    arm: requiredArm,
    action,
    acceptanceCriteria,
    dependsOn: step === last ? work : dependsOn.map(keyOf),
    input: { ...(execution !== undefined && { execution }) },
  }));
  return [...steps, guardStep(0, work)];
};

/** One repair round: make it again with the findings, then judge and guard again. */
export const repairSteps = (
  round: number,
  arm: string,
  done: Pick<StepState, 'key' | 'kind'>[],
  verdict: Verdict,
  report: GuardReport,
): NewStep[] => {
  const made = done.filter(({ kind }) => kind === 'work' || kind === 'repair').map(({ key }) => key);
  const findings = [
    ...verdict.criteria
      .filter(({ state }) => state === 'failed')
      .map(({ criterion, explanation }) => `${criterion}: ${explanation}`),
    ...verdict.issues.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ...(verdict.testRun?.failures ?? []),
    ...report.issues.map(({ message }) => message),
  ];
  const key = `repair.${round}`;
  return [
    {
      key,
      kind: 'repair',
      arm,
      action: 'Mend what the judge found',
      acceptanceCriteria: [],
      dependsOn: made,
      input: { findings } satisfies JsonObject,
    },
    {
      key: `judge.${round}`,
      kind: 'judge',
      arm: 'judge',
      action: 'Judge the mended result',
      acceptanceCriteria: [],
      dependsOn: [...made, key],
      input: {},
    },
    guardStep(round, [...made, key]),
  ];
};

/** Puts the result together from everything that was finished. */
export const integrateStep = (done: Pick<StepState, 'key'>[]): NewStep => ({
  key: 'integrate',
  kind: 'integrate',
  arm: 'planner',
  action: 'Put the result together',
  acceptanceCriteria: [],
  dependsOn: done.map(({ key }) => key),
  input: {},
});
