import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { DirectJudge } from './direct-judge.service';
import { JudgeArm } from './judge.arm';
import { SyntaxCheck } from './syntax-check.service';

@Module({ imports: [ArmQueueModule.for('judge')], providers: [JudgeArm, DirectJudge, SyntaxCheck] })
export class JudgeModule {}
