import type { CriterionResult } from '../../../contracts/outcome';
import type { Check, Finding, Subject } from './check';
import { CODE_CHECKS } from './code-checks';
import { FORMAT_CHECKS } from './format-checks';
import { isNegated, OPTIONAL_AFTER } from './negation';
import { TEXT_CHECKS } from './text-checks';

const CHECKS: readonly Check[] = [...TEXT_CHECKS, ...FORMAT_CHECKS, ...CODE_CHECKS];

/** Words that change nothing about what is asked. Any other word that no check understood keeps a criterion open. */
const FILLER = new Set(
  (
    'a an the it its this that there and or also but is are be been has have having had must should shall will can could may need needs needed required ' +
    'include includes included including contain contains containing provide provides provided add adds added write writes written use uses used using make makes makes ' +
    'with in of for to on by as all each every any some code function functions program solution implementation output result results response answer public please ensure sure proper ' +
    'no not without avoid never do does don dont t forbidden allowed prohibited permitted disallowed'
  ).split(' '),
);

interface Seen {
  finding: Finding;
  negated: boolean;
  absenceDecides: boolean;
}

/**
 * Decides a criterion without a model, or not at all. It passes only if every word of it was understood: a docstring alone does
 * not prove *a docstring that explains the complexity*.
 */
export const decideCriterion = (criterion: string, subject: Subject): CriterionResult | undefined => {
  const seen: Seen[] = [];
  let rest = criterion;
  for (const check of CHECKS) {
    const asked = check.asks.exec(rest);
    if (!asked) continue;
    if (OPTIONAL_AFTER.test(criterion.slice(asked.index + asked[0].length))) return undefined;
    const finding = check.look(subject, asked);
    if (!finding) continue;
    const negated = isNegated(rest, asked.index, asked[0].length);
    seen.push({ finding, negated, absenceDecides: check.absenceDecides ?? false });
    // Blanked and not cut, so that positions stay those of the criterion.
    rest = rest.slice(0, asked.index) + ' '.repeat(asked[0].length) + rest.slice(asked.index + asked[0].length);
  }
  return seen.length === 0 ? undefined : combine(criterion, seen, isUnderstood(rest));
};

const isUnderstood = (rest: string): boolean =>
  (rest.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => FILLER.has(word));

const combine = (criterion: string, seen: readonly Seen[], understood: boolean): CriterionResult | undefined => {
  const explanation = seen.map(({ finding }) => finding.because).join(' ');
  const result = (state: CriterionResult['state']): CriterionResult => ({ criterion, state, explanation });
  const states = seen.map(({ finding: { holds }, negated }) => (holds === 'unproven' ? holds : holds !== negated));
  const alternatives = seen.length > 1 && /\bor\b/i.test(criterion);
  if (alternatives && /\band\b/i.test(criterion)) return undefined;

  const missing = seen.some(
    ({ finding, negated, absenceDecides }) => absenceDecides && !negated && finding.holds === false,
  );
  if (missing && !alternatives) return result('failed');
  if (!understood) return undefined;
  const passed = alternatives ? states.includes(true) : states.every((state) => state === true);
  if (passed) return result('passed');
  const failed = alternatives ? states.every((state) => state === false) : states.includes(false);
  return result(failed ? 'failed' : 'unknown');
};
