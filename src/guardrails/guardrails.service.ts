import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { counter } from '../common/metrics';
import type { JsonValue } from '../contracts/json';
import type { Decision, Direction, Finding, FindingType } from '../contracts/verdict';
import { Detection, type InjectionMatch, type Match, type ScanOptions } from '../detection/detection.service';
import { type Found, foundIn, isExample } from './found';
import { hideEverywhere, type Hidden } from './hide-everywhere';
import { mapTexts } from './map-texts';
import { type Allowance, newAllowance } from './own-patterns';
import { Policies } from './policies.service';
import { isMadeUp, isProgram } from './program-fields';
import type { Ruling } from './policy';
import { Vault } from './vault';
import { Vaults } from './vaults.service';
import { decisionOf } from './verdict';

export { asSentence, findingName } from './finding-name';
export type { Found } from './found';
export { isMadeUp } from './program-fields';
export { toVerdict } from './verdict';

export interface ScreenOptions {
  direction: Direction;
  /** Whose vault holds what is hidden reversibly; without one such values get their placeholder. */
  taskId?: string;
  /** Also what the policy lets be is told in `hits`; false when absent. */
  withAllowed?: boolean;
  /** Looks for these alone; for all that makes sense in the direction when absent. */
  types?: readonly FindingType[];
}

/** Something found, with the value: for whoever screens, never to be stored or logged. */
export interface Hit {
  finding: Finding;
  match: Match | InjectionMatch;
  /** What the user wants told of what one of their own patterns finds. */
  message?: string;
}

export interface Screened<T> {
  /** With everything taken out that the policy wants out. The very same value when that is nothing. */
  value: T;
  decision: Decision;
  hits: Hit[];
}

const findings = counter('octollm_policy_findings_total', 'What screening found that the policy has a say in', [
  'direction',
  'type',
  'action',
]);

/** What is looked for where. Prompts are put together from texts that were looked at when they came in. */
const LOOK_FOR: Readonly<Record<Direction, ScanOptions>> = {
  goal: { content: true, trust: 'user' },
  input: { trust: 'untrusted' },
  prompt: { injection: false },
  output: { content: true, trust: 'untrusted' },
  memory: { trust: 'untrusted' },
};
/** The keys of JSON are the same few again and again: short ones in which nothing was found are not looked through again. */
const LONGEST_KEY = 64;
const MOST_KEYS = 5_000;

/** What stands for a match that is taken out. */
export type Replacer = (match: Match, mode: Ruling['mode']) => string;

/** What screening one value shares among its texts. */
interface Job extends ScreenOptions {
  look: ScanOptions;
  allowance: Allowance;
  replacement: Replacer;
  /** Of everything that decides what is found. */
  name: string;
  /** Values taken out of one text, to be taken out of the others too. */
  hidden: Hidden[];
}

const lookFor = (direction: Direction, types: readonly FindingType[] | undefined): ScanOptions => {
  const { injection = true, content = false, ...look } = LOOK_FOR[direction];
  if (types === undefined) return { ...look, injection, content };
  return {
    ...look,
    pii: types.includes('pii'),
    secrets: types.includes('secret'),
    injection: injection && types.includes('injection'),
    content: content && (types.includes('malicious_content') || types.includes('inappropriate_content')),
  };
};

/**
 * Looks at texts on their way, finds what does not belong there, and does with it what the policy says. By rules alone, in time
 * linear in the text; never throws. Values set aside for documentation are no findings.
 */
@Injectable()
export class Guardrails {
  private readonly cleanKeys = new LRUCache<string, true>({ max: MOST_KEYS });

  constructor(
    private readonly detection: Detection,
    private readonly policies: Policies,
    private readonly vaults: Vaults,
  ) {}

  /** Changes whenever what is found, or what is made of it, may be another thing than before. */
  get rules(): string {
    return `${this.detection.rules}:${this.policies.digest}`;
  }

  /** Whether the policy turns a goal away for an attempt to steer the model. */
  blocks({ kind, severity }: { kind: string; severity: InjectionMatch['severity'] }): boolean {
    return this.policies.rule({ type: 'injection', kind, severity, direction: 'goal' }).action === 'block';
  }

  /** Screens every text of a JSON value, keys included. Hits are in the order in which they stand, text by text. */
  screen<T extends JsonValue>(value: T, options: ScreenOptions): Screened<T> {
    const { direction, types } = options;
    const job: Job = {
      ...options,
      look: lookFor(direction, types),
      name: `${direction} ${types?.join() ?? ''} ${this.rules} `,
      allowance: newAllowance(),
      replacement: this.replacer(),
      hidden: [],
    };
    const hits: Hit[] = [];
    const mapped = mapTexts(value, (text, path, label) => {
      const screened = this.text(text, path, label, job);
      hits.push(...screened.hits);
      return screened.text;
    });
    for (const { finding } of hits) {
      const { type, action } = finding;
      if (action !== 'allow') findings.inc({ direction, type, action });
    }
    const isChanged = hits.some(({ finding }) => finding.action === 'redact');
    const left = this.withoutHidden(isChanged ? (mapped as T) : value, hits, job);
    const decision = decisionOf(left.hits.map(({ finding }) => finding));
    return {
      value: left.value,
      // What is hidden as a value that is known already has no finding of its own.
      decision: decision === 'pass' && left.value !== value ? 'redact' : decision,
      hits: options.withAllowed === true ? left.hits : left.hits.filter(({ finding }) => finding.action !== 'allow'),
    };
  }

  /** All that is in a text, before the policy has had its say: examples too, and what the user's own patterns find. */
  find(text: string, { own = true, ...look }: ScanOptions & { own?: boolean }, allowance?: Allowance): Found[] {
    return foundIn(this.detection.scan(text, look), own ? this.policies.search(text, allowance) : []);
  }

