import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { ServiceFacts } from '../common/service-facts';
import { INAPPROPRIATE } from './content/inappropriate';
import { MALICIOUS } from './content/malicious';
import { Detection } from './detection.service';
import { INJECTION } from './injection/rules';
import { UNTRUSTED } from './injection/untrusted';
import { PII } from './pii/detectors';
import { SECRETS } from './secrets/detectors';

const RULES: readonly { positives: readonly string[] }[] = [
  ...INJECTION,
  ...UNTRUSTED,
  ...PII,
  ...SECRETS,
  ...MALICIOUS,
  ...INAPPROPRIATE,
];

/** For each rule a text that it finds something in. */
@Injectable()
export class RuleExamples {
  readonly texts: readonly string[] = RULES.flatMap(({ positives }) => positives.slice(0, 1)).map((marked) =>
    marked.replace(/[«»]/g, ''),
  );
}

@Module({ providers: [Detection, RuleExamples], exports: [Detection, RuleExamples] })
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
