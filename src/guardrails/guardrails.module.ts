import { Global, Module } from '@nestjs/common';
import { DetectionModule } from '../detection/detection.module';
import { Guardrails } from './guardrails.service';
import { Policies } from './policies.service';
import { PolicyFile } from './policy-file.service';
import { Vaults } from './vaults.service';

@Global()
@Module({
  imports: [DetectionModule],
  providers: [Guardrails, Policies, PolicyFile, Vaults],
  exports: [Guardrails, Policies, Vaults],
})
export class GuardrailsModule {}
