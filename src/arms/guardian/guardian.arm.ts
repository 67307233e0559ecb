import type { ArmResult, Assignment } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import { Detection } from '../../detection/detection.service';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { check, checkRequest } from './check';
import { observe } from './guardian-metrics';
import { type Examined, toReport } from './report';

/** Rules miss what no rule describes: sure of what they found, less so of silence. */
const CONFIDENCE = 0.9;

/**
 * Says whether what other steps made may leave as it is: secrets and personal data, by rules, without a model. As a `guard`
 * step and as a `work` step alike it examines the results it was given; with none, the task's own texts. Asked directly it
 * examines one text, also for harmful content and attempts to steer a model.
 */
@Arm({
  id: 'safety-guardian',
  name: 'Safety Guardian',
  description: 'Checks texts and code for secrets and personal data before they leave.',
  capabilities: ['pii_detection', 'secrets_detection', 'content_filtering', 'policy_enforcement', 'safety'],
  costTier: 1,
  concurrency: 10,
  inPlace: true,
})
export class GuardianArm extends ArmPort {
  constructor(private readonly detection: Detection) {
    super();
  }

  run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const { earlier, task } = assignment;
    if (assignment.kind === 'direct') return Promise.resolve(this.check(assignment));
    workbench.report('Checking the results for secrets and personal data.');
    const examined =
      earlier.length > 0
        ? earlier.flatMap(({ key, output }) => this.examine(key, output))
        : this.examine('task', { goal: task.goal, constraints: task.constraints, context: task.context });
    return Promise.resolve({ output: toReport(examined), confidence: CONFIDENCE });
  }

  private check({ input }: Assignment): ArmResult {
    const { text, checks } = checkRequest.parse(input);
    const startedAt = performance.now();
    const found = check(this.detection, text, checks);
    const durationMs = performance.now() - startedAt;
    observe(found, checks, durationMs);
    return { output: { ...found, durationMs }, confidence: CONFIDENCE };
  }

  private examine(name: string, value: JsonObject): Examined[] {
    return this.detection
      .scanAll(value, { injection: false })
      .map(({ path, pii, secrets }) => ({ where: `${name}.${this.cleaned(path)}`, pii, secrets }));
  }

  /** A path is made of keys, and a key may itself be what must not be shown. */
  private cleaned(path: string): string {
    const { pii, secrets } = this.detection.scan(path, { injection: false });
    return this.detection.redact(path, [...pii, ...secrets]);
  }
}
