import type { JsonObject } from '../../contracts/json';

export interface VectorPoint {
  /** At most 500 characters; unique within its collection. */
  id: string;
  /** Any length but zero: only its direction counts. */
  vector: Float32Array;
  payload: JsonObject;
}

export interface VectorHit {
  id: string;
  /** Cosine of the angle to the query, 0 to 1: what points the other way counts as 0. */
  score: number;
  payload: JsonObject;
}

/** Top-level fields of the payload and the value each must have; numbers are whole. */
export type VectorFilter = Record<string, string | number | boolean>;

/**
 * Vectors by collection, found by direction. A collection comes into being with its first point, which fixes its dimension.
 * A write is seen by every search that begins after it, in whichever process.
 *
 * Errors: `UserError` `vector_dimension_mismatch` for a vector of another dimension than its collection's, `vector_invalid` for
 * one that has no direction, `vector_store_full` and `vector_store_refused`, which name the remedy; `TransientError`
 * `service_unavailable` while the store cannot be reached.
 */
export abstract class VectorPort {
  /** Where the vectors are, for people: e.g. `embedded` or `Qdrant 1.15.5`. Rejects while the store cannot be reached. */
  abstract ping(): Promise<string>;
  /** Stores or replaces. Of several points with the same id the last wins. */
  abstract upsert(collection: string, points: readonly VectorPoint[]): Promise<void>;
  /** Nearest first, at most `limit`; nothing from a collection that does not exist. */
  abstract search(
    collection: string,
    vector: Float32Array,
    options: { limit: number; filter?: VectorFilter },
  ): Promise<VectorHit[]>;
  /** Ids that do not exist are ignored. */
  abstract remove(collection: string, ids: readonly string[]): Promise<void>;
  abstract close(): Promise<void>;
}
