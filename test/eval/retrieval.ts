import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthModule } from '../../src/common/health.module';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { Database } from '../../src/drivers/database/database.service';
import { LlmModule } from '../../src/drivers/llm/llm.module';
import { LibraryPort } from '../../src/memory/library.port';
import { LibraryRepository } from '../../src/memory/library.repository';
import { VectorModule } from '../../src/drivers/vector/vector.module';
import { MemoryModule } from '../../src/memory/memory.module';
import { embeddedColumn } from '../support/columns';

/** The Cranfield collection: abstracts, questions, and which abstracts answer which question. */
interface Cranfield {
  documents: { id: string; content: string }[];
  queries: string[];
  /** Relevant documents by the query's place in the file, from 0. */
  relevant: Set<string>[];
}

const DEPTH = 10;
const BATCH = 100;

/** Records `.I id` with a text under `.W`, which begins with the title. */
const records = (text: string): { id: string; text: string }[] =>
  text
    .split(/^\.I /m)
    .slice(1)
    .map((record) => ({
      id: /^\S+/.exec(record)?.[0] ?? '',
      text: (record.split(/^\.W\s*$/m)[1] ?? '').trim(),
    }));

const read = (data: string): Cranfield | undefined => {
  const [documents, queries, judgements] = ['cran.all.1400', 'cran.qry', 'cranqrel'].map((name) => {
    const path = join(data, 'retrieval', `CS7IS3-proj1__${name}`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
    console.log(`missing: ${path} (retrieval is left out)`);
    return undefined;
  });
  if (documents === undefined || queries === undefined || judgements === undefined) return undefined;
  const questions = records(queries).map(({ text }) => text.replace(/\s+/g, ' '));
  const relevant = questions.map(() => new Set<string>());
  for (const line of judgements.trim().split('\n')) {
    const [ordinal, , id = '', grade] = line.trim().split(/\s+/);
    // 1 to 4 are degrees of relevance, 5 is none; the number is the query's place in the file, not its own.
    if (Number(grade) >= 1 && Number(grade) <= 4) relevant[Number(ordinal) - 1]?.add(id);
  }
  return {
    // Two of the abstracts are empty, and no document may be.
    documents: records(documents).flatMap(({ id, text }) => (text === '' ? [] : [{ id, content: text }])),
    queries: questions,
    relevant,
  };
};

const gain = (hits: readonly boolean[]): number =>
  hits.reduce((sum, hit, rank) => sum + (hit ? 1 / Math.log2(rank + 2) : 0), 0);

const ndcg = (found: readonly string[], relevant: ReadonlySet<string>): number => {
  const ideal = gain(Array.from({ length: Math.min(DEPTH, relevant.size) }, () => true));
  return ideal === 0 ? 0 : gain(found.slice(0, DEPTH).map((id) => relevant.has(id))) / ideal;
};

@Module({})
class Root {}

/** nDCG@10 on Cranfield with the embedded database and the built-in embedder. Prints a table of its own. */
export const evaluateRetrieval = async (data: string): Promise<void> => {
  const cranfield = read(data);
  if (cranfield === undefined) return;
  const { documents, queries, relevant } = cranfield;
  const column = await embeddedColumn();
  const { settings } = parseConfig(column.variables);
  const imports = [ConfigModule.with(settings), HealthModule, DatabaseModule, LlmModule, MemoryModule, VectorModule];
  const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: ['warn', 'error'] });
  try {
    const library = app.get(LibraryPort, { strict: false });
    const words = app.get(LibraryRepository, { strict: false });
    const begin = performance.now();
    for (let start = 0; start < documents.length; start += BATCH) {
      await library.remember('cranfield', documents.slice(start, start + BATCH));
    }
    const ingest = (performance.now() - begin) / documents.length;
    // The server does this by itself within a minute or so; until then a search takes three times as long.
    await app.get(Database, { strict: false }).query('VACUUM ANALYZE documents');
    const options = { collection: 'cranfield', limit: DEPTH };
    const ways: [name: string, search: (query: string) => Promise<string[]>, target: string][] = [
      ['keyword', async (query) => (await words.match(query, options)).map(({ id }) => id), 'nDCG@10 >= .385'],
      [
        'hybrid, built-in embedder',
        async (query) => (await library.search(query, options)).map(({ documentId }) => documentId),
        'not below keyword',
      ],
    ];
    console.log(
      `\nretrieval: Cranfield, ${documents.length} documents (${ingest.toFixed(2)} ms each to store), ${queries.length} queries`,
    );
    for (const [name, search, target] of ways) {
      for (const query of queries.slice(0, 20)) await search(query);
      const times: number[] = [];
      const scores: number[] = [];
      for (const [index, query] of queries.entries()) {
        const start = performance.now();
        const found = await search(query);
        times.push(performance.now() - start);
        scores.push(ndcg(found, relevant[index] ?? new Set()));
      }
      const at = (share: number): string =>
        (times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(1);
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      console.log(
        `  ${name.padEnd(26)} nDCG@10 ${mean.toFixed(4)}   p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   ${target}`,
      );
    }
  } finally {
    await app.close();
    await column.dispose();
  }
};
