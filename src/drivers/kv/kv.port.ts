/** A bucket of tokens that fills itself. One that nobody has taken from is full. */
export interface Bucket {
  /** Unique among all buckets of the installation. */
  key: string;
  /** Tokens in a full bucket. */
  capacity: number;
  refillPerSecond: number;
  /** Tokens to take; 1 when absent, never more than `capacity`. */
  cost?: number;
}

export interface Taking {
  allowed: boolean;
  /** Whole tokens left, in the order of the buckets. */
  remaining: number[];
  /** Milliseconds until the same taking would be allowed; 0 when it was. */
  retryAfterMs: number;
  /** When each bucket will be full again, in milliseconds since 1970. */
  resetAt: number[];
}

/** Small state that all processes share and that may be lost. */
export abstract class KvPort {
  /** Takes from all buckets or from none, atomically. Never rejects: a store that is down is stood in for locally. */
  abstract take(buckets: Bucket[]): Promise<Taking>;
  abstract close(): void;
}
