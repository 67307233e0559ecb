import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { CoderArm } from './coder.arm';

@Module({ imports: [ArmQueueModule.for('coder')], providers: [CoderArm] })
export class CoderModule {}
