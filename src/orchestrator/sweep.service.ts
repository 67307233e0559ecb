import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { LimitedLog } from '../common/log/limited-log';
import { PostgresAddress } from '../common/postgres-address';
import { Bell } from '../dispatch/bell.service';
import { StepRunner } from '../dispatch/step-runner.service';
import { Orchestrator } from './orchestrator.service';
import { SweepRepository } from './sweep.repository';

const INTERVAL_MS = 2_000;
/** A ready step that nobody took for so long is rung again: its bell may be lost, or the queue may just be long. */
const UNANSWERED_SECONDS = 30;

/** Rings for whatever lost its bell: after a crash, and every two seconds. */
@Injectable()
export class Sweep implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new LimitedLog(new Logger(Sweep.name));
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly address: PostgresAddress,
    private readonly repository: SweepRepository,
    private readonly bell: Bell,
    private readonly runner: StepRunner,
    private readonly orchestrator: Orchestrator,
  ) {}

  /** Before any worker starts: an embedded database serves this process alone, so nobody is at work on what the last one left. */
  async onModuleInit(): Promise<void> {
    if (this.address.embedded) await this.repository.expireAllLeases();
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.values.OCTO_ROLE === 'api') return;
    await this.sweep(true);
    this.timer = setInterval(() => {
      this.sweeping = this.sweep(false);
    }, INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(everything: boolean): Promise<void> {
    try {
      // First our own: after an outage of the database nobody could renew, and what runs here is not lost.
      await this.runner.beat();
      for (const taskId of await this.repository.neglected(everything)) await this.bell.ringTask(taskId);
      await this.orchestrator.admitWaiting();
      for (const step of await this.repository.unanswered(everything ? 0 : UNANSWERED_SECONDS))
        await this.bell.ringStep(step);
    } catch (error) {
      this.log.warn('Sweep', error);
    }
  }
}
