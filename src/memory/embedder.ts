import type { AppConfig } from '../common/config/config.service';
import type { LlmPort } from '../drivers/llm/llm.port';

/** What `isLearned` looks at the vector of. */
export const PROBE = 'a';

/** Whether a model made this vector of `PROBE`: it fills every dimension, while hashing fills one per feature of the text. */
export const isLearned = (probe: Float32Array): boolean =>
  probe.filter((value) => value !== 0).length > probe.length / 2;

export const embeddingModel = ({ values }: AppConfig): string => values.LLM_EMBEDDING_MODEL ?? 'default';

/** Vectors of two embedders must never be compared: the name of their collection ends with provider, model and dimension. */
export const collectionOf = (
  purpose: string,
  { provider }: Pick<LlmPort, 'provider'>,
  config: AppConfig,
  dimension: number,
): string => {
  const name = `${provider}-${embeddingModel(config)}`.replace(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 150);
  return `${purpose}-${name}-${dimension}`;
};
