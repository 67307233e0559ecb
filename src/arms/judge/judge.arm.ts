import type { ArmResult, Assignment } from '../../contracts/arm';
import type { Verdict } from '../../contracts/outcome';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { TestRunner } from '../../workshop/test-runner.service';
import { type Candidate, candidateOf } from './candidate';
import { criteriaLayer, stepCriteriaIssues } from './criteria-layer';
import type { Subject } from './criteria/check';
import { decideCriterion } from './criteria/decide-criterion';
import { candidateOfOutput } from './given-output';
import { judgeExamples } from './criteria/judge-examples';
import { distinct, judgeCriteria, unknown } from './criteria/judge-criteria';
import { ProposalComparison, contestOf } from './compare/comparison.service';
import { DirectJudge } from './direct-judge.service';
import { countVerdict } from './judge-metrics';
import { type LayerResult, composeVerdict } from './layer';
import { qualityLayer } from './quality-layer';
import { runTests } from './run-tests';
import { schemaLayer } from './schema-layer';
import { testsLayer } from './tests-layer';

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
    private readonly comparison: ProposalComparison,
  ) {
    super();
  }

  async run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const result = await (assignment.kind === 'direct'
      ? this.direct.answer(assignment, workbench)
      : this.judge(assignment, workbench));
    countVerdict(result.output as Verdict);
    return result;
  }

  private async judge(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const { task } = assignment;
    const contest = contestOf(assignment);
    const comparison = contest && (await this.comparison.compare(contest, workbench));
    const best = contest?.proposals[comparison?.ranking[0]?.proposal ?? 0];
    const candidate = best === undefined ? candidateOf(assignment) : candidateOfOutput({ output: best });
    if (!candidate) return nothingToJudge();

    const layers: LayerResult[] = [];
    const schema = task.context['expected_schema'];
    if (schema !== undefined && schema !== null) layers.push(await schemaLayer(candidate.text, schema));

    const testRun = await runTests(candidate, this.tests, workbench);
    if (candidate.artifact) layers.push(testsLayer(candidate.artifact, testRun));

    workbench.report('Checking the criteria');
    const subject: Subject = { ...candidate, ...(testRun && { testRun }) };
    const wanted = distinct([...task.acceptanceCriteria, ...task.constraints]);
    const ran = await judgeExamples(wanted, candidate, this.tests, workbench);
    const { results, warnings } = await judgeCriteria(wanted, task.goal, subject, workbench, ran);
    layers.push(criteriaLayer(results), qualityOf(candidate, assignment, subject));

    const verdict: Verdict = { ...composeVerdict(layers), ...(comparison && { comparison }) };
    const unproven = verdict.issues.filter(({ type }) => type === 'tests_not_run').map(({ message }) => message);
    return {
      output: verdict,
      confidence: verdict.confidence,
      warnings: [...unproven, ...warnings],
    };
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
  return { output: verdict, confidence: verdict.confidence, warnings: [message] };
};
