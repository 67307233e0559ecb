import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import { newId } from '../common/ids';
import { storableJson, storableText } from '../common/storable';
import { Database } from '../drivers/database/database.service';
import { LibraryPort, type Passage } from './library.port';

/** Documents in PostgreSQL, found by its own full-text search. */
@Injectable()
export class LibraryRepository extends LibraryPort {
  constructor(private readonly database: Database) {
    super();
  }

  async remember(
    collection: string,
    documents: { id?: string; content: string; source?: string; metadata?: JsonObject }[],
  ): Promise<string[]> {
    const rows = documents.map(({ id = newId(), content, source = id, metadata = {} }) => ({
      id,
      content: storableText(content),
      source,
      metadata,
    }));
    // The last of several documents with the same id in one request wins, as it would in several requests.
    const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
    await this.database.query(
      `INSERT INTO documents (collection, id, source, content, metadata)
       SELECT $1, d->>'id', d->>'source', d->>'content', d->'metadata' FROM jsonb_array_elements($2::jsonb) AS d
       ON CONFLICT (collection, id) DO UPDATE
       SET source = excluded.source, content = excluded.content, metadata = excluded.metadata, updated_at = now()`,
      [collection, storableJson(unique)],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Any word of the query may match. `ts_rank_cd` with normalisation 1|32: divided by the logarithm of the length, then mapped
   * to 0..1 by rank / (rank + 1); scaled so that the best hit of a search stays comparable between queries.
   */
  async search(query: string, { collection, limit }: { collection?: string; limit: number }): Promise<Passage[]> {
    const rows = await this.database.query<{
      id: string;
      source: string;
      content: string;
      metadata: JsonObject;
      score: number;
    }>(
      `WITH terms AS (
         SELECT to_tsquery('english', string_agg(quote_literal(lexeme), ' | ')) AS query
         FROM unnest(to_tsvector('english', $1))
       )
       SELECT id, source, content, metadata, ts_rank_cd(search, terms.query, 1 | 32)::float8 AS score
       FROM documents, terms
       WHERE search @@ terms.query AND ($2::text IS NULL OR collection = $2)
       ORDER BY score DESC, id LIMIT $3`,
      [storableText(query), collection ?? null, limit],
    );
    return rows.map(({ id, ...row }) => ({ documentId: id, ...row }));
  }
}
