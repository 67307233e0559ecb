import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { StepBell } from '../contracts/bell';
import { AppConfig } from '../common/config/config.service';
import { LimitedLog } from '../common/log/limited-log';
import { ArmRegistry } from './arm-registry.service';
import { armQueue } from './queues';
import { StepRunner } from './step-runner.service';

/** `runRetryDelay`: how soon a worker looks again after its queue was out of reach; BullMQ's own default is 15 seconds. */
const WORKER_OPTIONS = { autorun: false, runRetryDelay: 1_000 };

/** Listens to the bells of one arm, or of all arms of one kind. */
@Injectable()
export abstract class StepProcessor extends WorkerHost implements OnApplicationBootstrap {
  abstract readonly armId: string;
  private readonly log = new LimitedLog(new Logger('Queue'));

  constructor(
    private readonly config: AppConfig,
    private readonly arms: ArmRegistry,
    private readonly runner: StepRunner,
  ) {
    super();
  }

  async process(job: Job<StepBell>): Promise<void> {
    await this.runner.run(job.data);
  }

  /** Starts only now, when everything an arm may need is there. */
  onApplicationBootstrap(): void {
    this.worker.on('error', (error) => this.log.warn(`Worker ${this.armId}`, error));
    if (this.config.values.OCTO_ROLE === 'api') return;
    const kind = this.arms.kinds().find(({ name }) => name === this.armId);
    this.worker.concurrency =
      kind?.concurrency ??
      Math.min(this.arms.get(this.armId).descriptor.concurrency, this.config.values.ARM_CONCURRENCY);
    this.runner.feedFrom(this.worker);
    this.worker.run().catch((error: unknown) => this.log.warn(`Worker ${this.armId}`, error));
  }
}

/** The class that listens to the queue of the given arm. */
export const stepProcessorFor = (armId: string): Type<WorkerHost> => {
  @Processor(armQueue(armId), WORKER_OPTIONS)
  class ArmProcessor extends StepProcessor {
    readonly armId = armId;
  }
  return ArmProcessor;
};
