import { missingCapabilities, rankArms } from '../common/arm-score';
import { isBuiltIn } from '../contracts/arm';
import type { GuardReport, TaskResult, Verdict } from '../contracts/outcome';
import type { Plan } from '../contracts/plan';
import { type TaskError, isTerminal } from '../contracts/task';
import { intentStep, integrateStep, planStep, repairSteps, stepsOfPlan } from './steps';
import type { Command, StepState, TaskState } from './state';

export const MAX_REPAIRS = 2;
/** Waits between tries of a step: 1, 2, 4 … seconds, at most 10, or longer when whoever refused said so. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 10_000;
/** Time to put together what was reached, for a task that has run out of it. */
const SALVAGE_MS = 10_000;

const OUT_OF_TIME: TaskError = {
  type: 'timeout',
  message: 'The task ran out of time. Submit it again with a larger budget.max_time_seconds.',
};

const OPEN: ReadonlySet<StepState['status']> = new Set(['blocked', 'ready', 'running', 'held']);
const isOpen = ({ status }: StepState): boolean => OPEN.has(status);
const isDone = ({ status }: StepState): boolean => status === 'succeeded';
const ofKind = (state: TaskState, ...kinds: StepState['kind'][]): StepState[] =>
  state.steps.filter(({ kind }) => kinds.includes(kind));
const newest = (steps: StepState[]): StepState | undefined =>
  steps.reduce<StepState | undefined>(
    (last, step) => (last === undefined || step.position > last.position ? step : last),
    undefined,
  );

const cancelOpen = (state: TaskState): Command[] => {
  const stepIds = state.steps.filter(isOpen).map(({ id }) => id);
  return stepIds.length === 0 ? [] : [{ type: 'cancel-steps', stepIds }];
};

const end = (
  state: TaskState,
  status: 'completed' | 'failed' | 'cancelled',
  error: TaskError | null,
  result: TaskResult | null = null,
): Command[] => [...cancelOpen(state), { type: 'end', status, result, error }];

const fail = (state: TaskState, type: string, message: string, details?: string): Command[] =>
  end(state, 'failed', { type, message, ...(details !== undefined && { details }) }, resultOf(state));

/** The result that the integrating step made, if it got that far. */
const resultOf = (state: TaskState): TaskResult | null => {
  const integrated = ofKind(state, 'integrate').find(isDone);
  return integrated === undefined ? null : (integrated.output as TaskResult);
};

const canRetry = (state: TaskState, step: StepState): boolean =>
  step.error?.kind === 'transient' && step.failures <= state.maxRetries;

/** Failed for good: no retry is left, or none would help. */
const fatal = (state: TaskState): StepState | undefined =>
  state.steps.find((step) => step.status === 'failed' && !canRetry(state, step));

const retries = (state: TaskState): Command[] =>
  state.steps
    .filter((step) => step.status === 'failed' && canRetry(state, step))
    .map(({ id, failures, error }) => ({
      type: 'retry',
      stepId: id,
      delayMs: Math.max(
        Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1), LONGEST_RETRY_MS),
        (error?.retryAfterSeconds ?? 0) * 1000,
      ),
    }));

const expiries = (state: TaskState): Command[] =>
  state.steps
    .filter(
      ({ status, leaseExpiresAt }) => status === 'running' && leaseExpiresAt !== null && leaseExpiresAt <= state.now,
    )
    .map(({ id }) => ({ type: 'expire', stepId: id }));

const overdue = (state: TaskState): Command[] =>
  state.steps
    .filter(
      ({ status, approvalDeadline }) => status === 'held' && approvalDeadline !== null && approvalDeadline <= state.now,
    )
    .map(({ id }) => ({ type: 'refuse', stepId: id }));

const unblocked = (state: TaskState): Command[] => {
  const done = new Set(state.steps.filter(isDone).map(({ key }) => key));
  const stepIds = state.steps
    .filter(({ status, dependsOn }) => status === 'blocked' && dependsOn.every((key) => done.has(key)))
    .map(({ id }) => id);
  return stepIds.length === 0 ? [] : [{ type: 'unblock', stepIds }];
};

/**
 * The task cannot succeed any more. If there is something to show (a finished piece of work), it is put together first, so
 * that the failed task carries what was reached; then the task fails for the reason given.
 */
const giveUp = (state: TaskState, reason: TaskError): Command[] => {
  const integrate = ofKind(state, 'integrate')[0];
  const worthKeeping = ofKind(state, 'work', 'repair').filter(isDone);
  if (integrate === undefined && worthKeeping.length > 0) {
    return [...cancelOpen(state), { type: 'add-steps', steps: [integrateStep(state.steps.filter(isDone))] }];
  }
  const patience = state.deadline === null || state.now.getTime() < state.deadline.getTime() + SALVAGE_MS;
  // Nobody is asked whether a failed task may show what it reached.
  const isComing = integrate !== undefined && isOpen(integrate) && integrate.status !== 'held';
  if (isComing && patience) return unblocked(state);
  return end(state, 'failed', reason, resultOf(state));
};

const reasonOf = ({ key, arm, error }: StepState): TaskError => ({
  type: error?.code ?? 'internal_error',
  message: error?.message ?? 'The step failed without saying why.',
  details: `step ${key} (${arm})`,
});

const isKnown = (state: TaskState, arm: string): boolean => state.knownArms.some(({ id }) => id === arm);

/** The plan with the best arm for what the task requires in place of one that has left since it was made. */
const withArmsThatAreThere = (state: TaskState, plan: Plan): Plan => ({
  ...plan,
  steps: plan.steps.map((step) => {
    if (isKnown(state, step.requiredArm) || state.requiredCapabilities.length === 0) return step;
    const [best] = rankArms(brought(state), state.requiredCapabilities);
    return best === undefined ? step : { ...step, requiredArm: best.id };
  }),
});

