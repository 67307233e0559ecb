import { average, counter } from '../../common/metrics';
import type { Verdict } from '../../contracts/outcome';

const validations = counter('judge_validations_total', 'Layers that ran, by the verdict they were part of', [
  'validation_type',
  'result',
]);
const quality = average('judge_avg_quality_score', 'Mean quality score since the start, 0 to 1');
const found = counter('judge_issues_by_severity', 'What the judge found', ['severity']);

/** Moves what `/metrics` says of the judge. */
export const countVerdict = ({ layers, valid, issues, qualityScore }: Verdict): void => {
  for (const layer of layers) validations.inc({ validation_type: layer, result: valid ? 'valid' : 'invalid' });
  if (layers.includes('quality')) quality.observe(qualityScore);
  for (const { severity } of issues) found.inc({ severity });
};
