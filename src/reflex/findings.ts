import type { CachedInspection, FindingSeverity, FoundAttempt, FoundValue } from '../contracts/inspection';
import type { InjectionMatch, Match } from '../detection/detection.service';

/** What is remembered of a text. */
export type Places = Pick<CachedInspection, 'pii' | 'injection' | 'risk'>;
const AROUND = 30;
const SCORES: Readonly<Record<FindingSeverity, number>> = { low: 2, medium: 5, high: 7, critical: 9 };

/** A tenth of the score of the gravest attempt, times how sure that one is; 0 without any. */
export const riskOf = (attempts: readonly Pick<FoundAttempt, 'severity' | 'confidence'>[]): number => {
  let worst = { score: 0, confidence: 0 };
  for (const { severity, confidence } of attempts) {
    const score = SCORES[severity];
    if (score > worst.score || (score === worst.score && confidence > worst.confidence)) worst = { score, confidence };
  }
  return Math.round(worst.score * worst.confidence * 10) / 100;
};

/** Picked one by one, so that nothing a detector may tell one day is remembered unasked. */
const placeOf = (match: Match): Places['pii'][number] => ({
  detector: match.detector,
  kind: match.kind,
  label: match.label,
  severity: match.severity,
  start: match.start,
  end: match.end,
  confidence: match.confidence,
  placeholder: match.placeholder,
  isExample: match.isExample,
});
const attemptPlaceOf = (match: InjectionMatch): Places['injection'][number] => ({
  detector: match.detector,
  type: match.type,
  severity: match.severity,
  start: match.start,
  end: match.end,
  confidence: match.confidence,
  context: match.context,
  signals: match.signals,
});

/** Of a value within another one only the outer is told: the user in a connection string is no address of its own. */
const withoutInner = (matches: readonly Match[]): Match[] => {
  const kept: Match[] = [];
  let reached = 0;
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (match.end <= reached) continue;
    kept.push(match);
    reached = match.end;
  }
  return kept;
};

/** What detection found as it is remembered: without the values. */
export const toPlaces = (values: readonly Match[], attempts: readonly InjectionMatch[]): Places => ({
  pii: withoutInner(values).map(placeOf),
  injection: attempts.map(attemptPlaceOf),
  risk: riskOf(attempts),
});

/** Cuts the values out of the text the places were found in. */
export const fromPlaces = (
  text: string,
  places: Places,
): { pii: FoundValue[]; injection: FoundAttempt[]; risk: number } => ({
  pii: places.pii.map((place) => ({
    ...place,
    value: text.slice(place.start, place.end),
    // The cut may halve a surrogate pair.
    context: text.slice(Math.max(0, place.start - AROUND), place.end + AROUND).toWellFormed(),
  })),
  injection: places.injection.map((place) => ({ ...place, value: text.slice(place.start, place.end) })),
  risk: places.risk,
});
