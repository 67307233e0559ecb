import type { ArmResult, Assignment } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import type { CodeArtifact, TestRun } from '../../contracts/outcome';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { TestRunner } from '../../drivers/sandbox/test-runner.service';
import { type Candidate, candidateOf } from './candidate';
import { criteriaLayer, stepCriteriaIssues } from './criteria-layer';
import type { Subject } from './criteria/check';
import { decideCriterion } from './criteria/decide-criterion';
import { judgeCriteria, unknown } from './criteria/judge-criteria';
import { DirectJudge } from './direct-judge.service';
import { type LayerResult, composeVerdict } from './layer';
import { qualityLayer } from './quality-layer';
import { schemaLayer } from './schema-layer';
import { testsLayer } from './tests-layer';

/** Longest run of an outcome's own tests, in milliseconds; the step's deadline may be nearer. */
const TESTS_WALL_MS = 20_000;

/** Verifies the outcome of a task in independent layers: schema, tests, criteria, quality. Answers direct calls. */
@Arm({
  id: 'judge',
  name: 'Judge',
  description:
    'Verifies an outcome: by schema, by running its own tests, by the criteria the user gave, and by quality.',
  capabilities: [
    'schema_validation',
    'fact_checking',
    'criteria_evaluation',
    'hallucination_detection',
    'quality_assessment',
    'validation',
    'fact_check',
    'quality_check',
  ],
  costTier: 2,
  concurrency: 30,
})
export class JudgeArm extends ArmPort {
  constructor(
    private readonly tests: TestRunner,
    private readonly direct: DirectJudge,
  ) {
    super();
  }

  run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    return assignment.kind === 'direct' ? this.direct.answer(assignment, workbench) : this.judge(assignment, workbench);
  }

  private async judge(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const { task } = assignment;
    const candidate = candidateOf(assignment);
    if (!candidate) return nothingToJudge();

    const layers: LayerResult[] = [];
    const schema = task.context['expected_schema'];
    if (schema !== undefined && schema !== null) layers.push(schemaLayer(candidate.text, schema));

    const testRun = candidate.artifact && (await this.runTests(candidate.artifact, workbench));
    if (candidate.artifact) layers.push(testsLayer(candidate.artifact, testRun));

    workbench.report('Checking the criteria');
    const subject: Subject = { ...candidate, ...(testRun && { testRun }) };
    const wanted = [...task.acceptanceCriteria, ...task.constraints];
    const { results, warnings } = await judgeCriteria(wanted, task.goal, subject, workbench);
    layers.push(criteriaLayer(results), qualityOf(candidate, assignment, subject));

    const verdict = composeVerdict(layers);
    const unproven = verdict.issues.filter(({ type }) => type === 'tests_not_run').map(({ message }) => message);
    return {
      output: verdict as unknown as JsonObject,
      confidence: verdict.confidence,
      warnings: [...unproven, ...warnings],
    };
  }

  private async runTests(artifact: CodeArtifact, workbench: Workbench): Promise<TestRun | undefined> {
    if (artifact.tests.trim() === '') return undefined;
    workbench.report('Running the tests of the code');
    const { signal, deadline } = workbench;
    const wallMs = Math.max(1, Math.min(TESTS_WALL_MS, deadline.getTime() - Date.now()));
    return (await this.tests.run(artifact, { signal, wallMs })).testRun;
  }
}

const qualityOf = (candidate: Candidate, { acceptanceCriteria }: Assignment, subject: Subject): LayerResult => {
  const quality = qualityLayer(candidate);
  const decided = acceptanceCriteria.map(
    (criterion) => decideCriterion(criterion, subject) ?? unknown(criterion, 'This cannot be told without a model.'),
  );
  return { ...quality, issues: [...quality.issues, ...stepCriteriaIssues(decided)] };
};

const nothingToJudge = (): ArmResult => {
  const message = 'There is no outcome to judge: no earlier step handed back code or an answer.';
  const verdict = composeVerdict([
    { name: 'quality', issues: [{ severity: 'error', type: 'nothing_to_judge', message }] },
  ]);
  return { output: verdict as unknown as JsonObject, confidence: verdict.confidence, warnings: [message] };
};
