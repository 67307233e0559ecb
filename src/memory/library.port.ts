import type { JsonObject } from '../contracts/json';

export interface Passage {
  documentId: string;
  source: string;
  content: string;
  metadata: JsonObject;
  /** Calibrated to 0..1. */
  score: number;
}

/** The documents users gave us, searchable by keyword. */
export abstract class LibraryPort {
  /** Stores or replaces. Returns ids in order. */
  abstract remember(
    collection: string,
    documents: { id?: string; content: string; source?: string; metadata?: JsonObject }[],
  ): Promise<string[]>;
  /** Best first, at most `limit`; an empty list when nothing matches. All collections when none is named. */
  abstract search(query: string, options: { collection?: string; limit: number }): Promise<Passage[]>;
}
