import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../common/clock';
import { sha256 } from '../common/ids';
import type { CachedInspection, InspectOptions, ReflexStatistics } from '../contracts/inspection';
import type { Places } from './findings';
import { cacheHitRate, cacheHits, cacheMisses, cacheSeconds, layerHits } from './reflex-metrics';

const MOST_ENTRIES = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;
/** A text with so much in it costs more to remember than to look through again. */
const MOST_BYTES_PER_ENTRY = 256 * 1024;
/** Of an entry besides what its findings take: key, dates, bookkeeping. */
const BYTES_OF_AN_ENTRY = 400;
const TTL_DETECTED_MS = 60_000;
const TTL_CLEAN_MS = 300_000;
const HOUR_MS = 3_600_000;

interface Entry extends Omit<CachedInspection, 'key'> {
  tenant: string;
}

/**
 * SHA-256, hex, over everything a result depends on: the very text the detectors see, what is looked for, the rules, and whose
 * result it is. The parts are listed as JSON, so that no two lists read the same.
 */
export const cacheKey = (text: string, options: InspectOptions, rules: string): string =>
  sha256(JSON.stringify([options.tenant, rules, options.checkPii, options.checkInjection, text]));

const timed = <T>(operation: string, work: () => T): T => {
  const end = cacheSeconds.startTimer({ operation });
  try {
    return work();
  } finally {
    end();
  }
};

/** Remembers what was found where, and never a word of the text. In this process alone; bounded by entries and bytes. */
@Injectable()
export class InspectionCache {
  private hits = 0;
  private misses = 0;
  private evictions = 0;
  /** Evictions by the minute in which they happened, for an hour. */
  private readonly byMinute = new Map<number, number>();
  private readonly entries: LRUCache<string, Entry>;

  constructor(private readonly clock: Clock) {
    this.entries = new LRUCache({
      max: MOST_ENTRIES,
      maxSize: MOST_BYTES,
      maxEntrySize: MOST_BYTES_PER_ENTRY,
      sizeCalculation: ({ pii, injection }) => BYTES_OF_AN_ENTRY + JSON.stringify([pii, injection]).length * 2,
      perf: { now: () => clock.now().getTime() },
      ttlResolution: 0,
      dispose: (_entry, _key, reason) => {
        if (reason === 'evict') this.countEviction();
      },
    });
  }

  /** Undefined for what is not there, has run out, or belongs to another tenant. Counts as a hit or a miss. */
  recall(key: string, tenant: string): CachedInspection | undefined {
    const entry = timed('get', () => this.peek(key, tenant, true));
    if (entry === undefined) {
      this.misses += 1;
      cacheMisses.inc();
    } else {
      this.hits += 1;
      cacheHits.inc();
      layerHits.inc({ layer: 'reflex' });
    }
    cacheHitRate.set(this.hits / (this.hits + this.misses));
    return entry;
  }

  /** The same without counting. `touch`: it becomes the one that makes room last. */
  peek(key: string, tenant: string, touch = false): CachedInspection | undefined {
    const entry = touch ? this.entries.get(key) : this.entries.peek(key);
    if (entry?.tenant !== tenant) return undefined;
    const { cachedAt, expiresAt, pii, injection, risk } = entry;
    return { key, cachedAt, expiresAt, pii, injection, risk };
  }

  /** Returns when it was put there; undefined for what is too large to remember. */
  keep(key: string, tenant: string, found: Places): Date | undefined {
    const ttl = found.pii.length + found.injection.length > 0 ? TTL_DETECTED_MS : TTL_CLEAN_MS;
    const cachedAt = this.clock.now();
    const { pii, injection, risk } = found;
    const entry = { pii, injection, risk, tenant, cachedAt, expiresAt: new Date(cachedAt.getTime() + ttl) };
    timed('set', () => this.entries.set(key, entry, { ttl }));
    return this.entries.has(key) ? cachedAt : undefined;
  }

  /** Forgets everything, of all tenants; returns how many entries that were. */
  clear(): number {
    this.entries.purgeStale();
    const { size } = this.entries;
    timed('clear', () => this.entries.clear());
    return size;
  }

  statistics(): Omit<ReflexStatistics, 'averageMs'> {
    this.entries.purgeStale();
    this.forgetOldMinutes();
    return {
      entries: this.entries.size,
      hits: this.hits,
      misses: this.misses,
      memoryBytes: this.entries.calculatedSize,
      evictions: this.evictions,
      evictionsLastHour: [...this.byMinute.values()].reduce((sum, count) => sum + count, 0),
    };
  }

  private countEviction(): void {
    this.evictions += 1;
    const minute = Math.floor(this.clock.now().getTime() / 60_000);
    this.byMinute.set(minute, (this.byMinute.get(minute) ?? 0) + 1);
    if (this.byMinute.size > HOUR_MS / 60_000) this.forgetOldMinutes();
  }

  private forgetOldMinutes(): void {
    const oldest = Math.floor((this.clock.now().getTime() - HOUR_MS) / 60_000);
    for (const minute of this.byMinute.keys()) if (minute <= oldest) this.byMinute.delete(minute);
  }
}
