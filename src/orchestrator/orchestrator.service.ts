import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { TaskResult } from '../contracts/outcome';
import type { Fault } from '../contracts/step';
import type { TaskError, TaskStatus } from '../contracts/task';
import { coalesce } from '../common/coalesce';
import { AppConfig } from '../common/config/config.service';
import { TransientError } from '../common/errors';
import { LimitedLog } from '../common/log/limited-log';
import { Approvals } from '../dispatch/approvals.service';
import { ArmRegistry } from '../dispatch/arm-registry.service';
import { Bell } from '../dispatch/bell.service';
import { Journal, type NewEvent } from '../dispatch/journal.service';
import { Ledger } from '../dispatch/ledger.service';
import { StepRunner } from '../dispatch/step-runner.service';
import type { Sql } from '../drivers/database/database.service';
import { AnswerCache } from '../memory/answers/answers.service';
import { Guardrails } from '../guardrails/guardrails.service';
import { Vaults } from '../guardrails/vaults.service';
import { KnowledgeGraph } from '../memory/knowledge-graph.service';
import { decide } from './decide';
import { LineageRepository } from './lineage.repository';
import { planData, verdictData, withLineage } from './render';
import type { Command, TaskState } from './state';
import { countEnd } from './task-metrics';
import type { LoadedTask } from './task.mapper';
import { TaskRepository } from './task.repository';

/** Decisions that follow from one another at once (a lost step is failed, then retried); more would be a loop. */
const MAX_PASSES = 6;
const MAX_FAILURES = 3;

const INTERNAL_ERROR: TaskError = {
  type: 'internal_error',
  message: 'An internal fault ended this task. The server log has the details.',
};

const WORKER_LOST: Fault = {
  kind: 'transient',
  code: 'worker_lost',
  message: 'The process that worked on this step ended before the step did.',
};

/** What is to be done once a transaction has been committed. */
interface Aftermath {
  rings: { stepId: string; arm: string; delayMs: number }[];
  stopped: string[];
  ended?: { status: TaskStatus; task: LoadedTask };
  /** Whether events were written. */
  noted: boolean;
}

/** Drives tasks: asks `decide` what to do, does it in one transaction, rings the bells. */
@Injectable()
export class Orchestrator implements OnModuleInit {
  private readonly logger = new Logger(Orchestrator.name);
  private readonly log = new LimitedLog(this.logger);
  /** Tasks being advanced in this process; true when another bell came meanwhile. */
  private readonly busy = new Map<string, boolean>();
  /** How often in a row a task could not be advanced for a reason that does not pass. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly config: AppConfig,
    private readonly tasks: TaskRepository,
    private readonly lineages: LineageRepository,
    private readonly journal: Journal,
    private readonly ledger: Ledger,
    private readonly bell: Bell,
    private readonly arms: ArmRegistry,
    private readonly runner: StepRunner,
    private readonly approvals: Approvals,
    private readonly graph: KnowledgeGraph,
    private readonly vaults: Vaults,
    private readonly guardrails: Guardrails,
    private readonly answers: AnswerCache,
  ) {}

  onModuleInit(): void {
    if (this.config.values.OCTO_ROLE === 'api') return;
    this.bell.answerHere({
      task: (taskId) => void this.answer(taskId),
      waiting: coalesce(() => this.answerWaiting()),
    });
  }

  /** Answers a bell without ever failing: what could not be done now, the sweep does later. */
  async answer(taskId: string): Promise<void> {
    if (this.busy.has(taskId)) {
      this.busy.set(taskId, true);
      return;
    }
    try {
      do {
        this.busy.set(taskId, false);
        await this.tryToAdvance(taskId);
      } while (this.busy.get(taskId) === true);
    } finally {
      this.busy.delete(taskId);
    }
  }