  /** Tells what stands for a match. Asked of the same replacer, the same value gets the same numbered token. */
  replacer(): Replacer {
    const tokens = new Vault();
    return (match, mode) => {
      if (mode === 'placeholder' || mode === 'reversible') return match.placeholder;
      if (mode === 'token') return tokens.tokenFor(match) ?? match.placeholder;
      return this.detection.redact(match.value, [{ ...match, start: 0, end: match.value.length }], mode);
    };
  }

  private text(text: string, path: string, label: string | undefined, job: Job): { text: string; hits: Hit[] } {
    const key = path.endsWith('(key)') && text.length <= LONGEST_KEY ? job.name + text : undefined;
    if (key !== undefined && this.cleanKeys.has(key)) return { text, hits: [] };
    const look = { ...job.look, ...(label !== undefined && { label }) };
    const found = this.find(text, look, job.allowance).filter(
      (one) => !isExample(one) && (job.types?.includes(one.type) ?? true),
    );
    if (found.length === 0) {
      if (key !== undefined) this.cleanKeys.set(key, true);
      return { text, hits: [] };
    }
    const field = this.withoutValues(path, job);
    const holes: Match[] = [];
    const hits = found.map((one): Hit => {
      const ruling = this.ruling(one, path, job);
      if (ruling.action === 'redact') {
        const hole = this.hole(one, ruling, job);
        holes.push(hole);
        if (one.type === 'pii' || one.type === 'secret' || one.type === 'policy_violation') job.hidden.push(hole);
      }
      const message = this.policies.messageOf(one.kind);
      return {
        match: one.match,
        finding: toFinding(one, ruling, field, job.direction),
        ...(message !== undefined && { message }),
      };
    });
    return { text: holes.length === 0 ? text : this.redact(text, holes, job), hits };
  }

  /** A value that words near by gave away in one text stands alone in another, or in a prompt after the one it was hidden in. */
  private withoutHidden<T extends JsonValue>(value: T, hits: Hit[], job: Job): { value: T; hits: Hit[] } {
    const { direction, taskId, hidden } = job;
    const known = direction === 'prompt' && taskId !== undefined ? this.vaults.of(taskId).latest : [];
    // Within a text the same has been done already.
    if (known.length === 0 && (hidden.length === 0 || typeof value === 'string')) return { value, hits };
    const fields = hits.map(({ finding }) => finding.field);
    const left = hideEverywhere({ value, fields }, [...known, ...hidden], this.detection, (hole) =>
      this.standIn(hole, job),
    );
    if (left === undefined) return { value, hits };
    const told = hits.map((hit, at) => ({ ...hit, finding: { ...hit.finding, field: left.fields[at] ?? '' } }));
    return { value: left.value, hits: told };
  }

  private ruling({ type, kind, match }: Found, path: string, { direction, taskId }: Job): Ruling {
    const ruling = this.policies.rule({ type, kind, severity: match.severity, direction });
    if (ruling.action !== 'redact') return ruling;
    if (type === 'injection' && isProgram(path)) return { ...ruling, action: 'warn' };
    if (direction === 'output' && isMadeUp(kind, path)) return { ...ruling, action: 'warn' };
    const isOwn = direction === 'output' && taskId !== undefined && this.vaults.of(taskId).knows(match.value);
    return isOwn ? { ...ruling, action: 'allow' } : ruling;
  }

  private hole({ kind, placeholder, match }: Found, { mode }: Ruling, { taskId, replacement }: Job): Match {
    const label = 'label' in match ? match.label : undefined;
    const hole: Match = { ...match, kind, label, placeholder, isExample: false };
    const isReversible = mode === 'reversible' && taskId !== undefined;
    const token = isReversible ? this.vaults.of(taskId).tokenFor(hole) : undefined;
    return { ...hole, placeholder: token ?? replacement(hole, mode) };
  }

  /** A hole covers more than its value where values overlap, and all that it covers has to come back. */
  private standIn(hole: Match, { taskId }: Job): string {
    if (taskId === undefined) return hole.placeholder;
    const vault = this.vaults.of(taskId);
    const restored = vault.restore(hole.placeholder);
    if (restored === hole.placeholder || restored === hole.value) return hole.placeholder;
    return vault.tokenFor(hole) ?? hole.placeholder;
  }

  /** What is left and right of a value that is removed may make up the same value when it moves together. */
  private redact(text: string, holes: readonly Match[], job: Job): string {
    const redacted = this.detection.replace(text, holes, (hole) => this.standIn(hole, job));
    const isLeft = ({ value, placeholder }: Match): boolean => placeholder === '' && redacted.includes(value);
    if (!holes.some(isLeft)) return redacted;
    return this.detection.redact(
      text,
      holes.map((hole) => (hole.placeholder === '' ? { ...hole, placeholder: '*' } : hole)),
    );
  }

  /** A path is made of keys, and a key may itself be what must not be shown. */
  private withoutValues(path: string, { allowance }: Job): string {
    const { pii, secrets } = this.detection.scan(path, { injection: false });
    const own = this.policies.search(path, allowance).map(({ match }) => match);
    return this.detection.redact(path, [...pii, ...secrets, ...own]);
  }
}

const toFinding = ({ type, kind, match }: Found, { action }: Ruling, field: string, direction: Direction): Finding => ({
  type,
  kind,
  severity: match.severity,
  direction,
  action,
  field,
  start: match.start,
  end: match.end,
  confidence: match.confidence,
  ...('signals' in match && { signals: match.signals }),
});
