import type { Random } from './random';

/** One window of a text. */
export interface Example {
  buckets: Int32Array;
  isAttack: boolean;
  /** How much its loss counts. */
  weight: number;
}

export interface Model {
  weights: Float64Array;
  bias: number;
}

export interface Regularisation {
  /** L2, per example seen. */
  l2: number;
  epochs: number;
  rate: number;
}

const BATCH = 32;

/** Log-odds. The values of a window's features are counts over the root of how many there are, so that length counts little. */
export const logit = ({ weights, bias }: Model, buckets: Int32Array): number => {
  let sum = 0;
  for (const bucket of buckets) sum += weights[bucket] ?? 0;
  return bias + sum / Math.sqrt(Math.max(1, buckets.length));
};

/** Fisher-Yates, in place. */
const shuffle = (order: Int32Array, random: Random): void => {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
};

/**
 * Logistic regression with L2 by AdaGrad (Duchi et al., 2011) over small batches. The same examples, settings and seed give
 * the same weights to the last bit.
 */
export const trainLogistic = (
  examples: readonly Example[],
  buckets: number,
  { l2, epochs, rate }: Regularisation,
  random: Random,
): Model => {
  const model: Model = { weights: new Float64Array(buckets), bias: 0 };
  const { weights } = model;
  const squares = new Float64Array(buckets).fill(1e-4);
  const gradient = new Float64Array(buckets);
  let biasSquares = 1e-4;
  const order = Int32Array.from(examples, (_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += BATCH) {
      let biasGradient = 0;
      const most = Math.min(order.length, from + BATCH);
      for (let i = from; i < most; i++) {
        const example = examples[order[i] ?? 0];
        if (!example) continue;
        const error =
          (1 / (1 + Math.exp(-logit(model, example.buckets))) - (example.isAttack ? 1 : 0)) * example.weight;
        biasGradient += error;
        const step = error / Math.sqrt(Math.max(1, example.buckets.length));
        for (const bucket of example.buckets) gradient[bucket] = (gradient[bucket] ?? 0) + step;
      }
      for (let bucket = 0; bucket < buckets; bucket++) {
        const slope = ((gradient[bucket] ?? 0) + l2 * (most - from) * (weights[bucket] ?? 0)) / BATCH;
        if (slope === 0) continue;
        const square = (squares[bucket] ?? 0) + slope * slope;
        squares[bucket] = square;
        weights[bucket] = (weights[bucket] ?? 0) - (rate * slope) / Math.sqrt(square);
        gradient[bucket] = 0;
      }
      biasSquares += (biasGradient / BATCH) ** 2;
      model.bias -= (rate * biasGradient) / BATCH / Math.sqrt(biasSquares);
    }
  }
  return model;
};
