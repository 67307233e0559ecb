import { Global, Module } from '@nestjs/common';
import { SyntaxCheck } from './syntax-check.service';
import { TestRunner } from './test-runner.service';

/** Where what was made is tried: parsed, run, and proven by its tests. Stands on the sandbox. */
@Global()
@Module({ providers: [SyntaxCheck, TestRunner], exports: [SyntaxCheck, TestRunner] })
export class WorkshopModule {}
