import { Detection, type InjectionMatch, type ScanOptions } from '../../src/detection/detection.service';
import { PERTURBATIONS } from './generated-perturbations';
import { ATTACKS, HARMLESS } from './injection-sets';
import { type EvalOptions, itemMeasures, type Measures, type Row, shareOf, timed } from './report';

const detection = new Detection();
const find = (text: string, options: ScanOptions): InjectionMatch[] =>
  detection.scan(text, { pii: false, secrets: false, ...options }).injection;
const isFlagged = (text: string, options: ScanOptions = { set: 'relaxed' }): boolean => find(text, options).length > 0;
/** A goal is blocked when what is left of a match after its context is critical. */
const isBlocked = (text: string): boolean =>
  find(text, { set: 'standard' }).some(({ severity }) => severity === 'critical');

/** Ways to ask besides the widest set: what a server with default settings flags and blocks, and what it says of tool output. */
const MODES: readonly (readonly [name: string, verdict: (text: string) => boolean])[] = [
  ['standard set', (text) => isFlagged(text, { set: 'standard' })],
  ['standard set, blocked', isBlocked],
  ['as untrusted text', (text) => isFlagged(text, { trust: 'untrusted' })],
];

const show = (text: string, isAttack: boolean, name: string): void => {
  const matches = find(text, { set: 'relaxed' });
  const reasons = matches.map((m) => `${m.detector}(${m.signals.join('+')}):${m.value.slice(0, 80)}`);
  console.log(isAttack ? 'miss' : 'alarm', name, reasons.join(' | '), '::', JSON.stringify(text.slice(0, 300)));
};

const setRows = (data: string, { verbose }: EvalOptions): Row[] =>
  [...ATTACKS, ...HARMLESS].flatMap(({ name, isAttack, bound, load }) => {
    const items = load(data);
    if (!items) return [];
    const { results, timing } = timed(items, (text) => isFlagged(text));
    if (verbose) items.forEach((text, i) => results[i] !== isAttack && show(text, isAttack, name));
    const measure = isAttack ? 'recall' : 'falsePositives';
    const measures = (share: number): Measures => ({ [measure]: share });
    return [
      {
        set: `injection: ${name}`,
        items: items.length,
        timing,
        ...measures(shareOf(results, Boolean)),
        ...(bound !== undefined && { targets: [{ measure, ...(isAttack ? { atLeast: bound } : { atMost: bound }) }] }),
      } satisfies Row,
      ...MODES.map(([mode, verdict]): Row => {
        const modal = timed(items, verdict);
        return {
          set: `  ${mode}`,
          items: items.length,
          timing: modal.timing,
          ...measures(shareOf(modal.results, Boolean)),
        };
      }),
    ];
  });

/** The large harmless sets would take most of the run's time and say the same. */
const MOST_PERTURBED = 400;

const perturbedRows = (data: string): Row[] => {
  const [attacks, harmless] = [ATTACKS.slice(0, 2), HARMLESS].map((sets) =>
    sets.flatMap(({ load }) => load(data)?.slice(0, MOST_PERTURBED) ?? []),
  );
  if (!attacks?.length || !harmless?.length) return [];
  return PERTURBATIONS.map(({ name, apply }): Row => {
    const bad = timed(attacks.map(apply), (text) => isFlagged(text));
    const good = harmless.map((text) => isFlagged(apply(text)));
    return {
      set: `injection, ${name}`,
      items: attacks.length + harmless.length,
      timing: bad.timing,
      ...itemMeasures(bad.results, good),
    };
  });
};

export const injectionRows = (data: string, options: EvalOptions): Row[] => [
  ...setRows(data, options),
  ...perturbedRows(data),
];
