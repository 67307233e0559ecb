import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTACK_FROM_UNTRUSTED, ATTACK_FROM_USER } from '../../src/detection/injection/classifier/classify';
import { BUCKETS, featureDigest } from '../../src/detection/injection/classifier/features';
import { type Item, readCorpus } from './training/corpus';
import { generate } from './training/generate';
import { groupsOf } from './training/groups';
import { type Example, logit, type Model, trainLogistic } from './training/logistic';
import { seeded } from './training/random';
import { quantised, weightsFile } from './training/weights-file';
import { windowsOf } from './training/windows';

/**
 * Learns the weights of `src/detection/injection/classifier` from labelled data, which is not part of this repository
 * (`--data DIR`), and from texts of our own. Prints what the model is worth on texts and on whole sets it has not seen, then
 * learns from everything and writes `weights.ts`. The same data give the same file.
 */

const WEIGHTS = join(__dirname, '../../src/detection/injection/classifier/weights.ts');
const FOLDS = 5;
/** Mean false-positive rates over the harmless sets for which recall is printed. */
const RATES = [0.002, 0.005, 0.01];
/** Log-odds of the thresholds in use. */
const IN_USE = [ATTACK_FROM_UNTRUSTED, ATTACK_FROM_USER].map((score) => Math.log(score / (1 - score)));
const COLUMNS = `at a mean false-positive rate of ${RATES.join(', ')}; at the thresholds for untrusted text and for users`;
const LEFT_OUT = [
  'PurpleLlama',
  'in the wild',
  'own attacks',
  'NotInject',
  'arena-hard',
  'mt-bench',
  'AdversariaLLM',
  'XSTest',
  'LLMBar',
  'emails',
  'own harmless',
];
const FIRST = { l2: 1e-5, epochs: 3, rate: 0.3 };
const SECOND = { l2: 1e-5, epochs: 8, rate: 0.3 };

/**
 * Sets whose short texts stand around generated ones, as what a document says before and after. What is said of them below is
 * flattered by that, so that they have no say in a threshold.
 */
const CARRIERS: ReadonlySet<string> = new Set(['Cranfield', 'Presidio', 'WorFBench']);

interface Document extends Item {
  windows: Int32Array[];
  group: number;
  fold: number;
  /** Less for near-copies and for texts of large sets. */
  weight: number;
}

const countBy = <T, K>(things: readonly T[], keyOf: (thing: T) => K): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return counts;
};

const prepare = (data: string): Document[] => {
  const read = readCorpus(data);
  const carriers = read.filter(({ set, text }) => CARRIERS.has(set) && text.length < 300);
  const items = [...read, ...generate(carriers.map(({ text }) => text))];
  const likeness = groupsOf(items.map(({ text }) => text));
  const grouped = items.map((item, i) => ({ ...item, group: item.group ?? likeness[i] ?? i }));
  const groups = countBy(grouped, ({ group }) => group);
  const sets = countBy(grouped, ({ set }) => set);
  const random = seeded(7);
  const folds = new Map([...groups.keys()].map((group) => [group, Math.floor(random() * FOLDS)]));
  return grouped.map((item) => ({
    ...item,
    windows: windowsOf(item.text),
    fold: folds.get(item.group) ?? 0,
    weight:
      Math.min(3, Math.max(0.4, Math.sqrt(1000 / (sets.get(item.set) ?? 1)))) / Math.sqrt(groups.get(item.group) ?? 1),
  }));
};

const scoreOf = (model: Model, { windows }: Document): number =>
  windows.reduce((most, window) => Math.max(most, logit(model, window)), -Infinity);

/** Attacks weigh as much as harmless texts in all, but none more than eight of them. */
const balanced = (attacks: readonly Example[], harmless: readonly Example[]): Example[] => {
  const sum = (examples: readonly Example[]): number => examples.reduce((total, { weight }) => total + weight, 0);
  const factor = sum(harmless) / sum(attacks);
  return [...attacks.map((example) => ({ ...example, weight: Math.min(8, example.weight * factor) })), ...harmless];
};

/**
 * A long attack need not be one in each of its windows. So a first model learns from all of them and picks the quarter that
 * is most like an attack, from which the second learns (multiple-instance learning, as in mi-SVM: Andrews et al., 2003).
 */
