import { INAPPROPRIATE } from './content/inappropriate';
import { MALICIOUS } from './content/malicious';
import type { Detector } from './core/detector';
import { INJECTION } from './injection/rules';
import { buildLocator } from './core/locate';
import { PII } from './pii/detectors';
import { scanInjection } from './injection/scan';
import { SECRETS } from './secrets/detectors';

const table = <T extends { id: string; positives: readonly string[]; negatives: readonly string[] }>(
  things: readonly T[],
  polarity: 'positives' | 'negatives',
): [id: string, text: string, thing: T][] =>
  things.flatMap((thing) => thing[polarity].map((text): [string, string, T] => [thing.id, text, thing]));

const DETECTORS: readonly Detector[] = [...PII, ...SECRETS, ...MALICIOUS, ...INAPPROPRIATE];

describe('detectors', () => {
  it('have unique ids and examples of both kinds', () => {
    expect(new Set(DETECTORS.map(({ id }) => id)).size).toBe(DETECTORS.length);
    expect(DETECTORS.filter(({ positives, negatives }) => positives.length === 0 || negatives.length === 0)).toEqual(
      [],
    );
  });

  it.each(table(DETECTORS, 'positives'))('%s finds exactly the marked part of %j', (_, marked, detector) => {
    const start = marked.indexOf('«');
    const value = marked.slice(start + 1, marked.indexOf('»'));
    const text = marked.replace('«', '').replace('»', '');
    const minConfidence = detector.id === 'card_shape' ? 0.7 : 0.8;
    expect(buildLocator([detector])(text, { minConfidence })).toEqual([
      expect.objectContaining({ detector: detector.id, value, start, end: start + value.length }),
    ]);
  });

  it.each(table(DETECTORS, 'negatives'))('%s leaves %j alone', (_, text, detector) => {
    expect(buildLocator([detector])(text)).toEqual([]);
  });

  it.each(PII.map((detector): [string, Detector] => [detector.id, detector]))(
    '%s keeps its marked value among all others',
    (_, detector) => {
      const findAll = buildLocator(PII);
      for (const marked of detector.positives) {
        const value = marked.slice(marked.indexOf('«') + 1, marked.indexOf('»'));
        const found = findAll(marked.replace('«', '').replace('»', ''), { minConfidence: 0.7 });
        expect(found.map((match) => [match.kind, match.value])).toContainEqual([detector.kind, value]);
      }
    },
  );
});

describe('injection rules', () => {
  const firing = (text: string): string[] =>
    scanInjection(text, { set: 'relaxed', trust: 'user' }).map(({ detector }) => detector);

  it('have unique ids and examples of both kinds', () => {
    expect(new Set(INJECTION.map(({ id }) => id)).size).toBe(INJECTION.length);
    expect(INJECTION.filter(({ positives, negatives }) => positives.length === 0 || negatives.length === 0)).toEqual(
      [],
    );
  });

  it.each(table(INJECTION, 'positives'))('%s fires on %j', (id, text) => {
    expect(firing(text)).toContain(id);
  });

  it.each(table(INJECTION, 'negatives'))('%s does not fire on %j', (id, text) => {
    expect(firing(text)).not.toContain(id);
  });
});

describe('the shortest thing that can be found', () => {
  it.each(DETECTORS.map((detector): [string, Detector] => [detector.id, detector]))(
    '%s needs at least four characters',
    (_, { positives }) => {
      for (const marked of positives) expect(marked.replace(/[«»]/g, '').length).toBeGreaterThanOrEqual(4);
    },
  );
});