const brought = ({ knownArms }: TaskState): TaskState['knownArms'] => knownArms.filter(({ id }) => !isBuiltIn(id));

/** Begins a task, unless it asks for something that no arm can do. */
const begin = (state: TaskState): Command[] => {
  const missing = missingCapabilities(state.knownArms, state.requiredCapabilities);
  if (missing.length > 0) {
    const message = `No arm of this server offers ${missing.join(', ')}. Register one that does, or leave it out of required_capabilities; GET /arms lists what there is.`;
    return fail(state, 'no_capable_arm', message, missing.join(', '));
  }
  const own = state.knownArms.filter(({ id }) => isBuiltIn(id));
  const given = [brought(state), missingCapabilities(own, state.requiredCapabilities)] as const;
  return [
    { type: 'enter', status: 'planning' },
    { type: 'add-steps', steps: [intentStep(...given), planStep(...given)] },
  ];
};

const startWork = (state: TaskState, planned: StepState): Command[] => {
  const plan = withArmsThatAreThere(state, planned.output as Plan);
  const unknown = plan.steps.find(({ requiredArm }) => !isKnown(state, requiredArm));
  if (unknown !== undefined) {
    return fail(
      state,
      'no_such_arm',
      `The plan needs the arm "${unknown.requiredArm}", which this server does not have.`,
    );
  }
  return [
    { type: 'record-plan', plan },
    { type: 'enter', status: 'executing' },
    { type: 'add-steps', steps: stepsOfPlan(plan) },
  ];
};

/** Work is done and judged: repair, or put the result together. */
const afterVerdict = (state: TaskState, judge: StepState, guard: StepState): Command[] => {
  const verdict = judge.output as Verdict;
  const report = guard.output as GuardReport;
  const maker = newest(ofKind(state, 'work', 'repair').filter(({ arm }) => arm === 'coder' || arm === 'retriever'));
  const verdictCommand: Command = { type: 'report-verdict', verdict };
  const done = state.steps.filter(isDone);
  if ((verdict.valid && report.safe) || maker === undefined || state.round >= MAX_REPAIRS) {
    return [verdictCommand, { type: 'add-steps', steps: [integrateStep(done)] }];
  }
  const round = state.round + 1;
  return [
    verdictCommand,
    { type: 'begin-repair', round },
    { type: 'enter', status: 'executing' },
    { type: 'add-steps', steps: repairSteps(round, maker.arm, done, verdict, report) },
  ];
};

const conclude = (state: TaskState, result: TaskResult): Command[] => {
  const verdict = newest(ofKind(state, 'judge').filter(isDone))?.output as Verdict | undefined;
  const report = newest(ofKind(state, 'guard').filter(isDone))?.output as GuardReport | undefined;
  if (report?.safe === false) {
    const found = report.issues.map(({ message }) => message).join('; ');
    return end(
      state,
      'failed',
      { type: 'unsafe_output', message: `The result may not be handed out as it is: ${found}` },
      result,
    );
  }
  if (verdict?.valid === false) {
    const unmet = [
      ...verdict.criteria.filter(({ state: outcome }) => outcome === 'failed').map(({ criterion }) => criterion),
      ...verdict.issues.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ];
    const message = `The result does not meet what was asked for, also after ${state.round} repair rounds: ${unmet.join('; ')}`;
    return end(state, 'failed', { type: 'criteria_not_met', message }, result);
  }
  return end(state, 'completed', null, result);
};

/** The status a task has while the given steps are open. */
const phase = (state: TaskState): Command[] => {
  const working = ofKind(state, 'work', 'repair').some(isOpen);
  const judging = ofKind(state, 'judge', 'guard', 'integrate').some(isOpen);
  return state.status === 'executing' && !working && judging ? [{ type: 'enter', status: 'validating' }] : [];
};

/**
 * What to do next about a task. Pure: the same state gives the same commands; asked again and again with each
 * answer applied, it soon has none. Late, double and failing results therefore need no care elsewhere.
 */
export const decide = (state: TaskState): Command[] => {
  if (isTerminal(state.status)) return cancelOpen(state);
  if (state.cancelRequested) return end(state, 'cancelled', null, resultOf(state));
  if (state.deadline !== null && state.deadline <= state.now) {
    return giveUp(state, OUT_OF_TIME);
  }
  if (state.status === 'accepted') {
    return state.admitted ? begin(state) : [];
  }
  const expired = [...expiries(state), ...overdue(state)];
  if (expired.length > 0) return expired;
  const failed = fatal(state);
  if (failed !== undefined) return giveUp(state, reasonOf(failed));
  return [...retries(state), ...unblocked(state), ...progress(state), ...phase(state)];
};

/** The next stage, once the last one is complete. */
const progress = (state: TaskState): Command[] => {
  const direct = ofKind(state, 'direct')[0];
  if (direct !== undefined) return isDone(direct) ? end(state, 'completed', null) : [];
  const plan = ofKind(state, 'plan')[0];
  if (plan === undefined || !isDone(plan)) return [];
  if (ofKind(state, 'judge').length === 0) return startWork(state, plan);
  const integrate = ofKind(state, 'integrate')[0];
  if (integrate !== undefined) {
    return isDone(integrate) ? conclude(state, integrate.output as TaskResult) : [];
  }
  const judge = newest(ofKind(state, 'judge'));
  const guard = newest(ofKind(state, 'guard'));
  return judge !== undefined && guard !== undefined && isDone(judge) && isDone(guard)
    ? afterVerdict(state, judge, guard)
    : [];
};
