import type { CachedInspection, Inspection, InspectOptions, ReflexStatistics } from '../contracts/inspection';

/**
 * The reflex layer for whoever asks for it by itself. Nothing here makes a task, calls a model or keeps a word of what it is
 * given. None of it throws.
 */
export abstract class ReflexDesk {
  abstract inspect(text: string, options: InspectOptions): Inspection;
  /** Words of arms a text sounds like work for, the likeliest first; often none. */
  abstract routingHints(text: string): string[];
  /** A remembered inspection by its key; undefined if it is not there, or is another tenant's. */
  abstract cached(key: string, tenant: string): CachedInspection | undefined;
  /** Forgets every remembered inspection, of all tenants; returns how many there were. */
  abstract clearCache(): number;
  abstract statistics(): ReflexStatistics;
}
