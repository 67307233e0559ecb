import { lowered, withinMilliseconds } from '../common/linear-regexp';
import type { Match } from '../detection/detection.service';
import type { OwnPattern } from './policy';

/** Kind of what could not be searched in the time there is: whatever the patterns look for may stand there. */
export const UNSEARCHED = 'unsearched';
const UNSEARCHED_PLACEHOLDER = '[NOT-SEARCHED]';

/** Milliseconds that own patterns may still take for one value, all its texts together. It only runs down. */
export interface Allowance {
  leftMs: number;
}
/** A third of the 100 ms that nothing may keep the process from its other work: on a busy machine it is taken twice. */
export const newAllowance = (): Allowance => ({ leftMs: 30 });

export interface OwnMatch {
  type: OwnPattern['type'];
  match: Match;
}

/** Characters times instructions that are searched without a watch: a watch costs some 30 µs. */
const WITHOUT_WATCH = 20_000;
/** Matches of one pattern in one text; the rest of such a text counts as not searched. */
const MOST_MATCHES = 1_000;

const toMatch =
  ({ id, severity, placeholder }: Pick<OwnPattern, 'id' | 'severity' | 'placeholder'>) =>
  (text: string, start: number, end: number, confidence: number): Match => ({
    detector: id,
    kind: id,
    label: undefined,
    severity,
    start,
    end,
    value: text.slice(start, end),
    confidence,
    placeholder,
    isExample: false,
  });
const unsearched = toMatch({ id: UNSEARCHED, severity: 'medium', placeholder: UNSEARCHED_PLACEHOLDER });

/** Searches texts for the user's own patterns, in linear time and never for longer than there is. */
export class OwnPatterns {
  private readonly size: number;
  private readonly types: ReadonlySet<OwnPattern['type']>;

  constructor(private readonly patterns: readonly OwnPattern[]) {
    this.size = patterns.reduce((sum, { pattern }) => sum + pattern.size, 0);
    this.types = new Set(patterns.map(({ type }) => type));
  }

  /** Matches in no particular order; they may overlap. What could not be searched in time is one more for
   * each type of pattern, of kind `unsearched`. */
  search(text: string, allowance: Allowance): OwnMatch[] {
    const found: OwnMatch[] = [];
    if (text === '' || this.patterns.length === 0) return found;
    const folded = lowered(text);
    /** Where each pattern has come to, so that work that is broken off is not lost. */
    let at = 0;
    let reached = text.length;
    const work = (): void => {
      for (; at < this.patterns.length; at++) {
        const pattern = this.patterns[at];
        if (!pattern) continue;
        const located = locate(pattern, text, folded);
        found.push(...located.matches);
        reached = Math.min(reached, located.reached);
      }
    };
    const started = performance.now();
    const mend = (): void => this.patterns[at]?.pattern.renew();
    // Many small texts, each searched without a watch, could otherwise take as long as they like.
    if (allowance.leftMs <= 0) reached = 0;
    else if (text.length * this.size <= WITHOUT_WATCH) work();
    else if (!withinMilliseconds(allowance.leftMs, work, mend)) reached = 0;
    allowance.leftMs -= performance.now() - started;
    if (reached < text.length)
      for (const type of this.types) found.push({ type, match: unsearched(text, reached, text.length, 0) });
    return found;
  }
}

/** What the pattern finds, and how far it has searched. */
const locate = (own: OwnPattern, text: string, folded: string): { matches: OwnMatch[]; reached: number } => {
  const { pattern, type } = own;
  const matches: OwnMatch[] = [];
  if (!pattern.mayBeIn(folded) || !pattern.isIn(text)) return { matches, reached: text.length };
  const match = toMatch(own);
  for (const { start, end } of pattern.places(text)) {
    matches.push({ type, match: match(text, start, end, 1) });
    if (matches.length === MOST_MATCHES) return { matches, reached: end };
  }
  return { matches, reached: text.length };
};
