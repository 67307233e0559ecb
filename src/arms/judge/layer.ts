import type { ValidationLayer } from '../../contracts/direct';
import type { CriterionResult, Issue, TestRun, Verdict } from '../../contracts/outcome';

/** What one way of looking at an outcome found. */
export interface LayerResult {
  name: 'tests' | ValidationLayer;
  /** 0 to 1. Absent when the layer could not run: it then counts for nothing, least of all as passed. */
  confidence?: number;
  issues: Issue[];
  criteria?: CriterionResult[];
  testRun?: TestRun;
}

/** A layer that could not run, and what it would need. */
export const notChecked = (name: LayerResult['name'], message: string, suggestion: string): LayerResult => ({
  name,
  issues: [{ severity: 'warning', type: `${name}_not_checked`, message, suggestion }],
});

/** No layer ran: as likely right as wrong. */
const NOTHING_RAN = 0.5;

/**
 * The verdict of all layers together: valid without error issue and failed criterion; confidence is the mean of
 * the layers that ran; the quality score is the quality layer's.
 */
export const composeVerdict = (layers: readonly LayerResult[]): Verdict => {
  const ran = layers.filter((layer): layer is LayerResult & { confidence: number } => layer.confidence !== undefined);
  const issues = layers.flatMap((layer) => layer.issues);
  const criteria = layers.flatMap((layer) => layer.criteria ?? []);
  const testRun = layers.find((layer) => layer.testRun)?.testRun;
  return {
    valid: !issues.some(({ severity }) => severity === 'error') && !criteria.some(({ state }) => state === 'failed'),
    confidence: mean(ran.map(({ confidence }) => confidence)),
    qualityScore: ran.find(({ name }) => name === 'quality')?.confidence ?? NOTHING_RAN,
    criteria,
    issues,
    layers: ran.map(({ name }) => name),
    ...(testRun && { testRun }),
  };
};

const mean = (values: readonly number[]): number =>
  values.length === 0 ? NOTHING_RAN : values.reduce((sum, value) => sum + value, 0) / values.length;
