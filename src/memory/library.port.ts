import type { DocumentFilter, SearchMethod } from '../contracts/direct';
import type { JsonObject } from '../contracts/json';

export interface Passage {
  documentId: string;
  source: string;
  content: string;
  metadata: JsonObject;
  /**
   * How well it fits, 0 to 1, comparable between searches: the better of what its words and its meaning say, as far as the
   * method looks at them. By words, half of the query's weight found counts .5 and all of it .75; by meaning it is the cosine.
   * It is the passage's own: where words and meaning disagree, it may be more than that of the one before it.
   */
  score: number;
}

export interface Search {
  /** All collections when none is named. */
  collection?: string;
  limit: number;
  /** `hybrid` when absent. */
  method?: SearchMethod;
  filters?: readonly DocumentFilter[];
  /** Hits below this (0 to 1) are left out. */
  minScore?: number;
}

export interface Found {
  /** Best first, at most as many as were asked for; empty when nothing matches. */
  passages: Passage[];
  /** Hits before the limit, as far as they were looked at. */
  total: number;
  /** What was really done: `keyword` while vectors cannot be compared. */
  method: SearchMethod;
  /** `postgresql` or `qdrant`. */
  database: string;
  /** Name of the embedding model, when vectors were compared. */
  vectorModel?: string;
}

/** What was taken out of a document before it was stored. */
export interface Redaction {
  /** The document's id. */
  document: string;
  /** How many values of each kind, e.g. `{ email: 2 }`. */
  kinds: Record<string, number>;
}

/** The documents users gave us, searchable by their words and by their meaning. */
export abstract class LibraryPort {
  /**
   * Stores or replaces what the policy lets memory keep. Returns ids in order; `tell` is called for each document something was
   * taken out of. Errors: `UserError` `policy_violation` for a document that is not to be kept, or whose id or collection holds
   * a value that is not: with that taken out it would be another's name. Then nothing is stored.
   */
  abstract remember(
    collection: string,
    documents: { id?: string; content: string; source?: string; metadata?: JsonObject }[],
    tell?: (redaction: Redaction) => void,
  ): Promise<string[]>;
  abstract find(query: string, search: Search): Promise<Found>;

  /** The passages alone. */
  async search(query: string, search: Search): Promise<Passage[]> {
    return (await this.find(query, search)).passages;
  }
}
