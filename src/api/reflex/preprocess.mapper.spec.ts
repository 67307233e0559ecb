import type { CleansedContext, Inspection } from '../../contracts/inspection';
import { toCacheStats, toCleared } from './cache.mapper';
import type { CachedAnswer } from '../../memory/answers/answers.service';
import type { AnsweredInspection } from './known-answers.service';
import type { PreprocessDto, ReflexQueryDto } from './preprocess.dto';
import { textOf, toAction, toContext, toPreprocessed, toPreprocessOptions } from './preprocess.mapper';

const NOW = new Date('2026-01-02T03:04:05Z');
const CLEAN: CleansedContext = {
  value: {},
  kinds: [],
  injectionDetected: false,
  isAttack: false,
  risk: 0,
  confidence: 0,
};
const inspection = (changes: Partial<Inspection> = {}): Inspection => ({
  decision: 'forward_to_orchestrator',
  pii: [],
  injection: [],
  isAttack: false,
  sanitized: 'text',
  risk: 0,
  confidence: 1,
  cacheKey: 'k',
  cacheHit: false,
  durationMs: 0.5,
  ...changes,
});
const ANSWER: CachedAnswer = {
  key: 'a',
  cachedAt: new Date(NOW.getTime() - 2_000),
  expiresAt: NOW,
  output: 'forty-two',
  confidence: 0.7,
  warnings: ['Nothing was run.'],
  citations: [],
};
const answered: AnsweredInspection = {
  ...inspection({ decision: 'cache_hit', confidence: 0.7, cachedAt: NOW }),
  answer: ANSWER,
};
const GREETING = { pattern: 'greeting', template: 'greeting_reply', text: 'Hello!' };
const handled = inspection({ decision: 'reflex_handled', reply: GREETING, confidence: 0.95 });

describe('the four bodies', () => {
  it.each<[PreprocessDto, string, boolean]>([
    [{ input_text: 'a' }, 'a', false],
    [{ input: 'b', context: {} }, 'b', false],
    [{ query: 'c', user_id: 'user_1' }, 'c', true],
    [{ goal: 'd' }, 'd', false],
    [{ input_text: null, query: 'c', user_id: 'user_1' }, 'c', true],
    [{ input_text: 'a', query: 'c' }, 'a', false],
  ])('%j is looked at as %j; critical personal data blocks: %s', (body, text, blocks) => {
    expect(textOf(body)).toBe(text);
    expect(toPreprocessOptions(body, 't').blockCriticalPii).toBe(blocks);
  });

  it('take a context as an object or a text', () => {
    expect([toContext({ a: 1 }), toContext('note'), toContext(null), toContext(undefined)]).toEqual([
      { a: 1 },
      { context: 'note' },
      {},
      {},
    ]);
  });
});

describe('/preprocess', () => {
  it('leaves out what is not there', () => {
    const body = toPreprocessed(inspection());
    expect(body.metadata).toEqual({ safety_check_passed: true });
    for (const field of ['cached_result', 'response']) expect(body).not.toHaveProperty(field);
  });

  it('adds what is in the context to what is in the text', () => {
    const context = { ...CLEAN, value: { a: '[EMAIL-REDACTED]' }, isAttack: true, injectionDetected: true, risk: 0.8 };
    const block = { reason: 'injection_detected' as const, patterns: ['context'] };
    const given = inspection({ decision: 'blocked', block, context: { ...context, kinds: ['email'] }, risk: 0.2 });
    expect(toPreprocessed({ ...given, cacheHit: true })).toMatchObject({
      decision: 'blocked',
      should_proceed: false,
      injection_detected: true,
      risk_score: 0.8,
      pii_types: ['email'],
      preprocessed_context: { a: '[EMAIL-REDACTED]' },
      metadata: { reason: 'injection_detected', blocked_patterns: ['context'], safety_check_passed: false },
      cached_result: { pii_detected: false, pii_types: [], injection_detected: false, risk_score: 0.2 },
    });
  });

  it('tells the answer of an earlier task, with its own key and age, before what inspection remembers', () => {
    expect(toPreprocessed(answered)).toMatchObject({
      decision: 'cache_hit',
      cache_hit: true,
      should_proceed: true,
      response: 'forty-two',
      confidence: 0.7,
      cached_result: { output: 'forty-two', confidence: 0.7, warnings: ['Nothing was run.'], citations: [] },
      metadata: { cache_key: 'a', cached_at: '2026-01-02T03:04:03.000Z', safety_check_passed: true },
    });
    expect(Object.keys(toPreprocessed(answered).cached_result ?? {})).toHaveLength(4);
  });

  it('answers at once and still lets go on', () => {
    expect(toPreprocessed(handled)).toMatchObject({
      decision: 'reflex_handled',
      response: 'Hello!',
      confidence: 0.95,
      should_proceed: true,
      metadata: { pattern: 'greeting', template: 'greeting_reply' },
    });
  });
});

