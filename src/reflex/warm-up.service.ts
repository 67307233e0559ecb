import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RuleExamples } from '../detection/detection.module';
import { Detection } from '../detection/detection.service';

/** Until then the server listens and has answered the first who ask whether it is ready. */
const START_AFTER_MS = 500;
/** Between two steps everything else has its turn. */
const PAUSE_MS = 2;

/**
 * A pattern is compiled when it is first tried, all of them in some 0.7 s, and the first goals would wait for it. So they are
 * tried beforehand, rule by rule and each on a text it fires on. With timers, because an immediate that holds nothing up is not
 * run either while nothing else happens.
 */
@Injectable()
export class WarmUp implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly detection: Detection,
    private readonly examples: RuleExamples,
  ) {}

  onApplicationBootstrap(): void {
    const texts = this.examples.texts.values();
    const step = (): void => {
      const { value: text, done } = texts.next();
      if (done === true) return;
      this.detection.scan(text, { content: true, set: 'relaxed', trust: 'untrusted' });
      this.timer = setTimeout(step, PAUSE_MS).unref();
    };
    this.timer = setTimeout(step, START_AFTER_MS).unref();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }
}