const fit = (documents: readonly Document[]): Model => {
  const examples = (
    from: readonly Document[],
    windowsIn: (document: Document) => Int32Array[],
    power: number,
  ): Example[] =>
    from.flatMap((document) => {
      const windows = windowsIn(document);
      const weight = document.weight / Math.pow(windows.length, power);
      return windows.map((buckets) => ({ buckets, isAttack: document.isAttack, weight }));
    });
  const attacks = documents.filter(({ isAttack }) => isAttack);
  const harmless = examples(
    documents.filter(({ isAttack }) => !isAttack),
    ({ windows }) => windows,
    0.5,
  );
  const first = trainLogistic(
    balanced(
      examples(attacks, ({ windows }) => windows, 1),
      harmless,
    ),
    BUCKETS,
    FIRST,
    seeded(1),
  );
  const telling = ({ windows }: Document): Int32Array[] =>
    windows.toSorted((a, b) => logit(first, b) - logit(first, a)).slice(0, Math.ceil(windows.length / 4));
  return trainLogistic(balanced(examples(attacks, telling, 1), harmless), BUCKETS, SECOND, seeded(2));
};

/** Lowest threshold at which the false-positive rate, as a mean over the harmless sets, is at most `rate`. */
const thresholdAt = (rate: number, documents: readonly Document[], scores: readonly number[]): number => {
  const harmless = documents.flatMap(({ set, isAttack }, i) =>
    isAttack || CARRIERS.has(set) ? [] : [{ set, score: scores[i] ?? 0 }],
  );
  const sizes = countBy(harmless, ({ set }) => set);
  let flagged = 0;
  for (const { set, score } of harmless.toSorted((a, b) => b.score - a.score)) {
    flagged += 1 / (sizes.get(set) ?? 1) / sizes.size;
    if (flagged > rate) return score;
  }
  return 0;
};

const shareAbove = (
  threshold: number,
  documents: readonly Document[],
  scores: readonly number[],
  set: string,
): string => {
  const chosen = scores.filter((_, i) => documents[i]?.set === set);
  return (chosen.filter((score) => score > threshold).length / Math.max(1, chosen.length)).toFixed(3);
};

const crossValidate = (documents: readonly Document[]): void => {
  const scores = documents.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fit(documents.filter((document) => document.fold !== fold));
    documents.forEach((document, i) => {
      if (document.fold === fold) scores[i] = scoreOf(model, document);
    });
  }
  const thresholds = [...RATES.map((rate) => thresholdAt(rate, documents, scores)), ...IN_USE];
  console.log(`${FOLDS}-fold cross-validation: share flagged ${COLUMNS}`);
  console.log(`  log-odds                ${thresholds.map((threshold) => threshold.toFixed(2)).join('  ')}`);
  for (const [set, size] of countBy(documents, ({ set }) => set))
    console.log(
      `  ${set.padEnd(14)} ${String(size).padStart(6)}   ${thresholds.map((t) => shareAbove(t, documents, scores, set)).join(' ')}`,
    );
};

/** The threshold is set on a fold of the other sets that was left out as well. */
const leaveOut = (documents: readonly Document[], set: string): void => {
  const model = fit(documents.filter((document) => document.set !== set && document.fold !== 0));
  const rest = documents.filter((document) => document.set !== set && document.fold === 0);
  const restScores = rest.map((document) => scoreOf(model, document));
  const left = documents.filter((document) => document.set === set);
  const scores = left.map((document) => scoreOf(model, document));
  const thresholds = [...RATES.map((rate) => thresholdAt(rate, rest, restScores)), ...IN_USE];
  const shares = thresholds.map((threshold) => shareAbove(threshold, left, scores, set));
  console.log(`  ${set.padEnd(21)}   ${shares.join(' ')}`);
};

const main = (argv: readonly string[]): number => {
  const data = argv[argv.indexOf('--data') + 1];
  if (!argv.includes('--data') || data === undefined) {
    console.log(
      'usage: npm run train -- --data DIR [--write]   (DIR holds injection/ and the other sets of `npm run eval`)',
    );
    return 0;
  }
  const begin = performance.now();
  const documents = prepare(data);
  console.log(`${documents.length} texts, ${countBy(documents, ({ group }) => group).size} groups of near-copies`);
  if (!argv.includes('--fit-only')) {
    crossValidate(documents);
    console.log('learnt without a set: share of it flagged, likewise');
    for (const set of LEFT_OUT) leaveOut(documents, set);
  }
  if (argv.includes('--write')) writeFileSync(WEIGHTS, weightsFile(quantised(fit(documents)), featureDigest()));
  console.log(`${((performance.now() - begin) / 1000).toFixed(0)} s`);
  return 0;
};

if (require.main === module) process.exitCode = main(process.argv.slice(2));
