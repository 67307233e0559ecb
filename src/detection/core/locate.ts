import { atLeast, type Detector, type Judgement, type Match, REPORTED_FROM } from './detector';
import { isExample } from './examples';
import { buildSightings, type Ranges } from './gate';
import type { Reach } from './reach';
import { WindowedPattern } from './windows';

const BEFORE = 60;
const AFTER = 60;
/** Half of what confidences are rounded to. */
const ROUNDING = 0.005;

/** Values of one detector that a scan remembers its judgement of: a long list repeats few of them, or none. */
const MOST_REMEMBERED = 64;

interface Compiled {
  detector: Detector;
  pattern: WindowedPattern;
  /** How far from a match one of its hints may stand. */
  reach: Reach;
  /** The same pattern as others have, e.g. for any sentence: it is searched for once, and a match holds a hint. */
  isShared: boolean;
  nearBy: RegExp | undefined;
}

const compile = (detector: Detector, pattern: WindowedPattern, isShared: boolean): Compiled => {
  const { behind, ahead } = pattern.reach;
  // Without a word near by such a shape is nothing: its hints are those words.
  const isByContext = detector.hints.some((hint) => detector.context.includes(hint));
  return {
    detector,
    pattern,
    isShared,
    reach: isByContext ? { behind: behind + BEFORE, ahead: ahead + AFTER } : pattern.reach,
    nearBy: detector.context.length === 0 ? undefined : new RegExp(`(?<![a-z])(?:${detector.context.join('|')})`, 'i'),
  };
};

const hasContext = (text: string, start: number, end: number, nearBy: RegExp): boolean =>
  nearBy.test(text.slice(Math.max(0, start - BEFORE), start)) || nearBy.test(text.slice(end, end + AFTER));

const UNCHECKED: Judgement = { confidence: 0.9 };

/** A detector's own check; of a value that the text repeats it is asked once. */
class Judge {
  private known: Map<string, Judgement> | undefined;

  constructor(private readonly check: Detector['check']) {}

  of(candidate: string): Judgement {
    if (this.check === undefined) return UNCHECKED;
    const before = this.known?.get(candidate);
    if (before !== undefined) return before;
    const judgement = this.check(candidate);
    this.known ??= new Map();
    if (this.known.size < MOST_REMEMBERED) this.known.set(candidate, judgement);
    return judgement;
  }
}

/** What is searched, and what for. */
interface Search {
  text: string;
  minConfidence: number;
  found: Match[];
}

/** Reports the candidate from `start` to `to` if it is what the detector looks for. */
const judgeCandidate = (
  { detector, nearBy }: Compiled,
  judge: Judge,
  { text, minConfidence, found }: Search,
  start: number,
  to: number,
): void => {
  const candidate = text.slice(start, to);
  const { confidence, length = candidate.length } = judge.of(candidate);
  // A word near by adds a tenth; where that would not be enough, nobody looks for it.
  if (confidence === 0 || confidence + 0.1 < minConfidence - ROUNDING) return;
  const end = start + length;
  const isBoosted = confidence < 1 && nearBy !== undefined && hasContext(text, start, end, nearBy);
  const sure = Math.round((isBoosted ? confidence + 0.1 : confidence) * 100) / 100;
  if (sure < minConfidence) return;
  const value = text.slice(start, end);
  found.push({
    detector: detector.id,
    kind: detector.kind,
    label: detector.label,
    severity: detector.severity,
    start,
    end,
    value,
    confidence: sure,
    placeholder: detector.placeholder,
    isExample: isExample(detector.kind, value),
  });
};

const searchOwn = (entry: Compiled, begins: Ranges | undefined, search: Search): void => {
  const judge = new Judge(entry.detector.check);
  entry.pattern.search(search.text, begins, (hit, offset) => {
    const [from, to] = hit.indices?.groups?.['value'] ?? [hit.index, hit.index + hit[0].length];
    judgeCandidate(entry, judge, search, offset + from, offset + to);
    return false;
  });
};

/** Beginnings and ends of all matches of a pattern. */
const spansOf = (pattern: WindowedPattern, text: string): number[] => {
  const spans: number[] = [];
  pattern.search(text, undefined, (hit, offset) => {
    spans.push(offset + hit.index, offset + hit.index + hit[0].length);
    return false;
  });
  return spans;
};

const outranks = (a: Match, b: Match): boolean =>
  a.severity !== b.severity
    ? atLeast(a.severity, b.severity)
    : a.confidence !== b.confidence
      ? a.confidence > b.confidence
      : a.end - a.start > b.end - b.start;

/** Of matches that overlap, the gravest, then the surest, then the longest stays. The result is in order of position. */
export const withoutOverlaps = (matches: readonly Match[]): Match[] => {
  const kept: Match[] = [];
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || match.start >= last.end) kept.push(match);
    else if (outranks(match, last)) kept[kept.length - 1] = match;
  }
  return kept;
};

export interface LocateOptions {
  /** Least confidence to report; `REPORTED_FROM` when absent. */
  minConfidence?: number;
  /** Which detectors take part; all when absent. */
  only?: (detector: Detector) => boolean;
}

/** Builds the finder for a group of detectors: one pass decides which of them can hit, and only those search. */
export const buildLocator = (detectors: readonly Detector[]): ((text: string, options?: LocateOptions) => Match[]) => {
  const patterns = new Map(detectors.map(({ pattern }) => [pattern, new WindowedPattern(pattern)]));
  const compiled = detectors.map((detector) => {
    const uses = detectors.filter(({ pattern }) => pattern === detector.pattern).length;
    return compile(detector, patterns.get(detector.pattern) ?? new WindowedPattern(detector.pattern), uses > 1);
  });
  const look = buildSightings(detectors.map((detector) => detector.hints));
  return (text, { minConfidence = REPORTED_FROM, only = () => true } = {}) => {
    const seen = look(text);
    const search: Search = { text, minConfidence, found: [] };
    const shared = new Map<WindowedPattern, number[]>();
    compiled.forEach((entry, i) => {
      if (!seen.isPossible(i) || !only(entry.detector)) return;
      if (!entry.isShared) {
        searchOwn(entry, seen.begins(i, entry.reach), search);
        return;
      }
      const spans = shared.get(entry.pattern) ?? spansOf(entry.pattern, text);
      shared.set(entry.pattern, spans);
      const judge = new Judge(entry.detector.check);
      for (let k = 0; k < spans.length; k += 2) {
        const [start, end] = [spans[k] ?? 0, spans[k + 1] ?? 0];
        if (seen.isIn(i, start, end)) judgeCandidate(entry, judge, search, start, end);
      }
    });
    return withoutOverlaps(search.found);
  };
};
