import { Logger, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessPort } from '../../src/access/access.port';
import { ApiKeys } from '../../src/access/api-keys.service';
import { GrantOffice } from '../../src/access/capability-tokens.service';
import { CapabilityTokens } from '../../src/access/capability-tokens.port';
import { RateLimits } from '../../src/access/rate-limits.service';
import { type KeptAnswer, type Repeatable, Repeats } from '../../src/access/repeats.port';
import { ApiModule } from '../../src/api/api.module';
import { createHttpApp } from '../../src/api/http/fastify';
import { ConfigModule } from '../../src/common/config/config.module';
import { type Settings, configSchema } from '../../src/common/config/config.schema';
import { UserError } from '../../src/common/errors';
import { MemoryKv } from '../../src/drivers/kv/memory-kv';
import type { Caller } from '../../src/contracts/caller';
import { Clock } from '../../src/common/clock';
import { Detection } from '../../src/detection/detection.service';
import { ReflexDesk } from '../../src/intake/reflex-desk.port';
import { LocalReflexDesk } from '../../src/intake/reflex-desk.service';
import { InspectionCache } from '../../src/reflex/inspection-cache.service';
import { InstantReplies } from '../../src/reflex/instant-replies.service';
import { Inspector } from '../../src/reflex/inspector.service';
import { Reflex } from '../../src/reflex/reflex.service';
import { HealthRegistry } from '../../src/common/health';
import { HealthModule } from '../../src/common/health.module';
import { newId, newKey } from '../../src/common/ids';
import type { TaskEvent } from '../../src/contracts/event';
import { type TaskRecord, acceptedRecord } from '../../src/contracts/record';
import { type TaskDraft, isTerminal } from '../../src/contracts/task';
import {
  type ArmAnswer,
  type ArmCall,
  IntakePort,
  type NewDocument,
  type RunState,
  type TaskPage,
} from '../../src/intake/intake.port';
import { ApprovalDesk } from '../../src/intake/approval-desk.port';
import { ArmDesk } from '../../src/intake/arm-desk.port';
import { TaskCensus } from '../../src/intake/task-census.port';
import { AnswerCache } from '../../src/memory/answers/answers.service';
import { Workspaces } from '../../src/workshop/workspaces.service';
import { Provenance } from '../../src/provenance/provenance.service';
import { newGuardrails } from '../support/guardrails';

const newRecord = (draft: TaskDraft): TaskRecord =>
  acceptedRecord({ id: newId(), key: newKey(), draft, createdAt: new Date(), estimatedDurationSeconds: 45.4 });

/** A desk that keeps tasks in memory, works on none of them, and can be told what happens next. */
export class MemoryIntake extends IntakePort {
  readonly tasks: TaskRecord[] = [];
  readonly documents: { collection: string; documents: NewDocument[] }[] = [];
  readonly events = new Map<string, TaskEvent[]>();
  readonly watching = new Set<string>();
  readonly calls: ArmCall[] = [];
  /** What a directly called arm hands back. */
  answer: Partial<ArmAnswer> | Error = {};
  /** Thrown by the next `accept`. */
  failure: Error | undefined;
  private wake: (() => void)[] = [];

