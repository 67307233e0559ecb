import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import { newId } from '../common/ids';
import { storableText } from '../common/storable';
import { fuse } from './library-fusion';
import { LibraryMeaning } from './library-meaning.service';
import { LibraryPort, type Passage } from './library.port';
import { type DocumentKey, LibraryRepository, type StoredDocument } from './library.repository';

/** Each way of searching offers this many times what is asked for, so that they have something to agree on. */
const CANDIDATES = 2;

const keyOf = ({ collection, id }: DocumentKey): string => `${collection}/${id}`;

/** Searches by words and by meaning at once, and takes the best of both. */
@Injectable()
export class Library extends LibraryPort {
  constructor(
    private readonly documents: LibraryRepository,
    private readonly meaning: LibraryMeaning,
  ) {
    super();
  }

  async remember(
    collection: string,
    documents: { id?: string; content: string; source?: string; metadata?: JsonObject }[],
  ): Promise<string[]> {
    const rows = documents.map(({ id = newId(), content, source = id, metadata = {} }) => ({
      collection,
      id: storableText(id),
      content: storableText(content),
      source,
      metadata,
    }));
    // The last of several documents with the same id in one request wins, as it would in several requests.
    const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
    await this.documents.store(unique);
    await this.meaning.learn(unique);
    return rows.map(({ id }) => id);
  }

  async search(query: string, { collection, limit }: { collection?: string; limit: number }): Promise<Passage[]> {
    const options = { ...(collection !== undefined && { collection }), limit: CANDIDATES * limit };
    const [words, nearby] = await Promise.all([
      this.documents.match(query, options),
      this.meaning.near(query, options),
    ]);
    const known = new Map(words.map((document) => [keyOf(document), document]));
    // Only what was found by words came with its text. A vector may also have outlived its document.
    const others = await this.documents.load(nearby.hits.filter((hit) => !known.has(keyOf(hit))));
    const byKey = new Map<string, StoredDocument>([...known, ...others.map((one) => [keyOf(one), one] as const)]);
    const ranked = fuse([
      { weight: 1, hits: words.map((hit) => ({ key: keyOf(hit), score: hit.score })) },
      { weight: nearby.weight, hits: nearby.hits.map((hit) => ({ key: keyOf(hit), score: hit.score })) },
    ]);
    return ranked
      .flatMap(({ key, score }) => {
        const document = byKey.get(key);
        if (document === undefined) return [];
        const { id: documentId, source, content, metadata } = document;
        return [{ documentId, source, content, metadata, score }];
      })
      .slice(0, limit);
  }
}