describe('/reflex', () => {
  const query: ReflexQueryDto = { query: 'Hello' };
  const more = { hints: ['coder'], now: NOW };

  it('tells an instant reply with its age', () => {
    const cachedAt = new Date(NOW.getTime() - 1_500);
    expect(toAction(query, { ...handled, cachedAt }, more)).toEqual({
      action: 'CacheHit',
      response: 'Hello!',
      cached_at: '2026-01-02T03:04:03.500Z',
      cache_age_ms: 1_500,
    });
    expect(toAction(query, handled, more)).toMatchObject({ cached_at: NOW.toISOString(), cache_age_ms: 0 });
  });

  it('tells the answer of an earlier task', () => {
    expect(toAction(query, answered, more)).toEqual({
      action: 'CacheHit',
      response: 'forty-two',
      cached_at: '2026-01-02T03:04:03.000Z',
      cache_age_ms: 2_000,
    });
  });

  it('says that it was the context', () => {
    expect(toAction(query, inspection({ decision: 'blocked', context: { ...CLEAN, isAttack: true } }), more)).toEqual({
      action: 'Blocked',
      reason: expect.stringContaining('context'),
      violation_type: 'PromptInjection',
      matched_pattern: 'context',
    });
  });

  it('hands on with the hints', () => {
    expect(toAction(query, inspection(), more)).toMatchObject({
      action: 'PassThrough',
      sanitized_query: 'text',
      original_length: 5,
      routing_hints: ['coder'],
    });
  });
});

describe('/cache', () => {
  const statistics = { entries: 2, hits: 1, misses: 3, memoryBytes: 524_288, evictions: 4, evictionsLastHour: 3 };

  it('tells shares, and none before the first look-up', () => {
    expect(toCacheStats({ ...statistics, averageMs: 0.12345 })).toEqual({
      total_entries: 2,
      hit_rate: 0.25,
      miss_rate: 0.75,
      memory_usage_mb: 0.5,
      eviction_count: 4,
      evictions_last_hour: 3,
      avg_response_time_ms: 0.123,
    });
    expect(toCacheStats({ ...statistics, hits: 0, misses: 0, averageMs: 0 })).toMatchObject({
      hit_rate: 0,
      miss_rate: 0,
    });
  });

  it('counts answers with inspections', () => {
    const answers = { entries: 5, hits: 3, misses: 1, evictions: 2 };
    expect(toCacheStats({ ...statistics, averageMs: 1 }, answers)).toMatchObject({
      total_entries: 7,
      hit_rate: 0.5,
      miss_rate: 0.5,
      memory_usage_mb: 0.5,
      eviction_count: 6,
    });
  });

  it('counts what was cleared', () => {
    expect([toCleared(1).message, toCleared(0).message]).toEqual(['1 entry cleared', '0 entries cleared']);
  });
});