  accept(draft: TaskDraft): Promise<TaskRecord> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const task = newRecord(draft);
    this.tasks.unshift(task);
    this.happen(task.id, 'task.accepted');
    return Promise.resolve(task);
  }

  run(call: ArmCall): Promise<ArmAnswer> {
    this.calls.push(call);
    if (this.answer instanceof Error) return Promise.reject(this.answer);
    return Promise.resolve({
      runId: newId(),
      arm: call.arm,
      output: {},
      confidence: 0.9,
      warnings: [],
      models: [],
      tokensUsed: 0,
      costUsd: 0,
      durationMs: 1,
      ...this.answer,
    });
  }

  async begin(call: ArmCall): Promise<RunState> {
    const answer = await this.run(call);
    return { runId: answer.runId, arm: answer.arm, status: 'completed', createdAt: new Date(), answer };
  }

  async idOf(id: string): Promise<string> {
    return (await this.get(id)).id;
  }

  workspaceOf(id: string): Promise<string> {
    return this.idOf(id);
  }

  runState(runId: string): Promise<RunState> {
    return Promise.reject(new UserError('resource_not_found', `No run ${runId}`));
  }

  get(id: string): Promise<TaskRecord> {
    const task = this.tasks.find((candidate) => candidate.id === id || candidate.key === id);
    if (task !== undefined) return Promise.resolve(task);
    return Promise.reject(new UserError('resource_not_found', `No task ${id}`));
  }

  list({ statuses, limit, cursor }: Parameters<IntakePort['list']>[0]): Promise<TaskPage> {
    const all = this.tasks.filter((task) => statuses === undefined || statuses.includes(task.status));
    const start = cursor === undefined ? 0 : Number(cursor);
    if (Number.isNaN(start)) {
      return Promise.reject(new UserError('validation_error', 'cursor is not ours', { details: { field: 'cursor' } }));
    }
    const end = start + limit;
    return Promise.resolve({ tasks: all.slice(start, end), nextCursor: end < all.length ? String(end) : null });
  }

  async cancel(id: string): Promise<TaskRecord> {
    const task = await this.get(id);
    if (isTerminal(task.status) && task.status !== 'cancelled') {
      throw new UserError('invalid_operation', `The task has already ended: ${task.status}.`);
    }
    task.status = 'cancelled';
    task.completedAt = new Date();
    this.happen(task.id, 'task.cancelled');
    return task;
  }

  async *watch(id: string, afterSeq: number, signal: AbortSignal): AsyncIterable<TaskEvent> {
    this.watching.add(id);
    signal.addEventListener('abort', () => this.ring());
    try {
      for (let seq = afterSeq; !signal.aborted;) {
        const next = this.events.get(id)?.[seq];
        if (next === undefined) {
          await new Promise<void>((resolve) => this.wake.push(resolve));
          continue;
        }
        yield next;
        seq += 1;
        if (['task.completed', 'task.failed', 'task.cancelled'].includes(next.type)) return;
      }
    } finally {
      this.watching.delete(id);
    }
  }

  ingest(collection: string, documents: NewDocument[]): Promise<{ ids: string[]; redactions: [] }> {
    this.documents.push({ collection, documents });
    return Promise.resolve({ ids: documents.map(({ id }) => id ?? newId()), redactions: [] });
  }

  happen(taskId: string, type: TaskEvent['type']): void {
    const events = this.events.get(taskId) ?? [];
    events.push({ taskId, seq: events.length + 1, type, data: { note: type }, createdAt: new Date() });
    this.events.set(taskId, events);
    this.ring();
  }

  private ring(): void {
    const woken = this.wake;
    this.wake = [];
    for (const resume of woken) resume();
  }
}

/** Lets everybody do everything: keys are rows, and there is no database here. */
class OpenAccess extends AccessPort {
  readonly enforced = false;
  identify(): Promise<Caller> {
    return Promise.resolve({ holder: 'open', name: 'open', scopes: ['admin'], tier: 'open' });
  }
}

/** Without a database there is nowhere to keep an answer. */
class NoRepeats extends Repeats {
  async once(_request: Repeatable, work: () => Promise<KeptAnswer | undefined>): Promise<KeptAnswer | undefined> {
    await work();
    return undefined;
  }
}

/** The real one: it needs neither database nor queue. */
const reflexDesk = (): ReflexDesk => {
  const detection = new Detection();
  const guardrails = newGuardrails(detection);
  return new LocalReflexDesk(
    new Inspector(
      detection,
      guardrails,
      new InspectionCache(new Clock()),
      new Reflex(detection, guardrails),
      new InstantReplies(),
    ),
  );
};

@Module({})
class Desk {}

@Module({})
class Roof {}

export interface ApiFixture {
  app: NestFastifyApplication;
  intake: MemoryIntake;
  health: HealthRegistry;
  /** The server under its real address, for what needs a socket. */
  url: string;
}

/** The doors as they are served, listening on a free port, with a desk in memory behind them. */
export const startApi = async (variables: Partial<Record<keyof Settings, string>> = {}): Promise<ApiFixture> => {
  const settings = configSchema.parse({ PORT: '0', ...variables });
  const intake = new MemoryIntake();
  const desk = {
    module: Desk,
    global: true,
    providers: [
      { provide: IntakePort, useValue: intake },
      { provide: ReflexDesk, useFactory: reflexDesk },
      { provide: ApprovalDesk, useValue: {} },
      { provide: AnswerCache, useValue: {} },
      { provide: ArmDesk, useValue: {} },
      { provide: Workspaces, useValue: {} },
      { provide: TaskCensus, useValue: { count: () => Promise.resolve({ accepted: intake.tasks.length }) } },
      { provide: AccessPort, useClass: OpenAccess },
      { provide: ApiKeys, useValue: {} },
      { provide: Provenance, useValue: {} },
      { provide: GrantOffice, useValue: {} },
      { provide: CapabilityTokens, useValue: {} },
      { provide: RateLimits, useValue: new RateLimits(new MemoryKv()) },
      { provide: Repeats, useClass: NoRepeats },
    ],
    exports: [
      IntakePort,
      AnswerCache,
      ApprovalDesk,
      ArmDesk,
      ReflexDesk,
      TaskCensus,
      Workspaces,
      AccessPort,
      ApiKeys,
      Provenance,
      GrantOffice,
      CapabilityTokens,
      RateLimits,
      Repeats,
    ],
  };
  const imports = [ConfigModule.with(settings), HealthModule, desk, ApiModule];
  Logger.overrideLogger(false);
  const app = await createHttpApp({ module: Roof, imports }, settings, { abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return { app, intake, health: app.get(HealthRegistry), url: await app.getUrl() };
};
