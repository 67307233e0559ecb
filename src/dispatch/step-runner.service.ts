import { hostname } from 'node:os';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { ArmResult, Assignment } from '../contracts/arm';
import type { StepBell } from '../contracts/bell';
import type { ScreeningVerdict } from '../contracts/verdict';
import { AppConfig } from '../common/config/config.service';
import { TransientError, toFault } from '../common/errors';
import { within } from '../common/within';
import { newId } from '../common/ids';
import { LimitedLog } from '../common/log/limited-log';
import { LlmPort } from '../drivers/llm/llm.port';
import { ActionRepository } from './action.repository';
import { ArmRegistry } from './arm-registry.service';
import type { Workbench } from './arm.port';
import { Bell } from './bell.service';
import { ApprovalNeeded } from './consent';
import { insist } from './insist';
import { activeSteps, invocations } from './invocations';
import { Journal } from './journal.service';
import { Ledger } from './ledger.service';
import { StepModel } from './metered-model';
import { type AttemptScreening, Screening } from './screening.service';
import { Slots } from './slots.service';
import type { StepScreening } from './step-screening';
import { type Claim, LEASE_SECONDS, type Question, StepRepository } from './step.repository';

/** No step runs longer than this, whatever time its task has left. */
const LONGEST_STEP_MS = 10 * 60_000;
const SALVAGE_MS = 5_000;
const HEARTBEAT_MS = (LEASE_SECONDS * 1000) / 3;
/** Progress notes of one attempt that are kept; an arm that talks more is cut short. */
const MAX_NOTES = 50;
/** Findings that one event names; the step keeps more. */
const MOST_TOLD = 10;

/** A queue that is out of reach must not hold up a stop. */
const SOURCE_PATIENCE_MS = 2_000;
/** How soon a step is rung again that found its arm with as much work as it can do at once. */
const BUSY_PAUSE_MS = 250;

/** Why a running step is stopped. */
type StopReason = 'cancelled' | 'lost' | 'draining';
/** What brings bells; a BullMQ worker. */
interface Source {
  /** Stops taking new ones. */
  pause(doNotWaitActive: boolean): Promise<void>;
  close(): Promise<void>;
}

class Stopped extends Error {
  constructor(readonly reason: StopReason) {
    super(`The step was stopped: ${reason}.`);
  }
}

