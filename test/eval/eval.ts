import { commandRiskRows } from './command-risk';
import { contentRows } from './content';
import { humanEvalRows } from './humaneval';
import { injectionRows } from './injection';
import { jsonSchemaRows } from './json-schema';
import { judgeRows } from './judge';
import { piiRows } from './pii';
import { redosRows } from './redos';
import { type EvalOptions, printRows, type Row } from './report';
import { evaluateRetrieval } from './retrieval';
import { secretRows } from './secrets';
import { semanticCacheRows } from './semantic-cache';
import { ssrfRows } from './ssrf';

/**
 * Measures detection on labelled data, which is not part of this repository: `--data DIR`. Detection runs in its widest
 * set unless a row says otherwise, so that every rule is measured. Prints a table; a missing file is named and left out.
 * `--only NAME` runs one area.
 */
const AREAS: Readonly<Record<string, (data: string, options: EvalOptions) => Row[] | Promise<Row[]>>> = {
  pii: piiRows,
  secrets: secretRows,
  injection: injectionRows,
  content: contentRows,
  jsonschema: jsonSchemaRows,
  judge: judgeRows,
  redos: redosRows,
  'semantic-cache': semanticCacheRows,
  code: humanEvalRows,
  sandbox: commandRiskRows,
  ssrf: ssrfRows,
};

const valueOf = (argv: readonly string[], flag: string): string | undefined =>
  argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined;

const main = async (argv: readonly string[]): Promise<number> => {
  const data = valueOf(argv, '--data');
  const only = valueOf(argv, '--only');
  const names = [...Object.keys(AREAS), 'retrieval'];
  if (data === undefined || (only !== undefined && !names.includes(only))) {
    console.log(`usage: npm run eval -- --data DIR [--only ${names.join('|')}] [--verbose]`);
    console.log('DIR holds the labelled sets in folders; a file that an area misses is named.');
    return only === undefined ? 0 : 1;
  }
  const options = { verbose: argv.includes('--verbose') };
  const rows: Row[] = [];
  for (const [name, area] of Object.entries(AREAS))
    if (only === undefined || only === name) rows.push(...(await area(data, options)));
  if (rows.length > 0) printRows(rows);
  if (only === undefined || only === 'retrieval') await evaluateRetrieval(data);
  return 0;
};

if (require.main === module) void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
