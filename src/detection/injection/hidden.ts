import { type InjectionMatch, isGraver } from './match';

/** Spelling tricks leave an attack what it is; a coding makes it an encoded instruction. */
const SPELLINGS: ReadonlySet<string> = new Set(['leetspeak', 'spacing', 'joined', 'look_alikes']);

/** Found at the same place for the same reasons. */
const isSame = (one: InjectionMatch, other: InjectionMatch): boolean =>
  one.start < other.end && other.start < one.end && other.signals.every((signal) => one.signals.includes(signal));

const asHidden = (match: InjectionMatch, hiddenIn: readonly string[]): InjectionMatch => {
  const coding = hiddenIn.find((id) => !SPELLINGS.has(id));
  return {
    ...match,
    ...(coding !== undefined && { type: 'EncodedInstruction' as const, detector: `encoded_${coding}` }),
    confidence: Math.max(match.confidence, 0.9),
    signals: [...hiddenIn, ...match.signals],
  };
};

/** What several rules find at the same place of a coded text is one match, as grave as the gravest. */
const add = (found: InjectionMatch[], match: InjectionMatch): void => {
  const same = found.findIndex(
    ({ detector, start, end }) => detector === match.detector && start === match.start && end === match.end,
  );
  const other = found[same];
  if (!other) found.push(match);
  else if (match.detector.startsWith('encoded_'))
    found[same] = {
      ...(isGraver(match.severity, other.severity) ? match : other),
      signals: [...new Set([...other.signals, ...match.signals])],
    };
};

/** Adds what another reading of a text shows to what is found already, unless that says the same. */
export const addHidden = (
  found: InjectionMatch[],
  matches: readonly InjectionMatch[],
  hiddenIn: readonly string[],
): void => {
  const before = [...found];
  for (const match of matches) if (!before.some((other) => isSame(other, match))) add(found, asHidden(match, hiddenIn));
};
