import { atLeast, type Detector, type Match, REPORTED_FROM } from './detector';
import { isExample } from './examples';
import { buildGate } from './gate';

const BEFORE = 60;
const AFTER = 60;

interface Compiled {
  detector: Detector;
  nearBy: RegExp | undefined;
}

const compile = (detector: Detector): Compiled => ({
  detector,
  nearBy: detector.context.length === 0 ? undefined : new RegExp(`(?<![a-z])(?:${detector.context.join('|')})`, 'i'),
});

const hasContext = (text: string, start: number, end: number, nearBy: RegExp | undefined): boolean =>
  nearBy !== undefined &&
  (nearBy.test(text.slice(Math.max(0, start - BEFORE), start)) || nearBy.test(text.slice(end, end + AFTER)));

function* candidates({ detector, nearBy }: Compiled, text: string): Generator<Match> {
  for (const hit of text.matchAll(detector.pattern)) {
    const [from, to] = hit.indices?.groups?.['value'] ?? [hit.index, hit.index + hit[0].length];
    const candidate = text.slice(from, to);
    const { confidence, length = candidate.length } = detector.check?.(candidate) ?? { confidence: 0.9 };
    if (confidence === 0) continue;
    const end = from + length;
    const boosted = confidence < 1 && hasContext(text, from, end, nearBy) ? confidence + 0.1 : confidence;
    const value = text.slice(from, end);
    yield {
      detector: detector.id,
      kind: detector.kind,
      label: detector.label,
      severity: detector.severity,
      start: from,
      end,
      value,
      confidence: Math.round(boosted * 100) / 100,
      placeholder: detector.placeholder,
      isExample: isExample(detector.kind, value),
    };
  }
}

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
  const compiled = detectors.map(compile);
  const gate = buildGate(detectors.map((detector) => detector.hints));
  return (text, { minConfidence = REPORTED_FROM, only = () => true } = {}) => {
    const possible = gate(text);
    const found: Match[] = [];
    compiled.forEach((entry, i) => {
      if (possible[i] !== 1 || !only(entry.detector)) return;
      for (const match of candidates(entry, text)) if (match.confidence >= minConfidence) found.push(match);
    });
    return withoutOverlaps(found);
  };
};
