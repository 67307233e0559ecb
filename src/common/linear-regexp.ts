import { Script, createContext } from 'node:vm';
import { RE2JS, RE2JSException } from 're2js';
import { UserError } from './errors';

/**
 * Patterns of other people, in linear time: JavaScript's own engine takes seconds for some patterns of ten characters and would
 * stand still meanwhile, with everything else. Linear is not yet fast: one step for each character and each instruction of the
 * pattern's program. What may take long is therefore broken off.
 */

const MOST_TRIES = 2;

const room: { work?: () => void } = createContext({});
const call = new Script('work()');

const millisecondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

/**
 * Does work that may be broken off anywhere, and says whether it was done; `mend` puts right what a half-done piece may have
 * spoilt. A machine that is busy with something else is no reason to give up: then it is tried once more.
 */
export const withinMilliseconds = (limitMs: number, work: () => void, mend: () => void): boolean => {
  for (let tries = 1; ; tries++) {
    const before = process.cpuUsage();
    try {
      room.work = work;
      call.runInContext(room, { timeout: Math.max(1, Math.ceil(limitMs)) });
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      mend();
      if (tries === MOST_TRIES || millisecondsOf(process.cpuUsage(before)) >= limitMs / 2) return false;
    }
  }
};

const NO_BACK_REFERENCES = 'back-references cannot be searched in linear time';

/** Why the engine refuses a pattern, for whoever wrote it. */
const refusal = (pattern: string, error: RE2JSException): string => {
  if (/\(\?<?[=!]/.test(pattern)) return 'look-ahead and look-behind cannot be searched in linear time';
  if (/\\[1-9]/.test(pattern)) return NO_BACK_REFERENCES;
  return error.message.replace(/^error parsing regexp: /, '');
};

/** A pattern in the syntax of JavaScript. */
export class LinearPattern {
  private re2: RE2JS;

  private constructor(
    private readonly source: string,
    private readonly flags: number,
    private readonly needs: Needs | undefined,
  ) {
    this.re2 = RE2JS.compile(source, flags);
  }

  /** Errors: `UserError` `validation_error` with the reason alone: look-around, a back-reference, a fault in the syntax. */
  static compile(pattern: string, { ignoreCase = false }: { ignoreCase?: boolean } = {}): LinearPattern {
    // The engine would take it for the letter k.
    if (/(?<!\\)(?:\\\\)*\\k</.test(pattern)) throw new UserError('validation_error', NO_BACK_REFERENCES);
    try {
      const source = RE2JS.translateRegExp(pattern);
      if (!ignoreCase) return new LinearPattern(source, 0, undefined);
      return new LinearPattern(source, RE2JS.CASE_INSENSITIVE, needsOf(RE2JS.compile(source)));
    } catch (error) {
      if (error instanceof RE2JSException) throw new UserError('validation_error', refusal(pattern, error));
      throw error;
    }
  }

  /** Instructions of its program: with the length of a text, what searching it may cost. */
  get size(): number {
    return this.re2.programSize();
  }

  /** Forgets what it has learnt from texts so far; for when it was broken off while it learnt. */
  renew(): void {
    this.re2 = RE2JS.compile(this.source, this.flags);
  }

  isIn(text: string): boolean {
    return this.re2.test(text);
  }

  /** Whether searching the text is worth it; cheap. `lowered` is the text as `lowered` gives it. */
  mayBeIn(lowered: string): boolean {
    return this.needs === undefined || holds(this.needs, lowered);
  }

  /** The next match that is not empty, in UTF-16 code units, for each time it is asked. */
  *places(text: string): Generator<{ start: number; end: number }> {
    const matcher = this.re2.matcher(text);
    while (matcher.find()) if (matcher.end() > matcher.start()) yield { start: matcher.start(), end: matcher.end() };
  }
}

/** Literals without which a pattern cannot match: one, all of several, or any of several. */
type Needs = { literal: string } | { all: readonly Needs[] } | { any: readonly Needs[] };

/** What the engine finds out about a pattern for itself, and does not use where case is ignored. */
interface Prefilter {
  type: number;
  str: string;
  subs: readonly Prefilter[];
}
const [EXACT, ALL, ANY] = [1, 2, 3];

const readNeeds = ({ type, str, subs }: Prefilter): Needs | undefined => {
  // Beyond ASCII, letters have more than two cases.
  if (type === EXACT) return /^[\0-\x7f]+$/.test(str) ? { literal: str.toLowerCase() } : undefined;
  const inner = subs.map(readNeeds);
  const known = inner.filter((one) => one !== undefined);
  if (type === ALL && known.length > 0) return { all: known };
  return type === ANY && known.length === inner.length ? { any: known } : undefined;
};

const needsOf = (exact: RE2JS): Needs | undefined => {
  const { prefilter } = exact.re2() as unknown as { prefilter: Prefilter | null };
  return prefilter === null ? undefined : readNeeds(prefilter);
};

const holds = (needs: Needs, lowered: string): boolean => {
  if ('literal' in needs) return lowered.includes(needs.literal);
  return 'all' in needs ? needs.all.every((one) => holds(one, lowered)) : needs.any.some((one) => holds(one, lowered));
};

/** The text as `mayBeIn` wants it. The long s and the Kelvin sign count as s and k where case is ignored. */
export const lowered = (text: string): string => text.toLowerCase().replaceAll('ſ', 's');
