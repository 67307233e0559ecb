import { BUILT_IN_ARMS } from '../../contracts/arm';
import type { PlanStep, PlannedExecution } from '../../contracts/plan';
import { serviceNamed } from '../../contracts/service';
import { checkGraph, type Edge, type GraphProblem } from './check-graph';

/** Arms a plan may name. The planner itself is not among them: a plan that plans would never end. */
export const PLANNABLE_ARMS: readonly string[] = BUILT_IN_ARMS.filter((arm) => arm !== 'planner');

export const STEP_LIMITS = { min: 3, max: 7 } as const;
export const CRITERIA_LIMITS = { min: 2, max: 3 } as const;
/** Characters of a command line, and of a program: what the executor takes when it is called by itself. */
const COMMAND_LIMITS = { line: 20_000, source: 100_000 } as const;

export interface PlanProblem {
  kind:
    | 'step_count'
    | 'numbering'
    | 'duplicate_step'
    | 'dangling_dependency'
    | 'self_dependency'
    | 'forward_dependency'
    | 'cycle'
    | 'unknown_arm'
    | 'criteria_count'
    | 'empty_action'
    | 'execution'
    | 'last_step'
    | 'unverified_step';
  /** Written so that whoever made the plan can mend it. */
  message: string;
}

/** The id an arm is registered under: the guardian goes by several names, and case or `_` do not matter. */
export const canonicalArm = (name: string): string => {
  const plain = name.trim().toLowerCase().replaceAll('_', '-');
  return serviceNamed(plain) ?? plain;
};

/** Everything that keeps these steps from being a plan; an empty list means that they are one. */
export const validatePlan = (steps: readonly PlanStep[], arms: readonly string[] = PLANNABLE_ARMS): PlanProblem[] => [
  ...stepCount(steps),
  ...numbering(steps),
  ...steps.flatMap((step) => eachStep(step, arms)),
  ...dependencies(steps),
  ...lastStep(steps),
];

const stepCount = (steps: readonly PlanStep[]): PlanProblem[] => {
  const { min, max } = STEP_LIMITS;
  if (steps.length >= min && steps.length <= max) return [];
  return [{ kind: 'step_count', message: `the plan has ${steps.length} steps; it needs ${min} to ${max}` }];
};

const numbering = (steps: readonly PlanStep[]): PlanProblem[] =>
  steps.flatMap((step, index) =>
    step.step === index + 1
      ? []
      : [{ kind: 'numbering', message: `step ${step.step} stands at place ${index + 1}; number the steps 1, 2, 3 …` }],
  );

const eachStep = (
  { step, action, requiredArm, acceptanceCriteria, execution }: PlanStep,
  arms: readonly string[],
): PlanProblem[] => {
  const problems: PlanProblem[] = [];
  if (action.trim() === '')
    problems.push({ kind: 'empty_action', message: `step ${step} has no action; say what to do` });
  if (!arms.includes(requiredArm) && !arms.includes(canonicalArm(requiredArm))) {
    const message = `step ${step} names the arm "${requiredArm}"; use one of ${arms.join(', ')}`;
    problems.push({ kind: 'unknown_arm', message });
  }
  const criteria = acceptanceCriteria.filter((criterion) => criterion.trim() !== '').length;
  const { min, max } = CRITERIA_LIMITS;
  if (criteria < min || criteria > max) {
    const message = `step ${step} has ${criteria} acceptance criteria; it needs ${min} to ${max}`;
    problems.push({ kind: 'criteria_count', message });
  }
  const fault = execution && faultOf(execution, requiredArm);
  if (fault !== undefined) problems.push({ kind: 'execution', message: `the execution of step ${step} ${fault}` });
  return problems;
};

const faultOf = ({ actionType, command }: PlannedExecution, arm: string): string | undefined => {
  if (canonicalArm(arm) !== 'executor') return `belongs to "${arm}"; give it to the executor, or make it null`;
  if (command.trim() === '') return 'has no command; say what to run, or make it null';
  const most = actionType === 'shell' ? COMMAND_LIMITS.line : COMMAND_LIMITS.source;
  if (command.length > most) return `has ${command.length} characters; ${most} are allowed`;
  return actionType === 'shell' && /[\r\n]/.test(command.trim()) ? 'has several lines; make each a step' : undefined;
};

const GRAPH_KINDS: Readonly<Record<GraphProblem['kind'], PlanProblem['kind']>> = {
  duplicate_node: 'duplicate_step',
  dangling_edge: 'dangling_dependency',
  self_edge: 'self_dependency',
  cycle: 'cycle',
};

const edgesOf = (steps: readonly PlanStep[]): Edge[] =>
  steps.flatMap(({ step, dependsOn }) => dependsOn.map((before): Edge => [before, step]));

const dependencies = (steps: readonly PlanStep[]): PlanProblem[] => {
  const numbers = new Set(steps.map(({ step }) => step));
  const { problems } = checkGraph([...steps.map(({ step }) => step)], edgesOf(steps));
  const forward = steps.flatMap(({ step, dependsOn }) =>
    dependsOn
      .filter((before) => before > step && numbers.has(before))
      .map((before): PlanProblem => {
        const message = `step ${step} depends on the later step ${before}; a step may only need earlier ones`;
        return { kind: 'forward_dependency', message };
      }),
  );
  return [
    ...problems.map(({ kind, message }) => ({ kind: GRAPH_KINDS[kind], message: `dependencies: ${message}` })),
    ...forward,
  ];
};

const lastStep = (steps: readonly PlanStep[]): PlanProblem[] => {
  const last = steps.at(-1);
  if (!last) return [];
  if (canonicalArm(last.requiredArm) !== 'judge') {
    const message = `step ${last.step} is the last one and belongs to "${last.requiredArm}"; the judge must verify at the end`;
    return [{ kind: 'last_step', message }];
  }
  const verified = reachedFrom(last, steps);
  const missed = steps.filter(({ step }) => !verified.has(step));
  if (missed.length === 0) return [];
  const list = missed.map(({ step }) => step).join(', ');
  const message = `the last step does not depend, directly or not, on step ${list}; the judge must see all of them`;
  return [{ kind: 'unverified_step', message }];
};

const reachedFrom = (start: PlanStep, steps: readonly PlanStep[]): Set<number> => {
  const needs = new Map(steps.map(({ step, dependsOn }) => [step, dependsOn]));
  const reached = new Set([start.step]);
  for (const step of reached) for (const before of needs.get(step) ?? []) reached.add(before);
  return reached;
};
