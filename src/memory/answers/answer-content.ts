import { isBuiltIn } from '../../contracts/arm';
import type { TaskResult } from '../../contracts/outcome';
import type { Guardrails } from '../../guardrails/guardrails.service';

/** What is kept of a result: the answer itself, without how it came about. */
export type AnswerContent = Pick<
  TaskResult,
  'output' | 'confidence' | 'code' | 'tests' | 'explanation' | 'language' | 'model' | 'warnings' | 'citations'
>;

/** The most that an opinion is worth; a result that carries less, and says why, is no answer for others. */
const SURE_ENOUGH = 0.7;

/** What a program run on purpose or an arm of a user's said holds for the moment at which it was asked. */
const isOfTheMoment = ({ code, lineage }: TaskResult): boolean =>
  lineage.some(({ arm }) => !isBuiltIn(arm) || (arm === 'executor' && code === undefined));

/** Whether a result may stand for an answer: judged, made by a real model, of lasting use, and as sure as it can be. */
export const isWorthKeeping = (result: TaskResult): boolean =>
  result.validation_passed &&
  result.output !== '' &&
  result.model !== undefined &&
  !result.model.split(', ').includes('demonstration') &&
  !(result.warnings.length > 0 && result.confidence < SURE_ENOUGH) &&
  !isOfTheMoment(result);

/** The answer as the policy lets memory keep it; undefined when it does not, or wants a person to be asked. */
export const contentOf = (result: TaskResult, guardrails: Pick<Guardrails, 'screen'>): AnswerContent | undefined => {
  const { output, code, tests, explanation, language, warnings, citations, confidence, model } = result;
  const texts = {
    output,
    ...(code !== undefined && { code }),
    ...(tests !== undefined && { tests }),
    ...(explanation !== undefined && { explanation }),
    ...(language !== undefined && { language }),
    warnings,
    citations,
  };
  const { value, decision } = guardrails.screen(texts, { direction: 'memory' });
  if (decision === 'block' || decision === 'needs_approval') return undefined;
  return { ...value, confidence, ...(model !== undefined && { model }) };
};
