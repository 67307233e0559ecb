import { TransientError } from '../../common/errors';
import type { ArmOffer, ArmResult, Assignment } from '../../contracts/arm';
import type { Intent } from '../../contracts/intent';
import type { Plan, PlanStep } from '../../contracts/plan';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { givenExecutions } from './given-executions';
import { integrate } from './integrate';
import { type Routing, offerFor, readRouting, resolveArm, shownOffers, uncovered } from './offers';
import { countPlan } from './planner-metrics';
import { intentMessages, planMessages } from './prompts';
import { type IntentReply, type PlanReply, intentReply, planReply } from './replies';
import { ruleBasedIntent } from './rule-based-intent';
import { ruleBasedPlan } from './rule-based-plan';
import { PLANNABLE_ARMS, validatePlan } from './validate-plan';

/** The first try and three more. */
const PLAN_ATTEMPTS = 4;

/**
 * Understands the goal (`intent`), makes the plan (`plan`) and puts the results together (`integrate`). Any other kind of
 * step plans the goal, so that the arm is of use by itself.
 */
@Arm({
  id: 'planner',
  name: 'Planner',
  description: 'Understands a goal, breaks it down into steps for the other arms, and puts their results together.',
  capabilities: [
    'task_decomposition',
    'goal_analysis',
    'acceptance_criteria_generation',
    'planning',
    'dependency_resolution',
  ],
  costTier: 2,
  concurrency: 15,
})
export class PlannerArm extends ArmPort {
  async run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    switch (assignment.kind) {
      case 'intent':
        return this.understand(assignment, workbench);
      case 'integrate':
        return this.integrate(assignment);
      default:
        return this.plan(assignment, workbench);
    }
  }

  private async understand(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    workbench.report('Reading the goal');
    const { task } = assignment;
    const routing = readRouting(assignment);
    const offer = offerFor(routing, task.goal);
    const call = {
      tier: 'fast',
      purpose: 'intent',
      messages: intentMessages(task, shownOffers(routing.offers, routing.required)),
      maxTokens: 300,
      temperature: 0.1,
      schema: intentReply,
    } as const;
    const byRules = (): Intent => ruleBasedIntent(task, offer);
    const intent = isForRules(offer, task.goal, workbench)
      ? byRules()
      : await orElse(async () => toIntent((await workbench.model.json(call)).value, task), byRules);
    return { output: intent, confidence: intent.confidence };
  }

  private async plan(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    workbench.report('Planning the steps');
    const startedAt = performance.now();
    const { task, input, earlier } = assignment;
    const routing = readRouting(assignment);
    const intent = readIntent(input['intent'] ?? earlier.find(({ kind }) => kind === 'intent')?.output, task);
    const offers = shownOffers(routing.offers, [...routing.required, ...intent.requiredCapabilities]);
    const offer = offerFor(routing, intent.goal, intent.requiredCapabilities);
    const call = {
      tier: intent.complexity === 'complex' ? 'strong' : 'balanced',
      purpose: 'plan',
      messages: planMessages(task, intent, offers),
      maxTokens: 900,
      temperature: 0.3,
      schema: planReply,
      attempts: PLAN_ATTEMPTS,
      check: (reply: PlanReply) => planProblems(reply, { ...routing, offers }),
    } as const;
    const byRules = (): Plan => ruleBasedPlan(intent, offer);
    const isRouted = isForRules(offer, intent.goal, workbench);
    const plan = isRouted
      ? byRules()
      : await orElse(async () => toPlan((await workbench.model.json(call)).value, offers), byRules);
    countPlan(plan, performance.now() - startedAt);
    const warnings =
      plan.source === 'rules' && !isRouted ? ['The model gave no usable plan, so a rule-based one was used.'] : [];
    return { output: plan, confidence: plan.confidence, warnings };
  }

  private integrate(assignment: Assignment): ArmResult {
    const result = integrate(assignment);
    return { output: result, confidence: result.confidence, warnings: result.warnings };
  }
}

/** The demonstration model knows neither the arms that users bring nor what a goal wants run: there, rules do better. */
const isForRules = (offer: ArmOffer | undefined, goal: string, { model }: Workbench): boolean =>
  model.isDemonstration && (offer !== undefined || givenExecutions(goal).length > 0);

const planProblems = ({ steps }: PlanReply, routing: Routing): string[] => {
  const { offers } = routing;
  const resolved = steps.map((step) => toStep(step, offers));
  return [
    ...validatePlan(resolved, [...PLANNABLE_ARMS, ...offers.map(({ id }) => id)]).map(({ message }) => message),
    ...uncovered(resolved, routing),
  ];
};

/** Falls back only where the model answered and the answer was of no use: an outage is worth waiting for. */
const orElse = async <T>(ask: () => Promise<T>, fallback: () => T): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TransientError && error.code === 'model_reply_unusable') return fallback();
    throw error;
  }
};

const toIntent = (reply: IntentReply, { goal, constraints, language }: Assignment['task']): Intent => {
  const spoken = language ?? reply.language?.trim().toLowerCase() ?? '';
  return {
    goal,
    requiredCapabilities: reply.requiredCapabilities,
    constraints: [...new Set([...constraints, ...reply.constraints])],
    complexity: reply.complexity,
    ...(spoken === '' ? {} : { language: spoken }),
    confidence: share(reply.confidence),
  };
};

const readIntent = (given: unknown, task: Assignment['task']): Intent => {
  const parsed = intentReply.safeParse(given);
  return parsed.success ? toIntent(parsed.data, task) : ruleBasedIntent(task);
};

const toStep = ({ execution, ...step }: PlanReply['steps'][number], offers: readonly ArmOffer[]): PlanStep => ({
  ...step,
  requiredArm: resolveArm(step.requiredArm, offers),
  ...(execution !== null && { execution }),
});

const toPlan = ({ steps, rationale, confidence, complexityScore }: PlanReply, offers: readonly ArmOffer[]): Plan => ({
  steps: steps.map((step): PlanStep => ({
    ...toStep(step, offers),
    dependsOn: [...new Set(step.dependsOn)],
    estimatedDurationSeconds: Math.max(1, Math.round(step.estimatedDurationSeconds)),
  })),
  rationale,
  confidence: share(confidence),
  complexityScore: share(complexityScore),
  source: 'model',
});

/** Models now and then answer outside of 0 to 1. */
const share = (value: number): number => Math.min(1, Math.max(0, value));
