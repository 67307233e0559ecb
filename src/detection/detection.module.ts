import { Module, type OnModuleInit } from '@nestjs/common';
import { ServiceFacts } from '../common/service-facts';
import { Detection } from './detection.service';

@Module({ providers: [Detection], exports: [Detection] })
export class DetectionModule implements OnModuleInit {
  constructor(
    private readonly detection: Detection,
    private readonly facts: ServiceFacts,
  ) {}

  onModuleInit(): void {
    const { patternCount } = this.detection;
    for (const service of ['reflex', 'safety-guardian'] as const) {
      this.facts.provide(service, () => ({ patterns_loaded: patternCount }));
    }
  }
}
