import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { EpisodesModule } from '../../memory/episodes/episodes.module';
import { CoderArm } from './coder.arm';
import { DirectCoder } from './direct-coder.service';
import { Drafting } from './drafting.service';
import { FinishedWork } from './finished-work.service';
import { SolvedProblems } from './solved-problems.service';
import { TaskCoder } from './task-coder.service';
import { Trials } from './trials.service';

@Module({
  imports: [ArmQueueModule.for('coder'), EpisodesModule],
  providers: [CoderArm, DirectCoder, TaskCoder, Drafting, FinishedWork, Trials, SolvedProblems],
})
export class CoderModule {}
