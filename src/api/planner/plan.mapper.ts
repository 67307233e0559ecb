import { type Plan, type PlanStep, criticalPath } from '../../contracts/plan';
import type { ArmAnswer, ArmCall } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import { toBudget, toConstraints, toContext } from '../http/steering';
import type { Wire } from '../http/types';
import { toArmUsage } from '../http/arm-usage';
import type { PlanRequestDto } from './plan-request.dto';
import type { GuidePlanDto, PlannedDto } from './plan-response.dto';

/** Cost tier by the arm's id. */
export type CostTiers = ReadonlyMap<string, number>;

/** US dollars a step is guessed to cost for each cost tier of its arm; what it really costs depends on the model. */
const DOLLARS_PER_TIER = 0.01;
/** Of an arm that is not known any more. */
const MIDDLE_TIER = 3;

export const toPlanCall = (given: Wire<PlanRequestDto>): ArmCall => ({
  arm: 'planner',
  draft: directDraft({
    goal: given.goal,
    constraints: toConstraints(given.constraints),
    acceptanceCriteria: given.acceptance_criteria ?? [],
    context: toContext(given.context),
    budget: toBudget(given.budget),
  }),
  input: {},
  action: 'Plan a goal',
});

const idOf = (step: number): string => `step_${step}`;
const planOf = ({ output }: ArmAnswer): Plan => output as Plan;
const tierOf = (tiers: CostTiers, { requiredArm }: PlanStep): number => tiers.get(requiredArm) ?? MIDDLE_TIER;
const sumOf = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0);

export const toGuidePlan = (answer: ArmAnswer, tiers: CostTiers): Wire<GuidePlanDto> => {
  const { steps, rationale, confidence, complexityScore } = planOf(answer);
  return {
    plan: steps.map((step) => ({
      step: step.step,
      action: step.action,
      required_arm: step.requiredArm,
      acceptance_criteria: step.acceptanceCriteria,
      depends_on: step.dependsOn,
      estimated_cost_tier: tierOf(tiers, step),
      estimated_duration_seconds: Math.round(step.estimatedDurationSeconds),
    })),
    rationale,
    confidence,
    total_estimated_duration: Math.round(sumOf(steps.map((step) => step.estimatedDurationSeconds))),
    complexity_score: complexityScore,
  };
};

/** The superset of all dialects. The Python SDK cannot read numbers in `dependencies`, everybody else expects them. */
export const toPlanned = (answer: ArmAnswer, tiers: CostTiers, isPythonSdk: boolean): Wire<PlannedDto> => {
  const { steps } = planOf(answer);
  const cost = Number(sumOf(steps.map((step) => tierOf(tiers, step) * DOLLARS_PER_TIER)).toFixed(4));
  return {
    plan_id: `plan_${answer.runId.replaceAll('-', '')}`,
    ...toGuidePlan(answer, tiers),
    steps: steps.map((step) => ({
      step_number: step.step,
      step_id: idOf(step.step),
      action: step.action,
      description: step.action,
      arm_id: step.requiredArm,
      acceptance_criteria: step.acceptanceCriteria,
      estimated_duration_seconds: Math.round(step.estimatedDurationSeconds),
      dependencies: isPythonSdk ? step.dependsOn.map(idOf) : step.dependsOn,
      depends_on: step.dependsOn,
      input_mapping: Object.fromEntries(step.dependsOn.map((earlier) => [idOf(earlier), 'output'])),
      expected_output: step.acceptanceCriteria.join('; '),
      ...(step.execution && {
        execution: { action_type: step.execution.actionType, command: step.execution.command },
      }),
    })),
    subtasks: steps.map((step) => ({
      subtask_id: idOf(step.step),
      description: step.action,
      assigned_arm: step.requiredArm,
      dependencies: step.dependsOn.map(idOf),
      cost_tier: tierOf(tiers, step),
    })),
    estimated_duration_seconds: criticalPath({ steps }),
    estimated_time_seconds: criticalPath({ steps }),
    estimated_cost_dollars: cost,
    estimated_cost_usd: cost,
    warnings: answer.warnings,
    metadata: toArmUsage(answer),
  };
};
