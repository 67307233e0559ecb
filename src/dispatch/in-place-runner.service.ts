import { Injectable } from '@nestjs/common';
import type { ArmResult, Assignment } from '../contracts/arm';
import { BugError } from '../common/errors';
import { newId, sha256 } from '../common/ids';
import { ActionRepository } from './action.repository';
import { ArmRegistry } from './arm-registry.service';
import { MeteredModel } from './arm.port';
import { activeSteps, invocations } from './invocations';

/** Longer than such an arm takes for the largest request by far. */
const LIMIT_MS = 10_000;

/** Stands where a model would: an arm that answers in place has said that it needs none. */
class NoModel extends MeteredModel {
  readonly isDemonstration = true;
  readonly tokensUsed = 0;
  text(): Promise<never> {
    return this.refuse();
  }
  json(): Promise<never> {
    return this.refuse();
  }
  private refuse(): Promise<never> {
    return Promise.reject(new BugError('model_in_place', 'An arm marked inPlace asked for a model.'));
  }
}

/** Its caller waits for the answer, and a person takes longer than that. */
const refuseApproval = (): never => {
  throw new BugError('approval_in_place', 'An arm marked inPlace asked for an approval.');
};

/** Runs an arm that is marked `inPlace` at once, in this process. What it was given is not stored; that it ran is. */
@Injectable()
export class InPlaceRunner {
  constructor(
    private readonly arms: ArmRegistry,
    private readonly actions: ActionRepository,
  ) {}

  /** Errors: those of the arm. */
  async run(
    armId: string,
    request: Pick<Assignment, 'holder' | 'action' | 'input' | 'task'>,
  ): Promise<ArmResult & { runId: string; durationMs: number }> {
    const { arm } = this.arms.get(armId);
    const runId = newId();
    const startedAt = performance.now();
    const assignment: Assignment = {
      ...request,
      taskId: runId,
      stepId: runId,
      key: 'direct',
      kind: 'direct',
      attempt: 1,
      acceptanceCriteria: [],
      earlier: [],
    };
    let success = false;
    activeSteps.inc({ arm_id: armId });
    try {
      const result = await arm.run(assignment, {
        model: new NoModel(),
        signal: AbortSignal.timeout(LIMIT_MS),
        deadline: new Date(Date.now() + LIMIT_MS),
        report: () => undefined,
        requireApproval: refuseApproval,
        untrusted: (value) => value,
        record: ({ type, details, result }) =>
          this.actions.log({ taskId: `task-${runId}`, arm: armId, type, details, result }),
      });
      success = true;
      return { ...result, runId, durationMs: performance.now() - startedAt };
    } finally {
      activeSteps.dec({ arm_id: armId });
      invocations.inc({ arm_id: armId, success: String(success) });
      await this.actions.log({
        taskId: `task-${runId}`,
        arm: armId,
        type: 'direct',
        details: { holder: request.holder, action: request.action, input_hash: sha256(JSON.stringify(request.input)) },
        result: { success, duration_ms: Math.round(performance.now() - startedAt) },
      });
    }
  }
}
