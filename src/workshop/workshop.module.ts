import { Global, Module } from '@nestjs/common';
import { ArtifactCleanUp } from './artifact-clean-up.service';
import { ArtifactRepository } from './artifact.repository';
import { SyntaxCheck } from './syntax-check.service';
import { TestRunner } from './test-runner.service';
import { Workspaces } from './workspaces.service';

/** Where what was made is tried: parsed, run, and proven by its tests. Stands on the sandbox. */
@Global()
@Module({
  providers: [ArtifactCleanUp, ArtifactRepository, SyntaxCheck, TestRunner, Workspaces],
  exports: [SyntaxCheck, TestRunner, Workspaces],
})
export class WorkshopModule {}
