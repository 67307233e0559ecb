import { RuleExamples } from '../detection/detection.module';
import { Detection } from '../detection/detection.service';
import { WarmUp } from './warm-up.service';

const LONG_MS = 60_000;

describe('WarmUp', () => {
  const examples = new RuleExamples();
  const detection = new Detection();
  const warmUp = new WarmUp(detection, examples);
  const scans = jest.spyOn(detection, 'scan');
  const scanned = (): string[] => scans.mock.calls.map(([text]) => text);

  beforeEach(() => {
    jest.useFakeTimers();
    scans.mockClear();
  });
  afterEach(() => jest.useRealTimers());

  it('tries every rule once, none before the start is over', () => {
    warmUp.onApplicationBootstrap();
    expect(scanned()).toEqual([]);
    jest.advanceTimersByTime(LONG_MS);
    expect(scanned()).toEqual(examples.texts);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('finds something in each of its texts, without the marks of the examples', () => {
    const looks = examples.texts.map((text) => ({
      text,
      found: detection.scan(text, { content: true, set: 'relaxed', trust: 'untrusted', minConfidence: 0.7 }),
    }));
    const idle = looks.filter(({ found }) => Object.values(found).every((matches: unknown[]) => matches.length === 0));
    expect(idle.map(({ text }) => text)).toEqual([]);
    expect(examples.texts.join('')).not.toMatch(/[«»]/);
  });

  it('stops when the server does', () => {
    warmUp.onApplicationBootstrap();
    jest.advanceTimersToNextTimer(3);
    warmUp.onModuleDestroy();
    jest.advanceTimersByTime(LONG_MS);
    expect(scanned()).toEqual(examples.texts.slice(0, 3));
  });
});
