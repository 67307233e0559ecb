import { Injectable } from '@nestjs/common';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { ValidationLayer, ValidationRequest } from '../../contracts/direct';
import type { Workbench } from '../../dispatch/arm.port';
import { TestRunner } from '../../workshop/test-runner.service';
import type { Comparison, Verdict } from '../../contracts/outcome';
import { ProposalComparison } from './compare/comparison.service';
import { LibraryPort } from '../../memory/library.port';
import type { Candidate } from './candidate';
import { factsLayer } from './claims/facts-layer';
import { hallucinationLayer } from './claims/hallucination-layer';
import { criteriaLayer } from './criteria-layer';
import { judgeExamples } from './criteria/judge-examples';
import { distinct, judgeCriteria } from './criteria/judge-criteria';
import { candidateOfOutput, proseOf } from './given-output';
import { type LayerResult, composeVerdict, notChecked } from './layer';
import { qualityLayer } from './quality-layer';
import { runTests } from './run-tests';
import { schemaLayer } from './schema-layer';
import { SyntaxCheck } from '../../workshop/syntax-check.service';
import { syntaxLayer } from './syntax-layer';
import { validationRequestOf } from './validation-request';

type Layers = Record<ValidationLayer, () => Promise<LayerResult>>;

/** Answers the judge's direct calls: the layers that are asked for, each by itself, on whatever is handed over. */
@Injectable()
export class DirectJudge {
  constructor(
    private readonly tests: TestRunner,
    private readonly syntax: SyntaxCheck,
    private readonly library: LibraryPort,
    private readonly comparison: ProposalComparison,
  ) {}

  async answer(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const given = validationRequestOf(assignment);
    const comparison = await this.compared(assignment, given, workbench);
    // Of several only the best is worth a verdict.
    const best = given.proposals?.[comparison?.ranking[0]?.proposal ?? 0];
    const request = best === undefined ? given : { ...given, output: best };
    const candidate = candidateOfOutput(request);
    const warnings: string[] = [];
    const layers = this.layersFor(assignment, request, candidate, workbench, warnings);
    workbench.report(`Checking ${request.layers.join(', ')}`);
    const judged = composeVerdict(await Promise.all([...new Set(request.layers)].map((name) => layers[name]())));
    const verdict: Verdict = { ...judged, ...(comparison && { comparison }) };
    return { output: verdict, confidence: verdict.confidence, warnings };
  }

  private async compared(
    { task }: Assignment,
    { proposals, expectedSchema, language }: ValidationRequest,
    workbench: Workbench,
  ): Promise<Comparison | undefined> {
    if (proposals === undefined) return undefined;
    const contest = {
      proposals,
      goal: task.goal,
      criteria: [...task.acceptanceCriteria, ...task.constraints],
      ...(expectedSchema !== undefined && { expectedSchema }),
      ...(language !== undefined && { language }),
    };
    return this.comparison.compare(contest, workbench);
  }

  private layersFor(
    assignment: Assignment,
    { output, expectedSchema, trustedSources }: ValidationRequest,
    candidate: Candidate,
    workbench: Workbench,
    warnings: string[],
  ): Layers {
    const { context } = assignment.task;
    // Of code only what is said about it can be true or false.
    const prose = candidate.artifact ? candidate.artifact.explanation : proseOf(output);
    return {
      schema: () =>
        expectedSchema === undefined
          ? Promise.resolve(
              notChecked('schema', 'The schema was not checked: none was given.', 'Give expected_schema.'),
            )
          : schemaLayer(output, expectedSchema),
      syntax: () => syntaxLayer(candidate, this.syntax, workbench.signal),
      criteria: () => this.criteria(assignment, candidate, workbench, warnings),
      quality: () => Promise.resolve(qualityLayer(candidate)),
      facts: () => aboutProse('facts', prose, () => factsLayer(prose, trustedSources, this.library, workbench)),
      hallucination: () => aboutProse('hallucination', prose, () => hallucinationLayer(prose, context, workbench)),
    };
  }

  private async criteria(
    { task }: Assignment,
    candidate: Candidate,
    workbench: Workbench,
    warnings: string[],
  ): Promise<LayerResult> {
    if (task.acceptanceCriteria.length === 0) return { name: 'criteria', issues: [] };
    const testRun = await runTests(candidate, this.tests, workbench);
    const subject = { ...candidate, ...(testRun && { testRun }) };
    const wanted = distinct(task.acceptanceCriteria);
    const ran = await judgeExamples(wanted, candidate, this.tests, workbench);
    const judged = await judgeCriteria(wanted, task.goal, subject, workbench, ran);
    warnings.push(...judged.warnings);
    const { confidence, ...layer } = criteriaLayer(judged.results);
    // A layer that decided nothing has not run.
    const decided = judged.results.some(({ state }) => state !== 'unknown');
    return { ...layer, ...(decided && confidence !== undefined && { confidence }), ...(testRun && { testRun }) };
  }
}

const aboutProse = (
  name: 'facts' | 'hallucination',
  prose: string,
  check: () => Promise<LayerResult>,
): Promise<LayerResult> =>
  prose.trim() === ''
    ? Promise.resolve(
        notChecked(
          name,
          `Nothing was checked for ${name}: the output states nothing in words.`,
          'Check its syntax instead.',
        ),
      )
    : check();
