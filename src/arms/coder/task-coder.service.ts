import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { firstArtifact } from '../../common/code-artifact';
import { canonicalLanguage } from '../../common/languages';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { Intent } from '../../contracts/intent';
import type { JsonValue } from '../../contracts/json';
import type { CodeArtifact } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import { DEMONSTRATION } from './demonstration';
import { detectLanguage } from './detect-language';
import { Drafting, type Failed, MOST_ROUNDS, type Order } from './drafting.service';
import { FinishedWork } from './finished-work.service';
import { givenTestsOf } from './given-tests';
import { confidenceIn, isProven, proofOf, warningsOf } from './proof';
import { codeMessages, codeReply } from './prompts';
import { NOTHING_RECALLED, type Recalled, SolvedProblems } from './solved-problems.service';
import { styleRulesIn } from './style/style-rules';
import { countCases } from './test-cases';
import { tidyArtifact } from './tidy-artifact';
import { withinBudget } from './within-budget';

type Complexity = Intent['complexity'];

/** Completion tokens. A simple task as a whole has to stay below 5,000. */
const MAX_TOKENS: Readonly<Record<Complexity, number>> = { simple: 1400, medium: 2000, complex: 3500 };

interface Work {
  assignment: Assignment;
  workbench: Workbench;
  language: string;
  complexity: Complexity;
  previous: CodeArtifact | undefined;
  findings: JsonValue | undefined;
  recalled: Recalled;
}

/** Does the coder's steps of a task: writes code with its tests, extends what is there, mends it by the judge's findings. */
@Injectable()
export class TaskCoder {
  constructor(
    private readonly drafting: Drafting,
    private readonly memory: SolvedProblems,
    private readonly finished: FinishedWork,
  ) {}

  async write(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const { complexity, language: intended } = intentOf(assignment);
    const previous = previousArtifact(assignment);
    const findings = findingsOf(assignment);
    const language = languageOf(assignment, intended, previous);
    const doing = findings === undefined ? `Writing ${language} code and tests` : 'Repairing the code by the findings';
    workbench.report(doing);
    const { goal } = assignment.task;
    // What is mended or extended is at hand itself.
    const recalled =
      previous === undefined ? await this.memory.recall(assignment, language, goal, workbench) : NOTHING_RECALLED;
    const work = { assignment, workbench, language, complexity, previous, findings, recalled };
    const order = orderOf(work);
    const made = await this.drafting.make(order, workbench);
    const { draft } = made.trial;
    const proof = proofOf(made, findings === undefined ? 0 : previous?.proof?.repairs);
    const confidence = confidenceIn(made, order);
    if (isProven(made, order)) {
      const lesson = { language: draft.language, problem: goal, artifact: draft, complexity, tags: ['generate'] };
      const learned = { ...lesson, confidence, testsPassed: proof.testsPassed };
      await this.memory.learn(assignment, learned, work.recalled, workbench);
    }
    const unkept = await this.finished.layDown(assignment, draft);
    return {
      output: { ...draft, proof },
      confidence,
      warnings: [...(workbench.model.isDemonstration ? [DEMONSTRATION] : []), ...warningsOf(made, order), ...unkept],
    };
  }
}

const orderOf = (work: Work): Order => {
  const { assignment, language, previous } = work;
  const givenTests = givenTestsOf(assignment.task);
  return {
    operation: 'generate',
    style: styleRulesIn(assignment.task.constraints, language),
    ...(givenTests !== undefined && { givenTests }),
    ...(previous && { casesBefore: countCases(previous.tests, previous.language) }),
    rounds: roundsFor(work),
    ask: (failed) => ask(work, failed),
  };
};

/** The judge has the work mended twice as well: what did not come right in rounds of its own gets none besides. */
const roundsFor = ({ findings, previous }: Work): number => {
  if (findings === undefined) return MOST_ROUNDS;
  return previous?.proof === undefined || previous.proof.tests === 'passed' ? 1 : 0;
};

const ask = (work: Work, failed?: Failed): Promise<CodeArtifact> => {
  const { assignment, workbench, language, complexity, previous, findings } = work;
  const base = failed?.draft ?? previous;
  return withinBudget(work, async (solved) => {
    const { value } = await workbench.model.json({
      tier: complexity === 'complex' ? 'strong' : 'balanced',
      purpose: 'code',
      messages: codeMessages({
        assignment,
        language,
        hasGivenTests: givenTestsOf(assignment.task) !== undefined,
        solved,
        failed,
        ...(previous && { previous }),
        ...(findings !== undefined && { findings }),
      }),
      maxTokens: MAX_TOKENS[complexity],
      temperature: 0.2,
      schema: codeReply,
      check: (reply) => (tidyArtifact(reply, language, base).code === '' ? ['code is empty; write the program'] : []),
    });
    return tidyArtifact(value, language, base);
  });
};

const intentShape = z.object({
  complexity: z.enum(['simple', 'medium', 'complex']).catch('simple'),
  language: z.string().optional().catch(undefined),
});

const intentOf = ({ input, earlier }: Assignment): z.output<typeof intentShape> =>
  intentShape.parse(input['intent'] ?? earlier.find(({ kind }) => kind === 'intent')?.output ?? {});

/** The artifact to go on from: the one handed over with the step, else the newest of the earlier steps (oldest first). */
const previousArtifact = ({ input, earlier }: Assignment): CodeArtifact | undefined =>
  firstArtifact([input['artifact'], ...earlier.toReversed().map(({ output }) => output)]);

/** Set for a repair only. */
const findingsOf = ({ kind, input }: Assignment): JsonValue | undefined =>
  kind === 'repair' ? (input['findings'] ?? []) : undefined;

const languageOf = ({ task, action }: Assignment, intended?: string, previous?: CodeArtifact): string =>
  canonicalLanguage(
    task.language ?? previous?.language ?? intended ?? detectLanguage(task.goal) ?? detectLanguage(action) ?? 'python',
  );
