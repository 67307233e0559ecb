import type { JsonObject } from '../contracts/json';

export interface Passage {
  documentId: string;
  source: string;
  content: string;
  metadata: JsonObject;
  /**
   * How well it fits, 0 to 1, comparable between searches: the better of what its words and its meaning say. By words, half of
   * the query's weight found counts .5 and all of it .75; by meaning it is the cosine. No hit scores less than one behind it.
   */
  score: number;
}

/** The documents users gave us, searchable by their words and by their meaning. */
export abstract class LibraryPort {
  /** Stores or replaces. Returns ids in order. */
  abstract remember(
    collection: string,
    documents: { id?: string; content: string; source?: string; metadata?: JsonObject }[],
  ): Promise<string[]>;
  /** Best first, at most `limit`; an empty list when nothing matches. All collections when none is named. */
  abstract search(query: string, options: { collection?: string; limit: number }): Promise<Passage[]>;
}
