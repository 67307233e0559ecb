import { Global, Module } from '@nestjs/common';
import { ReflexModule } from '../reflex/reflex.module';
import { IntakePort } from './intake.port';
import { Intake } from './intake.service';
import { RunRepository } from './run.repository';
import { TaskRecords } from './task.repository';

@Global()
@Module({
  imports: [ReflexModule],
  providers: [RunRepository, TaskRecords, { provide: IntakePort, useClass: Intake }],
  exports: [IntakePort],
})
export class IntakeModule {}
