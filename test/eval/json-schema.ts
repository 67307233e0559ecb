import { createServer } from 'node:http';
import type { Draft } from '../../src/common/json-schema/dialect';
import { compileSchema } from '../../src/common/json-schema/json-schema';
import { type EvalOptions, readLines, type Row, type Timing } from './report';

interface SchemaItem {
  file: string;
  group?: string;
  test?: string;
  description?: string;
  schema: object | boolean;
  data: unknown;
  valid: boolean;
}

/** The draft counts where a schema names none. */
const SETS: readonly { file: string; draft?: Draft; atLeast: number }[] = [
  { file: 'jsts_draft7_required', draft: '7', atLeast: 0.975 },
  { file: 'jsts_draft2020-12_required', draft: '2020-12', atLeast: 0.962 },
  { file: 'maskbench_dev', atLeast: 0.981 },
];
/** Where the sets say that their remote schemas lie. */
const REMOTE_PORT = 1234;

/** Counts what comes in where the sets point to; nothing does unless a reference is fetched. */
const watchRemote = async (): Promise<{ count: () => number; stop: () => void }> => {
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    response.end('{}');
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(REMOTE_PORT, 'localhost', listening);
  });
  return { count: () => count, stop: () => void server.close() };
};

const verdictOn = async ({ schema, data }: SchemaItem, draft: Draft | undefined): Promise<boolean | Error> => {
  try {
    const check = await compileSchema(schema, draft);
    return (await check(data)).length === 0;
  } catch (error) {
    return error as Error;
  }
};

const timingOf = (times: readonly number[]): Timing => ({
  p50: times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0,
  mean: times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length),
});

/** An unusable schema agrees with no label: remote references are never fetched, and count against us here. */
export const jsonSchemaRows = async (data: string, { verbose }: EvalOptions): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const { file, draft, atLeast } of SETS) {
    const items = readLines(data, `jsonschema/${file}.jsonl`) as SchemaItem[] | undefined;
    if (!items) continue;
    const remote = await watchRemote();
    const times: number[] = [];
    let agreed = 0;
    let unusable = 0;
    let crashes = 0;
    for (const item of items) {
      const begin = performance.now();
      const verdict = await verdictOn(item, draft);
      times.push((performance.now() - begin) * 1000);
      if (verdict === item.valid) agreed += 1;
      else if (verbose)
        console.log(file, item.file, item.group ?? '', item.test ?? item.description ?? '', String(verdict));
      if (verdict instanceof Error) unusable += 1;
      if (verdict instanceof Error && (verdict as { kind?: string }).kind !== 'user') crashes += 1;
    }
    remote.stop();
    rows.push({
      set: `JSON Schema: ${file} (${unusable} unusable, ${crashes} crashes, ${remote.count()} fetched)`,
      items: items.length,
      agreement: agreed / Math.max(1, items.length),
      timing: timingOf(times),
      targets: [{ measure: 'agreement', atLeast }],
    });
  }
  return rows;
};
