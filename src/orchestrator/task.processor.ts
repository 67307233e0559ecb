import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job } from 'bullmq';
import { AppConfig } from '../common/config/config.service';
import { LimitedLog } from '../common/log/limited-log';
import { TASK_QUEUE, type TaskBell } from '../contracts/bell';
import { Orchestrator } from './orchestrator.service';

/** See the workers of the arms. */
const WORKER_OPTIONS = { autorun: false, runRetryDelay: 1_000, concurrency: 10 };

/** Listens to the bells of tasks. */
@Processor(TASK_QUEUE, WORKER_OPTIONS)
export class TaskProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new LimitedLog(new Logger('Queue'));

  constructor(
    private readonly config: AppConfig,
    private readonly orchestrator: Orchestrator,
  ) {
    super();
  }

  async process(job: Job<TaskBell>): Promise<void> {
    const { taskId } = job.data;
    await (taskId === undefined ? this.orchestrator.answerWaiting() : this.orchestrator.answer(taskId));
  }

  onApplicationBootstrap(): void {
    this.worker.on('error', (error) => this.log.warn('Worker tasks', error));
    if (this.config.values.OCTO_ROLE === 'api') return;
    this.worker.run().catch((error: unknown) => this.log.warn('Worker tasks', error));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }
}
