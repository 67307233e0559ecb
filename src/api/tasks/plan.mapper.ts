import { criticalPath } from '../../contracts/plan';
import type { TaskRecord } from '../../contracts/record';
import type { Wire } from '../http/types';
import type { PlanDto } from './task-parts.dto';

/** The plan of a task, once there is one. */
export const toPlan = ({ plan, planId }: Pick<TaskRecord, 'plan' | 'planId'>): Wire<PlanDto> | null =>
  plan === null
    ? null
    : {
        plan_id: planId === null ? null : `plan-${planId}`,
        subtasks: plan.steps.map((step) => ({
          step: step.step,
          action: step.action,
          required_arm: step.requiredArm,
          acceptance_criteria: step.acceptanceCriteria,
          depends_on: step.dependsOn,
          estimated_duration_seconds: Math.round(step.estimatedDurationSeconds),
          ...(step.execution && {
            execution: { action_type: step.execution.actionType, command: step.execution.command },
          }),
        })),
        estimated_duration_seconds: criticalPath(plan),
        confidence: plan.confidence,
        rationale: plan.rationale,
        complexity_score: plan.complexityScore,
        source: plan.source,
      };
