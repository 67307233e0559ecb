import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { armQueue } from './queues';
import { stepProcessorFor } from './step.processor';

/** Gives an arm, or a kind of arms, its queue and its worker. The module of each imports it once. */
@Module({})
export class ArmQueueModule {
  static for(armId: string): DynamicModule {
    return {
      module: ArmQueueModule,
      imports: [BullModule.registerQueue({ name: armQueue(armId) })],
      providers: [stepProcessorFor(armId)],
    };
  }
}
