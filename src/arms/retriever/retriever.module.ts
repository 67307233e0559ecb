import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { DirectSearch } from './direct-search.service';
import { RetrieverArm } from './retriever.arm';

@Module({ imports: [ArmQueueModule.for('retriever')], providers: [RetrieverArm, DirectSearch] })
export class RetrieverModule {}
