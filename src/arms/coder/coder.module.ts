import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { CoderArm } from './coder.arm';
import { DirectCoder } from './direct-coder.service';

@Module({ imports: [ArmQueueModule.for('coder')], providers: [CoderArm, DirectCoder] })
export class CoderModule {}