  /** A task that cannot be advanced for a reason that will not pass must not stay open, and in its place, for ever. */
  private async tryToAdvance(taskId: string): Promise<void> {
    try {
      await this.advance(taskId);
      this.failures.delete(taskId);
    } catch (error) {
      if (error instanceof TransientError) {
        this.log.warn('A task could not be advanced', error);
        return;
      }
      const count = (this.failures.get(taskId) ?? 0) + 1;
      this.failures.set(taskId, count);
      this.logger.error(`Task ${taskId} could not be advanced`, error instanceof Error ? error.stack : String(error));
      if (count >= MAX_FAILURES) await this.abandon(taskId);
    }
  }

  private async abandon(taskId: string): Promise<void> {
    try {
      const task = await this.tasks.abandon(taskId, INTERNAL_ERROR);
      if (task !== undefined) countEnd('failed', task);
      this.vaults.forget(taskId);
      await this.journal.note(taskId, {
        type: 'task.failed',
        data: { status: 'failed', error: { ...INTERNAL_ERROR } },
      });
      this.failures.delete(taskId);
      await this.admitWaiting();
    } catch (error) {
      this.log.warn('A task could not be abandoned', error);
    }
  }

  /**
   * Brings a task as far as it can go. Calling it twice, late or after a crash changes nothing that it should not.
   *
   * It looks before it locks: most bells find nothing to do, or no more than steps that became ready. Making those ready is
   * safe without the task's lock, because a step leaves `blocked` only once, whoever comes first.
   */
  async advance(taskId: string): Promise<void> {
    const seen = await this.tasks.look(taskId);
    if (seen === undefined) return;
    const [first, ...others] = await this.decided(seen);
    if (first === undefined) return;
    const after: Aftermath = { rings: [], stopped: [], noted: false };
    if (first.type === 'unblock' && others.length === 0) await this.perform(this.tasks.unlocked, seen, first, after);
    else await this.advanceLocked(taskId, after);
    this.runner.stop(after.stopped);
    if (after.noted) this.journal.announce(taskId);
    const { priority } = seen;
    await Promise.all(
      after.rings.map(({ stepId, arm, delayMs }) => this.bell.ringStep({ taskId, stepId, arm, priority }, delayMs)),
    );
    if (after.ended === undefined) return;
    countEnd(after.ended.status, after.ended.task);
    this.vaults.forget(taskId);
    await this.admitWaiting();
    if (after.ended.status === 'completed') await this.answers.remember(taskId);
  }

  /** An arm that seems to be missing may have been registered with another process. */
  private async decided(seen: LoadedTask): Promise<Command[]> {
    const commands = decide(this.complete(seen, true));
    const isMissing = commands.some(
      (command) => command.type === 'end' && ['no_such_arm', 'no_capable_arm'].includes(command.error?.type ?? ''),
    );
    if (!isMissing) return commands;
    await this.arms.refresh();
    return decide(this.complete(seen, true));
  }

  private async advanceLocked(taskId: string, after: Aftermath): Promise<void> {
    const limit = this.config.values.MAX_CONCURRENT_TASKS;
    await this.tasks.transaction(async (sql) => {
      for (let pass = 0; pass < MAX_PASSES; pass++) {
        const task = await this.tasks.load(sql, taskId);
        if (task === undefined) return;
        const admitted = task.status === 'accepted' && (await this.tasks.hasRoom(sql, limit));
        const commands = decide(this.complete(task, admitted));
        await this.apply(sql, task, commands, after);
        if (!commands.some(({ type }) => type === 'expire' || type === 'refuse')) return;
      }
    });
  }

  private complete(task: LoadedTask, admitted: boolean): TaskState {
    return { ...task, admitted, knownArms: this.arms.offers() };
  }

  /** Like `answer`, for the bell that names no task. */
  async answerWaiting(): Promise<void> {
    try {
      await this.admitWaiting();
    } catch (error) {
      this.log.warn('Waiting tasks could not be admitted', error);
    }
  }

  /** Rings for the tasks that a free place allows to begin. */
  async admitWaiting(): Promise<void> {
    for (const taskId of await this.tasks.admissible(this.config.values.MAX_CONCURRENT_TASKS))
      await this.bell.ringTask(taskId);
  }

