import type { ArmResult, Assignment, EarlierResult } from '../../contracts/arm';
import type { Check, CheckIssue } from '../../contracts/direct';
import type { JsonObject } from '../../contracts/json';
import type { GuardReport } from '../../contracts/outcome';
import { Detection } from '../../detection/detection.service';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { Guardrails } from '../../guardrails/guardrails.service';
import { Policies } from '../../guardrails/policies.service';
import { check, checkRequest } from './check';
import { observe } from './guardian-metrics';
import { current, type Examined, toReport } from './report';

/** Rules miss what no rule describes: sure of what they found, less so of silence. */
const CONFIDENCE = 0.9;
/** What results of other steps are looked through for. */
const REPORTED: readonly Check[] = ['pii', 'secrets', 'malicious', 'inappropriate', 'policy'];

/**
 * Says whether what other steps made may leave as it is: secrets, personal data, harmful content and what the policy names, by
 * rules, without a model. As a `guard` step and as a `work` step alike it examines the results it was given; with none, the
 * task's own texts. Asked directly it examines one text, also for attempts to steer a model.
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
  constructor(
    private readonly detection: Detection,
    private readonly guardrails: Guardrails,
    private readonly policies: Policies,
  ) {
    super();
  }

  run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    if (assignment.kind === 'direct') return Promise.resolve(this.check(assignment));
    workbench.report('Checking the results for secrets and personal data.');
    return Promise.resolve({ output: this.report(assignment), confidence: CONFIDENCE });
  }

  private check({ input }: Assignment): ArmResult {
    const { text, checks } = checkRequest.parse(input);
    const startedAt = performance.now();
    const found = check(
      { detection: this.detection, guardrails: this.guardrails, policies: this.policies },
      text,
      checks,
    );
    const durationMs = performance.now() - startedAt;
    observe(found, checks, durationMs);
    return { output: { ...found, durationMs }, confidence: CONFIDENCE };
  }

  private report({ earlier, task: { goal, constraints, context } }: Assignment): GuardReport {
    const startedAt = performance.now();
    const results: readonly EarlierResult[] = current(earlier);
    const texts: JsonObject =
      earlier.length === 0
        ? { task: { goal, constraints, context } }
        : Object.fromEntries(results.map(({ key, output }) => [key, output]));
    const report = toReport(this.examine(texts), results);
    const issues = report.issues.map(({ type, kind }) => ({ type: type as CheckIssue['type'], pattern: kind }));
    observe({ issues, risk: report.riskLevel }, REPORTED, performance.now() - startedAt);
    return report;
  }

  private examine(texts: JsonObject): Examined[] {
    const { hits } = this.guardrails.screen(texts, { direction: 'output', withAllowed: true });
    return hits.map(({ finding }) => {
      const named = this.policies.named(finding)?.action;
      return { finding, ...(named && { named }) };
    });
  }
}
