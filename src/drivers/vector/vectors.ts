import { UserError } from '../../common/errors';
import type { VectorPoint } from './vector.port';

/** The same direction at length one. @throws UserError `vector_invalid`. */
export const unitVector = (vector: Float32Array): Float32Array => {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (!(squares > 0 && squares < Infinity)) {
    throw new UserError(
      'vector_invalid',
      `A vector of ${vector.length} numbers has no direction (all zero, or not finite). Give one from an embedding model.`,
    );
  }
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
};

export const dimensionMismatch = (collection: string, expected: number, given: number): UserError =>
  new UserError(
    'vector_dimension_mismatch',
    `The vector collection ${collection} has ${expected} dimensions, but a vector of ${given} was given. ` +
      'Use the embedding model the collection was made with (LLM_EMBEDDING_MODEL), or another collection.',
  );

/** Unit vectors by id, the last of each, with the one dimension they share. @throws UserError when they do not. */
export const prepare = (
  collection: string,
  points: readonly [VectorPoint, ...VectorPoint[]],
): { dimension: number; points: VectorPoint[] } => {
  const dimension = points[0].vector.length;
  const byId = new Map<string, VectorPoint>();
  for (const point of points) {
    if (point.vector.length !== dimension) throw dimensionMismatch(collection, dimension, point.vector.length);
    byId.set(point.id, { ...point, vector: unitVector(point.vector) });
  }
  return { dimension, points: [...byId.values()] };
};

export const isSome = <T>(items: readonly T[]): items is readonly [T, ...T[]] => items.length > 0;