/** Runs steps: claim, work, store, ring. */
@Injectable()
export class StepRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly worker = `${hostname().slice(0, 30)}-${newId().slice(0, 8)}`;
  private readonly logger = new Logger(StepRunner.name);
  private readonly log = new LimitedLog(this.logger);
  private readonly running = new Map<string, { controller: AbortController; done: Promise<void> }>();
  private heartbeat: NodeJS.Timeout | undefined;
  private readonly sources: Source[] = [];
  private draining = false;

  constructor(
    private readonly config: AppConfig,
    private readonly arms: ArmRegistry,
    private readonly steps: StepRepository,
    private readonly ledger: Ledger,
    private readonly journal: Journal,
    private readonly bell: Bell,
    private readonly llm: LlmPort,
    private readonly slots: Slots,
    private readonly screening: Screening,
    private readonly actions: ActionRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS).unref();
  }

  /** Lets running steps finish within the deadline, then gives the rest back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.draining = true;
    await Promise.all(this.sources.map((source) => within(SOURCE_PATIENCE_MS, source.pause(true))));
    const deadline = new Promise((resolve) =>
      setTimeout(resolve, this.config.values.SHUTDOWN_TIMEOUT_SECONDS * 1000).unref(),
    );
    await Promise.race([Promise.all([...this.running.values()].map(({ done }) => done)), deadline]);
    for (const { controller } of this.running.values()) controller.abort(new Stopped('draining'));
    await Promise.all([...this.running.values()].map(({ done }) => done));
    await Promise.all(this.sources.map((source) => within(SOURCE_PATIENCE_MS, source.close())));
    clearInterval(this.heartbeat);
  }

  /** Takes note of a worker that brings bells, so that it is stopped before its steps are. */
  feedFrom(source: Source): void {
    this.sources.push(source);
  }

  /** Answers a bell. Does nothing when the step is not to be had: the bell was late, rung twice, or rung in vain. */
  async run(bell: StepBell): Promise<void> {
    const limit = this.arms.limitOf(bell.arm);
    if (limit === undefined) return this.take(bell);
    // The arms of a kind share a queue: a step of a busy one makes room for those of the others.
    if (!this.slots.take(bell.arm, Math.min(limit, this.config.values.ARM_CONCURRENCY))) {
      await this.bell.ringStep(bell, BUSY_PAUSE_MS);
      return;
    }
    try {
      await this.take(bell);
    } finally {
      this.slots.give(bell.arm);
    }
  }

  private async take({ taskId, stepId }: StepBell): Promise<void> {
    if (this.isDraining()) return;
    const claim = await this.steps.claim(taskId, stepId, this.worker);
    if (claim === undefined) return;
    if (this.isDraining()) {
      await this.steps.release(claim.assignment);
      return;
    }
    this.journal.announce(taskId);
    // What an earlier attempt left open died with its process.
    if (claim.assignment.attempt > 1) await this.ledger.writeOff([stepId]);
    const controller = new AbortController();
    const done = this.attempt(claim, controller);
    this.running.set(stepId, { controller, done });
    try {
      await done;
    } finally {
      // A stalled process may have lost this step and claimed it again meanwhile.
      if (this.running.get(stepId)?.controller === controller) this.running.delete(stepId);
    }
    await this.bell.ringTask(taskId);
  }

  /** A question of its own, because the answer changes while something is awaited. */
  private isDraining(): boolean {
    return this.draining;
  }

  /** Stops the given steps at once if they run in this process. Others learn of it with their next heartbeat. */
  stop(stepIds: string[]): void {
    for (const stepId of stepIds) this.running.get(stepId)?.controller.abort(new Stopped('cancelled'));
  }

  private async attempt(claim: Claim, controller: AbortController): Promise<void> {
    const { arm, assignment, leftMs } = claim;
    const { signal } = controller;
    const screening = this.screening.of(claim);
    // What was reached is put together also when the task's time is up.
    const least = assignment.kind === 'integrate' ? SALVAGE_MS : 1;
    const limitMs = Math.max(least, Math.min(leftMs, LONGEST_STEP_MS));
    const deadline = new Date(Date.now() + limitMs);
    const timer = setTimeout(
      () =>
        controller.abort(
          new TransientError(
            'step_timeout',
            `The step "${assignment.key}" ran out of time after ${Math.round(limitMs / 1000)} s.`,
          ),
        ),
      limitMs,
    );
    activeSteps.inc({ arm_id: arm });
    try {
      const result = await this.work(claim, screening, { signal, deadline });
      invocations.inc({ arm_id: arm, success: 'true' });
      await this.finish(assignment, screening.step, result);
    } catch (error) {
      const cause: unknown = signal.aborted ? signal.reason : error;
      if (cause instanceof Stopped) {
        if (cause.reason === 'draining') await this.giveBack(assignment);
        return;
      }
      if (cause instanceof ApprovalNeeded) {
        await this.ask(assignment, screening.step, cause);
        return;
      }
      invocations.inc({ arm_id: arm, success: 'false' });
      await this.fail(assignment, cause, screening.step);
    } finally {
      clearTimeout(timer);
      activeSteps.dec({ arm_id: arm });
      this.journal.announce(assignment.taskId);
    }
  }

  /** The arm's work, or the abort, whichever comes first: an arm that ignores its signal cannot hold a worker. */
  private async work(
    claim: Claim,
    screening: AttemptScreening,
    limits: { signal: AbortSignal; deadline: Date },
  ): Promise<ArmResult> {
    const { signal } = limits;
    const { arm, descriptor } = await this.arms.find(claim.arm);
    signal.throwIfAborted();
    // An arm that answers in place looks at texts for what is wrong with them: it has to see them as they are.
    const assignment = descriptor.inPlace === true ? claim.assignment : screening.step.input();
    let onAbort: () => void = () => undefined;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    aborted.catch(() => undefined);
    try {
      const notes: Promise<void>[] = [];
      const workbench = this.workbench(claim, screening, limits, notes);
      const result = await Promise.race([arm.run(assignment, workbench), aborted]);
      await Promise.all(notes);
      return result;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** `notes` gathers what is still being written, so that no note comes after the result. */
  private workbench(
    { arm, assignment }: Claim,
    { step, mask, consent }: AttemptScreening,
    limits: { signal: AbortSignal; deadline: Date },
    notes: Promise<void>[],
  ): Workbench {
    return {
      ...limits,
      model: new StepModel(this.llm, this.ledger, assignment, limits.signal, mask, step),
      requireApproval: (reason) => consent.require(reason),
      untrusted: (value) => step.untrusted(value),
      record: ({ type, details, result }) => {
        const { taskId, holder, key, attempt } = assignment;
        const whose = { holder, step: key, attempt };
        return this.actions.log({ taskId: `task-${taskId}`, arm, type, details: { ...whose, ...details }, result });
      },
      report: (message) => {
        if (limits.signal.aborted || notes.length === MAX_NOTES) return;
        const data = { key: assignment.key, message: this.screening.clean(message).slice(0, 300) };
        const note = this.journal.note(assignment.taskId, { type: 'step.progress', data });
        notes.push(note.catch((error: unknown) => this.log.warn('Progress note', error)));
      },
    };
  }

  /** Stores what was made, or has it wait until a person has agreed to it. */
  private async finish(assignment: Assignment, screening: StepScreening, made: ArmResult): Promise<void> {
    const { result, question } = screening.output(made);
    const { verdict } = screening;
    await this.tell(assignment, verdict);
    if (question !== undefined) {
      await this.hold(assignment, { phase: 'output', reason: question, verdict, result });
      return;
    }
    const ready = (await insist(() => this.steps.store(assignment, result, verdict))) ?? [];
    for (const step of ready) await this.bell.ringStep({ taskId: assignment.taskId, ...step });
  }

  private async ask(assignment: Assignment, { verdict }: StepScreening, { reason }: ApprovalNeeded): Promise<void> {
    await this.tell(assignment, verdict);
    await this.hold(assignment, { phase: 'input', reason, verdict });
  }

  private async hold(assignment: Assignment, question: Omit<Question, 'patienceSeconds'>): Promise<void> {
    const patienceSeconds = this.config.values.APPROVAL_TIMEOUT_SECONDS;
    await insist(() => this.steps.hold(assignment, { ...question, patienceSeconds }));
  }

  /** Watchers learn of what was found when something came of it. Not worth failing for: the step keeps the verdict. */
  private async tell({ taskId, key }: Assignment, { decision, findings }: ScreeningVerdict): Promise<void> {
    if (decision === 'pass') return;
    const told = findings.slice(0, MOST_TOLD).map(({ type, kind, field, action }) => ({ type, kind, field, action }));
    await this.journal
      .note(taskId, { type: 'step.screened', data: { key, decision, findings: told } })
      .catch((error: unknown) => this.log.warn('Screening note', error));
  }

  private async fail(assignment: Assignment, error: unknown, { verdict }: StepScreening): Promise<void> {
    const fault = this.screening.fault(toFault(error));
    if (fault.kind === 'bug') {
      this.logger.error(
        `Step ${assignment.key} of task ${assignment.taskId} failed`,
        this.screening.clean(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      );
    }
    await this.tell(assignment, verdict);
    try {
      await this.steps.fail(assignment, fault, verdict);
    } catch (storeError) {
      // The lease will run out and the step will be tried again.
      this.log.warn('A step could not be stored', storeError);
    }
  }

  private async giveBack(assignment: Assignment): Promise<void> {
    await this.steps
      .release(assignment)
      .catch((error: unknown) => this.log.warn('A step could not be given back', error));
  }

  /** Renews the leases of the steps that run here, and stops those that are lost. */
  async beat(): Promise<void> {
    const held = [...this.running.keys()];
    if (held.length === 0) return;
    try {
      const kept = await this.steps.renew(this.worker, held);
      for (const stepId of held) {
        if (!kept.has(stepId)) this.running.get(stepId)?.controller.abort(new Stopped('lost'));
      }
    } catch (error) {
      this.log.warn('Leases could not be renewed', error);
    }
  }
}
