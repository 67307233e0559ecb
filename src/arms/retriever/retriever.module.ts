import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { RetrieverArm } from './retriever.arm';

@Module({ imports: [ArmQueueModule.for('retriever')], providers: [RetrieverArm] })
export class RetrieverModule {}
