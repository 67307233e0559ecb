import { TransientError } from '../../../common/errors';
import type { CriterionResult } from '../../../contracts/outcome';
import type { Workbench } from '../../../dispatch/arm.port';
import type { Subject } from './check';
import { decideCriterion } from './decide-criterion';
import { criteriaMessages, criteriaReply, readCriteria } from './model-criteria';

const UNJUDGED = 'Some criteria could not be judged because the model did not answer; they count as unknown.';

export interface JudgedCriteria {
  results: CriterionResult[];
  warnings: string[];
}

/** Decides criteria by what running the code showed (`ran`) and by rules, and asks the model about what no rule decides. Without a real one that stays unknown. */
export const judgeCriteria = async (
  wanted: readonly string[],
  goal: string,
  subject: Subject,
  { model }: Workbench,
  ran: readonly CriterionResult[] = [],
): Promise<JudgedCriteria> => {
  const criteria = distinct(wanted);
  const decided = new Map(
    criteria.map((criterion) => [
      criterion,
      ran.find((one) => one.criterion === criterion) ?? decideCriterion(criterion, subject),
    ]),
  );
  const open = criteria.filter((criterion) => !decided.get(criterion));
  const opinion = await askModel(goal, open, subject, model);
  const opinions = new Map(opinion.results.map((result) => [result.criterion, result]));
  return {
    results: criteria.map(
      (criterion) =>
        decided.get(criterion) ?? opinions.get(criterion) ?? unknown(criterion, 'Nothing here could judge this.'),
    ),
    warnings: opinion.warnings,
  };
};

const askModel = async (
  goal: string,
  criteria: readonly string[],
  subject: Subject,
  model: Workbench['model'],
): Promise<JudgedCriteria> => {
  if (criteria.length === 0) return { results: [], warnings: [] };
  if (model.isDemonstration) {
    const explanation =
      'This needs a real model to judge; the demonstration model does not. ' +
      'Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama.';
    return { results: criteria.map((criterion) => unknown(criterion, explanation)), warnings: [] };
  }
  try {
    const { value } = await model.json({
      tier: 'fast',
      purpose: 'criteria',
      messages: criteriaMessages(goal, criteria, subject),
      maxTokens: 500,
      temperature: 0.1,
      schema: criteriaReply,
    });
    return { results: readCriteria(criteria, value, subject), warnings: [] };
  } catch (error) {
    // The work is done and mostly checked: an outage of the model must not throw it away, nor may it count in its favour.
    if (!(error instanceof TransientError)) throw error;
    const explanation = `The model did not answer: ${error.message}`;
    return { results: criteria.map((criterion) => unknown(criterion, explanation)), warnings: [UNJUDGED] };
  }
};

export const unknown = (criterion: string, explanation: string): CriterionResult => ({
  criterion,
  state: 'unknown',
  explanation,
});

export const distinct = (criteria: readonly string[]): string[] =>
  [...new Map(criteria.map((criterion) => [criterion.trim().toLowerCase(), criterion.trim()])).values()].filter(
    (criterion) => criterion !== '',
  );
