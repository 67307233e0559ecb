import { Injectable } from '@nestjs/common';
import { isBuiltIn } from '../contracts/arm';
import type { JsonObject } from '../contracts/json';
import { isTerminal } from '../contracts/task';
import { TransientError, UserError } from '../common/errors';
import { ArmRegistry } from '../dispatch/arm-registry.service';
import { Bell } from '../dispatch/bell.service';
import { InPlaceRunner } from '../dispatch/in-place-runner.service';
import { Journal } from '../dispatch/journal.service';
import { DraftScreening } from './draft-screening.service';
import type { ArmAnswer, ArmCall, RunState } from './intake.port';
import { failureOf, toAnswer, toState } from './run.mapper';
import { type Run, RunRepository } from './run.repository';
import { TaskRecords } from './task.repository';

/** Arms called by themselves: `run`, `begin` and `runState` of `IntakePort`. */
@Injectable()
export class DirectRuns {
  constructor(
    private readonly screening: DraftScreening,
    private readonly records: TaskRecords,
    private readonly runs: RunRepository,
    private readonly arms: ArmRegistry,
    private readonly inPlace: InPlaceRunner,
    private readonly bell: Bell,
    private readonly journal: Journal,
  ) {}

  async run(given: ArmCall): Promise<ArmAnswer> {
    const { descriptor } = await this.arms.find(given.arm);
    if (descriptor.inPlace === true) return this.runInPlace(given);
    const run = await this.started(given);
    return run.question === null ? toAnswer(run) : this.refuseHeld(run.id, run.question.reason);
  }

  async begin(given: ArmCall): Promise<RunState> {
    return toState(await this.started(given));
  }

  async state(runId: string): Promise<RunState> {
    const run = await this.runs.find(runId);
    if (run === undefined) throw new UserError('resource_not_found', `Run ${runId} not found`);
    return toState(run);
  }

  /** The run once it has its answer, or waits for a person. Throws why it came to nothing. */
  private async started(given: ArmCall): Promise<Run> {
    const call = { ...given, draft: this.screening.screened(given.draft), input: this.inputOf(given) };
    const { runId, stepId } = await this.runs.insert(call);
    // Asked for before ringing: what happens between the two is then not missed.
    let change = this.journal.nextChange(runId);
    const bell = { taskId: runId, stepId, arm: call.arm, priority: call.draft.priority };
    if (!(await this.bell.ringStep(bell))) {
      // Somebody waits for the answer: work that begins when the queue is back would be for nobody.
      await this.records.requestCancel(runId);
      throw new TransientError('service_unavailable', 'The queue that carries work to the arms does not answer.');
    }
    for (;;) {
      await change;
      change = this.journal.nextChange(runId);
      const run = await this.runs.find(runId);
      if (run === undefined) throw new UserError('resource_not_found', `Run ${runId} was deleted while it ran.`);
      if (run.stepDone || run.question !== null) return run;
      if (isTerminal(run.status)) throw failureOf(run);
    }
  }

  /** Nobody can approve what a caller waits for: a person takes longer than a connection lasts. */
  private async refuseHeld(runId: string, reason: string): Promise<never> {
    await this.records.requestCancel(runId);
    await this.bell.queueTask(runId);
    throw new UserError(
      'policy_violation',
      `This needs the approval of a person: ${reason} Submit it as a task, which can wait for one.`,
    );
  }

  /** A plan may give work to arms of users; a planner that is called by itself has to be told of them. */
  private inputOf({ arm, input }: ArmCall): JsonObject {
    const brought = arm === 'planner' ? this.arms.offers().filter(({ id }) => !isBuiltIn(id)) : [];
    return brought.length === 0 ? input : { ...input, arms: brought };
  }

  /** What the guardian is for is not to be refused for what it looks at: here only the arm screens. */
  private async runInPlace({ arm, draft, input, action, holder = '' }: ArmCall): Promise<ArmAnswer> {
    const { goal, constraints, acceptanceCriteria, context } = draft;
    const task = { goal, constraints, acceptanceCriteria, context };
    const result = await this.inPlace.run(arm, { holder, action, input, task });
    return { arm, ...result, warnings: result.warnings ?? [], models: [], tokensUsed: 0, costUsd: 0 };
  }
}
