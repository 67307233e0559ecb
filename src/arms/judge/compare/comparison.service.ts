import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Slots } from '../../../common/slots';
import type { Assignment } from '../../../contracts/arm';
import type { JsonValue } from '../../../contracts/json';
import type { ComparedPair, Comparison } from '../../../contracts/outcome';
import type { Workbench } from '../../../dispatch/arm.port';
import { TestRunner } from '../../../workshop/test-runner.service';
import { decideCriterion } from '../criteria/decide-criterion';
import { candidateOfOutput } from '../given-output';
import { runTests } from '../run-tests';
import { schemaLayer } from '../schema-layer';
import { type Evidence, weigh } from './evidence';
import { preferenceOf } from './model-preference';
import { rank } from './rank';

/** More would be 36 pairs and more, each asked twice. */
const MOST_PROPOSALS = 8;
/** Programs run, and pairs asked about, at once. */
const AT_ONCE = 4;
/** What was run or counted may still miss what was meant. */
const SURE = 0.95;
const NO_IDEA = 0.5;

export interface Contest {
  proposals: readonly JsonValue[];
  /** What the proposals are answers to. */
  goal: string;
  criteria: readonly string[];
  expectedSchema?: JsonValue;
  language?: string;
}

/** Whether a list of proposals can be compared. */
export const proposalList = z.array(z.json()).min(2).max(MOST_PROPOSALS);

/** The proposals that a step of the plan hands to the judge under `input.proposals`, if it does. */
export const contestOf = ({ input, task }: Pick<Assignment, 'input' | 'task'>): Contest | undefined => {
  const proposals = proposalList.safeParse(input['proposals']).data;
  if (proposals === undefined) return undefined;
  const schema = task.context['expected_schema'];
  return {
    proposals,
    goal: task.goal,
    criteria: [...task.acceptanceCriteria, ...task.constraints],
    ...(schema !== undefined && schema !== null && { expectedSchema: schema }),
  };
};

/** Finds the best of several proposals: by what can be run and counted, and by a model where that does not tell. */
@Injectable()
export class ProposalComparison {
  constructor(private readonly tests: TestRunner) {}

  async compare(contest: Contest, workbench: Workbench): Promise<Comparison> {
    const slots = new Slots(AT_ONCE);
    const { signal } = workbench;
    workbench.report(`Comparing ${contest.proposals.length} proposals`);
    const evidence = await Promise.all(
      contest.proposals.map((proposal) => slots.run(() => this.evidenceOf(proposal, contest, workbench), signal)),
    );
    const pairs = evidence.flatMap((first, at) =>
      evidence
        .slice(at + 1)
        .map((second, offset) =>
          slots.run(() => this.pair([at, first], [at + 1 + offset, second], contest, workbench), signal),
        ),
    );
    return rank(evidence.length, await Promise.all(pairs));
  }

  private async evidenceOf(output: JsonValue, contest: Contest, workbench: Workbench): Promise<Evidence> {
    const { expectedSchema, language, criteria } = contest;
    const candidate = candidateOfOutput({ output, ...(language !== undefined && { language }) });
    const schema = expectedSchema === undefined ? undefined : await schemaLayer(output, expectedSchema);
    const testRun = await runTests(candidate, this.tests, workbench);
    const subject = { ...candidate, ...(testRun && { testRun }) };
    return {
      text: candidate.text,
      decided: criteria.map((criterion) => decideCriterion(criterion, subject)).filter((one) => one !== undefined),
      ...(schema?.confidence !== undefined && { followsSchema: schema.confidence === 1 }),
      ...(testRun && { testRun }),
    };
  }

  private async pair(
    [first, one]: [number, Evidence],
    [second, other]: [number, Evidence],
    { goal, criteria }: Contest,
    { model }: Workbench,
  ): Promise<ComparedPair> {
    const winnerBy = (sign: number): number | null => (sign === 0 ? null : sign < 0 ? first : second);
    const found = weigh(one, other);
    if (found) {
      return {
        first,
        second,
        winner: winnerBy(found.sign),
        confidence: SURE,
        by: 'evidence',
        explanation: found.because,
      };
    }
    const preference = model.isDemonstration
      ? undefined
      : await preferenceOf(goal, criteria, one.text, other.text, model);
    if (preference === undefined) {
      const explanation = model.isDemonstration
        ? NO_MODEL
        : 'What can be counted is equal, and the model gave no usable reply.';
      return { first, second, winner: null, confidence: NO_IDEA, by: 'none', explanation };
    }
    const { better, confidence, explanation } = preference;
    const winner = winnerBy({ first: -1, second: 1, tie: 0 }[better]);
    return { first, second, winner, confidence, by: 'model', explanation };
  }
}

const NO_MODEL =
  'What can be counted is equal, and the rest needs a real model. Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama.';
