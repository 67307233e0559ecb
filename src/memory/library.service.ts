import { setImmediate as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import { newId } from '../common/ids';
import { storableText } from '../common/storable';
import { collectionNamed } from './collection-names';
import { type Ranking, fuse } from './library-fusion';
import { LibraryMeaning, type Nearby } from './library-meaning.service';
import { type Found, LibraryPort, type Redaction, type Search } from './library.port';
import { type DocumentKey, LibraryRepository, type StoredDocument } from './library.repository';
import { MemoryFilter } from './memory-filter.service';

/** Each way of searching offers this many times what is asked for, so that they have something to agree on. */
const CANDIDATES = 2;
/** Vectors know nothing of metadata: so many of the nearest are looked at when a filter will leave most of them out. */
const FILTERED_CANDIDATES = 1_000;

type Scored = StoredDocument & { score: number };
type Scope = Required<Pick<Search, 'filters' | 'limit'>> & Pick<Search, 'collection'>;
type Near = Omit<Nearby, 'hits'> & { documents: Scored[] };
const NO_VECTORS: Near = { weight: 0, documents: [] };

const keyOf = ({ collection, id }: DocumentKey): string => `${collection}/${id}`;

/** Searches by words and by meaning at once, and takes the best of both. */
@Injectable()
export class Library extends LibraryPort {
  constructor(
    private readonly documents: LibraryRepository,
    private readonly meaning: LibraryMeaning,
    private readonly filter: MemoryFilter,
  ) {
    super();
  }

  async remember(
    name: string,
    documents: { id?: string; content: string; source?: string; metadata?: JsonObject }[],
    tell?: (redaction: Redaction) => void,
  ): Promise<string[]> {
    this.filter.name(name, 'collection');
    const collection = collectionNamed(name);
    const rows: StoredDocument[] = [];
    for (const [index, document] of documents.entries()) {
      // Looking through a megabyte takes a moment in which others would have to wait.
      await pause();
      const { row, redaction } = this.screened(document, index);
      rows.push({ collection, ...row });
      if (redaction !== undefined) tell?.(redaction);
    }
    // The last of several documents with the same id in one request wins, as it would in several requests.
    const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
    await this.documents.store(unique);
    await this.meaning.learn(unique);
    return rows.map(({ id }) => id);
  }

  private screened(
    { id, content, source, metadata = {} }: Parameters<LibraryPort['remember']>[1][number],
    index: number,
  ): { row: Omit<StoredDocument, 'collection'>; redaction?: Redaction } {
    const place = `documents.${index}`;
    if (id !== undefined) this.filter.name(id, `${place}.id`);
    const key = storableText(id ?? newId());
    const { value, kinds } = this.filter.keep({ content, source: source ?? key, metadata }, place);
    const row = { id: key, content: storableText(value.content), source: value.source, metadata: value.metadata };
    return { row, ...(Object.keys(kinds).length > 0 && { redaction: { document: key, kinds } }) };
  }

  async find(
    query: string,
    { method = 'hybrid', limit, minScore = 0, filters = [], collection }: Search,
  ): Promise<Found> {
    const scope = {
      filters,
      limit: CANDIDATES * limit,
      ...(collection && { collection: collectionNamed(collection) }),
    };
    const [matches, nearby] = await Promise.all([
      method === 'vector' ? [] : this.documents.match(query, scope),
      method === 'keyword' ? NO_VECTORS : this.near(query, scope),
    ]);
    const canCompare = nearby.model !== undefined;
    const words = method === 'vector' && !canCompare ? await this.documents.match(query, scope) : matches;
    const byKey = new Map([...nearby.documents, ...words].map((document) => [keyOf(document), document]));
    const passages = fuse([ranking(1, words), ranking(nearby.weight, nearby.documents)]).flatMap(({ key, score }) => {
      const document = byKey.get(key);
      if (document === undefined || score < minScore) return [];
      const { id: documentId, source, content, metadata } = document;
      return [{ documentId, source, content, metadata, score }];
    });
    return {
      passages: passages.slice(0, limit),
      total: passages.length,
      method: canCompare ? method : 'keyword',
      database: canCompare ? this.meaning.database : 'postgresql',
      ...(nearby.model !== undefined && { vectorModel: nearby.model }),
    };
  }

  /** Documents near the query, best first. A vector may have outlived its document. */
  private async near(query: string, { filters, limit, ...collection }: Scope): Promise<Near> {
    const candidates = filters.length === 0 ? limit : FILTERED_CANDIDATES;
    const { hits, ...nearby } = await this.meaning.near(query, { ...collection, limit: candidates });
    const stored = new Map((await this.documents.load(hits, filters)).map((document) => [keyOf(document), document]));
    const documents = hits.flatMap((hit) => {
      const document = stored.get(keyOf(hit));
      return document === undefined ? [] : [{ ...document, score: hit.score }];
    });
    return { ...nearby, documents: documents.slice(0, limit) };
  }
}

const ranking = (weight: number, documents: readonly Scored[]): Ranking => ({
  weight,
  hits: documents.map((document) => ({ key: keyOf(document), score: document.score })),
});
