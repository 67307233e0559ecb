import type { Model } from './logistic';

/** Weights as whole numbers from -127 to 127, in units of `scale`. */
export interface Quantised {
  weights: Int8Array;
  scale: number;
  bias: number;
}

/** A few outliers are cut off rather than let them take the resolution from all others. */
const CUT = 0.9995;

export const quantised = ({ weights, bias }: Model): Quantised => {
  const sizes = weights.map(Math.abs).sort();
  const scale = (sizes[Math.floor((sizes.length - 1) * CUT)] ?? 1) / 127;
  return {
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale)))),
    scale: Number(scale.toPrecision(6)),
    bias: Number(bias.toPrecision(6)),
  };
};

/** Source text of `weights.ts`. */
export const weightsFile = ({ weights, scale, bias }: Quantised, digest: number): string =>
  [
    '// Written by `npm run train`; not by hand.',
    '',
    '/** `featureDigest()` of the features these weights were learnt with. */',
    `export const DIGEST = ${digest};`,
    '/** Log-odds of a text of which nothing is known. */',
    `export const BIAS = ${bias};`,
    '/** What one unit of a weight is worth. */',
    `export const SCALE = ${scale};`,
    '/** One signed byte a bucket, in base64. */',
    'export const WEIGHTS =',
    `  '${Buffer.from(weights.buffer).toString('base64')}';`,
    '',
  ].join('\n');
