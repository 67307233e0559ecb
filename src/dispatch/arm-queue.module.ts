import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { armQueue } from './queues';
import { stepProcessorFor } from './step.processor';

/** Gives an arm its queue and its worker. Every arm's module imports it once. */
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
