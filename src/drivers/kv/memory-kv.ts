import { LRUCache } from 'lru-cache';
import { type BucketState, takeFrom } from './bucket';
import { type Bucket, KvPort, type Taking } from './kv.port';

/** Whoever makes up addresses or user names can drop somebody's bucket, which only fills it, and never the memory's bounds. */
const MAX_BUCKETS = 50_000;

/** Buckets of this process alone; they are full again after a restart. */
export class MemoryKv extends KvPort {
  private readonly buckets = new LRUCache<string, BucketState>({ max: MAX_BUCKETS });

  constructor(private readonly now: () => number = Date.now) {
    super();
  }

  take(buckets: Bucket[]): Promise<Taking> {
    const states = buckets.map(({ key }) => this.buckets.get(key));
    const { taking, states: after } = takeFrom(buckets, states, this.now());
    for (const [index, { key }] of buckets.entries()) this.buckets.set(key, after[index]);
    return Promise.resolve(taking);
  }

  close(): void {
    this.buckets.clear();
  }
}
