import { prose } from './prose';
import { Random } from './random';
import { compare, type Load, withServers } from './servers';

export interface ProcessRow {
  load: string;
  process: Load;
  /** The same bodies under the same load to a route that does nothing but answer. */
  bareRoute: Load;
  /** Ours divided by the floor, p99 of the same run. */
  p99Ratio: number;
}

const CHARACTERS = 1000;
/** Few enough that everything is in the cache after a moment, as for clients that ask the same again and again. */
const REPEATED_TEXTS = 64;
const DIFFERENT_TEXTS = 512;

interface Kind {
  load: string;
  texts: number;
  useCache: boolean;
  perSecond?: number;
}
const KINDS: readonly Kind[] = [
  { load: 'as fast as it goes, cache on', texts: REPEATED_TEXTS, useCache: true },
  { load: 'as fast as it goes, cache off', texts: DIFFERENT_TEXTS, useCache: false },
  { load: '200 a second, cache off', texts: DIFFERENT_TEXTS, useCache: false, perSecond: 200 },
  { load: '1,000 a second, cache off', texts: DIFFERENT_TEXTS, useCache: false, perSecond: 1000 },
];

const bodiesOf = ({ texts, useCache }: Kind): string[] => {
  const random = new Random(1);
  return Array.from({ length: texts }, () => JSON.stringify({ text: prose(random, CHARACTERS), use_cache: useCache }));
};

/** `POST /process` with texts of 1 KB over 32 connections, and beside it, taking turns, a bare Fastify route. */
export const measureProcess = (): Promise<ProcessRow[]> =>
  withServers(async (urls) => {
    const rows: ProcessRow[] = [];
    for (const kind of KINDS) {
      const { ours, bare } = await compare(urls, '/process', bodiesOf(kind), kind.perSecond);
      rows.push({ load: kind.load, process: ours, bareRoute: bare, p99Ratio: ours.p99 / bare.p99 });
    }
    return rows;
  });
