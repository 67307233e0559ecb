import { Global, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { Queue } from 'bullmq';
import { BUILT_IN, BUILT_IN_ARMS } from '../contracts/arm';
import { LimitedLog } from '../common/log/limited-log';
import { BugError } from '../common/errors';
import { ActionRepository } from './action.repository';
import { ApprovalRepository } from './approval.repository';
import { Approvals } from './approvals.service';
import { ArmFacts } from './arm-facts.service';
import { ArmRegistry } from './arm-registry.service';
import { ArmRepository } from './arm.repository';
import { ArmRoster } from './arm-roster.service';
import { Bell } from './bell.service';
import { InPlaceRunner } from './in-place-runner.service';
import { Journal } from './journal.service';
import { Ledger } from './ledger.service';
import { armOfQueue } from './queues';
import { rollCall } from './roll-call';
import { Screening } from './screening.service';
import { Slots } from './slots.service';
import { StepProcessor } from './step.processor';
import { StepRepository } from './step.repository';
import { StepRunner } from './step-runner.service';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    ActionRepository,
    ApprovalRepository,
    Approvals,
    ArmFacts,
    ArmRegistry,
    ArmRepository,
    ArmRoster,
    Bell,
    InPlaceRunner,
    Journal,
    Ledger,
    Screening,
    Slots,
    StepRepository,
    StepRunner,
  ],
  exports: [Approvals, ArmRegistry, ArmRoster, Bell, InPlaceRunner, Journal, Ledger, StepRunner],
})
export class DispatchModule implements OnModuleInit {
  private readonly log = new LimitedLog(new Logger('Queue'));

  constructor(
    private readonly arms: ArmRegistry,
    private readonly repository: ArmRepository,
    private readonly discovery: DiscoveryService,
  ) {}

  /** The roll call: a server that could accept work and never do it does not start. */
  async onModuleInit(): Promise<void> {
    const instances = this.discovery.getProviders().map(({ instance }): unknown => instance);
    const queues = instances.filter((instance) => instance instanceof Queue);
    for (const queue of queues) queue.on('error', (error) => this.log.warn(`Queue ${queue.name}`, error));
    const workers = instances.filter((instance) => instance instanceof StepProcessor).map(({ armId }) => armId);
    const descriptors = this.arms.descriptors();
    const problems = rollCall({
      required: BUILT_IN_ARMS,
      // The arms of a kind share one queue under the kind's name.
      arms: [...descriptors.map(({ id }) => id), ...this.arms.kinds().map(({ name }) => name)],
      queues: queues.flatMap(({ name }) => armOfQueue(name) ?? []),
      workers,
    });
    if (problems.length > 0) throw new BugError('roll_call_failed', problems.join('\n'));
    await this.repository.enrol(BUILT_IN, descriptors);
    await this.arms.refresh();
  }
}
