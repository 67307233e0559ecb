import type { JsonObject, JsonValue } from '../../contracts/json';
import type { Budget } from '../../contracts/task';
import type { BudgetDto } from './budget.dto';
import type { Wire } from './types';

const sentence = ([name, value]: [string, JsonValue]): string =>
  `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;

/** Constraints as sentences, from a list of them or an object of names and values. */
export const toConstraints = (given: string[] | Record<string, JsonValue> | null | undefined): string[] =>
  Array.isArray(given) ? given : Object.entries(given ?? {}).map(sentence);

/** Context as an object; a text stands under `text`. */
export const toContext = (given: JsonObject | string | null | undefined): JsonObject => {
  if (typeof given !== 'string') return given ?? {};
  return given === '' ? {} : { text: given };
};

/** The least of the numbers given, if any was. */
export const least = (...values: (number | null | undefined)[]): number | undefined => {
  const given = values.filter((value) => typeof value === 'number');
  return given.length === 0 ? undefined : Math.min(...given);
};

/** What of a budget was given, in either spelling; of two costs the lower one counts. */
export const toBudget = (given: Wire<BudgetDto> | null | undefined): Partial<Budget> => {
  const maxCostUsd = least(given?.max_cost_dollars, given?.max_cost_usd);
  return {
    ...(typeof given?.max_tokens === 'number' && { maxTokens: given.max_tokens }),
    ...(typeof given?.max_time_seconds === 'number' && { maxTimeSeconds: given.max_time_seconds }),
    ...(maxCostUsd !== undefined && { maxCostUsd }),
    ...(typeof given?.max_retries === 'number' && { maxRetries: given.max_retries }),
  };
};
