import { Module } from '@nestjs/common';
import { ArmQueueModule } from '../../dispatch/arm-queue.module';
import { DirectExecution } from './direct-execution.service';
import { ExecutorArm } from './executor.arm';
import { GuardedHttp } from './http/guarded-http.service';
import { SandboxRuns } from './sandbox-runs.service';
import { ToolShelf } from './tools/tool-shelf.service';

/** `ScriptModule`, `SyntaxModule`, `SandboxModule` and `WorkshopModule`, all global, must be there. */
@Module({
  imports: [ArmQueueModule.for('executor')],
  providers: [ExecutorArm, DirectExecution, GuardedHttp, SandboxRuns, ToolShelf],
})
export class ExecutorModule {}