  private async apply(sql: Sql, task: LoadedTask, commands: Command[], after: Aftermath): Promise<void> {
    const events: NewEvent[] = [];
    for (const command of commands) events.push(...(await this.perform(sql, task, command, after)));
    await this.journal.append(sql, task.id, events);
    after.noted ||= events.length > 0;
  }

  private async perform(sql: Sql, task: LoadedTask, command: Command, after: Aftermath): Promise<NewEvent[]> {
    const ring = (steps: { id: string; arm: string }[], delayMs = 0): void => {
      after.rings.push(...steps.map(({ id, arm }) => ({ stepId: id, arm, delayMs })));
    };
    switch (command.type) {
      case 'enter':
        await this.tasks.enter(sql, task.id, command.status);
        return [{ type: `task.${command.status}`, data: { status: command.status } }];
      case 'report-verdict':
        return [{ type: 'judge.verdict', data: verdictData(command.verdict) }];
      case 'add-steps':
        ring(await this.tasks.addSteps(sql, task.id, command.steps));
        return [];
      case 'record-plan': {
        const planId = await this.tasks.recordPlan(sql, task.id, command.plan);
        return [{ type: 'plan.ready', data: { plan_id: planId, ...planData(command.plan) } }];
      }
      case 'begin-repair':
        await this.tasks.beginRepair(sql, task.id, command.round);
        return [{ type: 'repair.started', data: { round: command.round } }];
      case 'unblock':
        ring(await this.tasks.unblock(sql, command.stepIds));
        return [];
      case 'expire':
        await this.ledger.writeOff([command.stepId], sql);
        await this.tasks.expire(sql, command.stepId, WORKER_LOST);
        after.stopped.push(command.stepId);
        return [];
      case 'refuse':
        await this.approvals.expire(sql, { taskId: task.id, stepId: command.stepId });
        return [];
      case 'retry': {
        const steps = await this.tasks.retry(sql, command.stepId, command.delayMs);
        ring(steps, command.delayMs);
        return steps.map(({ key }) => ({ type: 'step.retrying', data: { key, delay_ms: command.delayMs } }));
      }
      case 'cancel-steps':
        await this.tasks.cancelSteps(sql, command.stepIds);
        after.stopped.push(...command.stepIds);
        return task.steps
          .filter(({ id }) => command.stepIds.includes(id))
          .map(({ key, arm }) => ({ type: 'step.cancelled', data: { key, arm } }));
      case 'end':
        return this.end(sql, task, command, after);
    }
  }
  private async end(
    sql: Sql,
    task: LoadedTask,
    { status, result, error: reason }: Extract<Command, { type: 'end' }>,
    after: Aftermath,
  ): Promise<NewEvent[]> {
    const error = reason && this.tellable(reason);
    const lineage = await this.lineages.read(sql, task.id);
    const complete = result && withLineage(result, lineage, task.round);
    await this.tasks.end(sql, task.id, status, complete, error);
    if (complete !== null) await this.remember(sql, task, complete);
    after.ended = { status, task };
    return [{ type: `task.${status}`, data: { status, ...(error !== null && { error: { ...error } }) } }];
  }

  /** Reasons quote the names that a caller asked for, and what a judge says of a result. */
  private tellable({ type, message, details }: TaskError): TaskError {
    const clean = (text: string): string => this.guardrails.screen(text, { direction: 'memory' }).value;
    return { type, message: clean(message), ...(details !== undefined && { details: clean(details) }) };
  }

  /** The knowledge graph is worth having, and not worth a task: whatever goes wrong there is undone and logged. */
  private async remember(sql: Sql, task: LoadedTask, result: TaskResult): Promise<void> {
    await sql.query('SAVEPOINT knowledge');
    try {
      await this.graph.remember(sql, task, result);
    } catch (error) {
      await sql.query('ROLLBACK TO SAVEPOINT knowledge');
      this.logger.error('The knowledge graph refused a result', error instanceof Error ? error.stack : String(error));
    }
  }
}
