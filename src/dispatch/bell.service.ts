import { getQueueToken } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { type StepBell, TASK_QUEUE } from '../contracts/bell';
import { coalesce } from '../common/coalesce';
import { within } from '../common/within';
import { LimitedLog } from '../common/log/limited-log';
import { ArmRegistry } from './arm-registry.service';
import { QUEUE_PRIORITY } from './queues';

/** A queue that is out of reach would keep its caller waiting for as long as it is away. */
const PATIENCE_MS = 1_000;

/** What an orchestrator does about the two bells that are for it. */
interface Answers {
  task(taskId: string): void;
  waiting(): void;
}

/**
 * Rings: says that a step is ready or that a task wants attention. A bell that is lost (the queue's server is down) costs
 * time and nothing else, because the sweep rings again; so ringing never fails.
 */
@Injectable()
export class Bell {
  private readonly log = new LimitedLog(new Logger(Bell.name));
  private readonly queues = new Map<string, Queue>();
  private here: Answers | undefined;
  private readonly queueWaiting = coalesce(async () => {
    await this.ring(TASK_QUEUE, {}, {});
  });

  constructor(
    private readonly modules: ModuleRef,
    private readonly arms: ArmRegistry,
  ) {}

  /** The orchestrator of this process answers task bells itself: no detour through the queue. */
  answerHere(answers: Answers): void {
    this.here = answers;
  }

  /** False when the queue did not answer: for whoever cannot wait until the sweep rings again. */
  async ringStep({ taskId, stepId, arm, priority }: StepBell, delayMs = 0): Promise<boolean> {
    const options = { delay: delayMs, priority: QUEUE_PRIORITY[priority] };
    try {
      return await this.ring(await this.arms.queueOf(arm), { taskId, stepId, arm, priority }, options);
    } catch (error) {
      this.log.warn(`Arm ${arm}`, error);
      return false;
    }
  }

  async ringTask(taskId: string): Promise<void> {
    if (this.here !== undefined) this.here.task(taskId);
    else await this.ring(TASK_QUEUE, { taskId }, {});
  }

  /** Says that tasks wait to be admitted. One bell rings for all that were accepted while the last one was on its way. */
  ringWaiting(): void {
    if (this.here !== undefined) this.here.waiting();
    else this.queueWaiting();
  }

  /** Always through the queue: some process that runs an orchestrator will take it. */
  async queueTask(taskId: string): Promise<void> {
    await this.ring(TASK_QUEUE, { taskId }, {});
  }

  private async ring(name: string, data: object, options: { delay?: number; priority?: number }): Promise<boolean> {
    try {
      let queue = this.queues.get(name);
      if (queue === undefined) {
        queue = this.modules.get<Queue>(getQueueToken(name), { strict: false });
        this.queues.set(name, queue);
      }
      const adding = queue.add('ring', data, options);
      adding.catch(() => undefined);
      const isAdded = await within(PATIENCE_MS, adding);
      if (!isAdded) this.log.warn(`Queue ${name}`, 'it does not answer');
      return isAdded;
    } catch (error) {
      this.log.warn(`Queue ${name}`, error);
      return false;
    }
  }
}
