import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { LimitedLog } from '../../common/log/limited-log';
import { Guardrails } from '../../guardrails/guardrails.service';
import { LlmPort, type ModelTier } from '../../drivers/llm/llm.port';
import { type AnswerContent, contentOf, isWorthKeeping } from './answer-content';
import { type Makers, type Question, answerKey, isComparable, similarityScope } from './answer-key';
import { AnswerMeaning } from './answer-meaning.service';
import { AnswerSettings } from './answer-settings';
import { AnswerRepository, type StoredAnswer } from './answer.repository';

const MOST_PER_TENANT = 10_000;
const SWEEP_MS = 10 * 60 * 1_000;
const TIERS: readonly ModelTier[] = ['fast', 'balanced', 'strong'];

export interface CachedAnswer extends AnswerContent {
  /** SHA-256, hex, of everything the answer depends on. */
  key: string;
  cachedAt: Date;
  expiresAt: Date;
}

/** `answer`: the very goal had an answer. `semantic`: one of much the same meaning had. */
export type AnswerLayer = 'answer' | 'semantic';

export interface AnswerStatistics {
  /** Of all tenants and processes. */
  entries: number;
  /** Look-ups of this process since its start, here and below. */
  hits: number;
  misses: number;
  /** Answers that had to make room. */
  evictions: number;
}

const toCached = ({ key, content, cachedAt, expiresAt }: StoredAnswer): CachedAnswer => ({
  ...content,
  key,
  cachedAt,
  expiresAt,
});

/**
 * Answers that tasks have produced and the judge has passed, for whoever asks the same again. They are looked up by those who
 * ask what a text comes to; a task that is submitted always runs. Kept in the database for a while, at most 10,000 per tenant
 * (the oldest go), without personal data and secrets, and never shared between tenants.
 */
@Injectable()
export class AnswerCache implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new LimitedLog(new Logger('Answers'));
  private readonly onHit: ((layer: AnswerLayer) => void)[] = [];
  private hits = 0;
  private misses = 0;
  private evictions = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly answers: AnswerRepository,
    private readonly meaning: AnswerMeaning,
    private readonly guardrails: Guardrails,
    private readonly llm: LlmPort,
    private readonly settings: AnswerSettings,
    private readonly config: AppConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.config.values.OCTO_ROLE === 'api') return;
    await this.sweep();
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Calls `listener` for every look-up that finds something. */
  listen(listener: (layer: AnswerLayer) => void): void {
    this.onHit.push(listener);
  }

  /** Keeps the answer of a task that was completed, if it is one for others. Never throws: a task is not worse off without. */
  async remember(taskId: string): Promise<void> {
    if (this.settings.ttlSeconds === 0 || this.llm.isDemonstration) return;
    try {
      const task = await this.answers.finishedTask(taskId);
      if (task === undefined || !isWorthKeeping(task.result)) return;
      // Tasks are always looked through for everything.
      const question = { ...task, checkPii: true, checkInjection: true };
      const makers = this.makers();
      const key = answerKey(question, makers);
      const { tenant, goal } = question;
      const content = contentOf(task.result, this.guardrails);
      if (content === undefined) return;
      await this.answers.keep({ key, tenant }, content, this.settings.ttlSeconds);
      if (this.compares(goal))
        await this.meaning.learn(key, { goal, tenant, scope: similarityScope(question, makers) });
      const gone = await this.answers.trim(tenant, MOST_PER_TENANT);
      this.evictions += gone.length;
      await this.forget(gone);
    } catch (error) {
      this.log.warn('The answer of a task could not be kept', error);
    }
  }

  /** Undefined also while the database cannot be reached: there is always another way to an answer. */
  async find(question: Question): Promise<CachedAnswer | undefined> {
    if (this.settings.ttlSeconds === 0) return undefined;
    try {
      const makers = this.makers();
      const exact = await this.answers.find(answerKey(question, makers), question.tenant);
      if (exact !== undefined) return this.hit('answer', exact);
      const alike = this.compares(question.goal) ? await this.findAlike(question, makers) : undefined;
      if (alike !== undefined) return this.hit('semantic', alike);
      this.misses += 1;
    } catch (error) {
      this.log.warn('Answers could not be looked up', error);
    }
    return undefined;
  }

  /** By its key, without counting. @throws TransientError `service_unavailable`, here and below. */
  async peek(key: string, tenant: string): Promise<CachedAnswer | undefined> {
    const found = await this.answers.find(key, tenant);
    return found && toCached(found);
  }

  /** Forgets every answer, of all tenants; returns how many there were. */
  async clear(): Promise<number> {
    const { valid, expired } = await this.answers.clear();
    await this.forget([...valid, ...expired]);
    return valid.length;
  }

  async statistics(): Promise<AnswerStatistics> {
    const { hits, misses, evictions } = this;
    return { entries: await this.answers.count(), hits, misses, evictions };
  }

  private compares(goal: string): boolean {
    return this.settings.similarity > 0 && isComparable(goal);
  }

  private hit(layer: AnswerLayer, answer: StoredAnswer): CachedAnswer {
    this.hits += 1;
    for (const listener of this.onHit) listener(layer);
    return toCached(answer);
  }

  private async findAlike(question: Question, makers: Makers): Promise<StoredAnswer | undefined> {
    const { goal, tenant } = question;
    const asked = { goal, tenant, scope: similarityScope(question, makers) };
    for (const key of await this.meaning.nearest(asked, this.settings.similarity)) {
      const answer = await this.answers.find(key, tenant);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  private async sweep(): Promise<void> {
    try {
      await this.forget(await this.answers.sweep());
    } catch (error) {
      this.log.warn('Deleting old answers', error);
    }
  }

  private async forget(keys: readonly string[]): Promise<void> {
    if (this.settings.similarity > 0) await this.meaning.forget(keys);
  }

  private makers(): Makers {
    const models = TIERS.map((tier) => this.llm.quote({ tier, purpose: 'work', messages: [], maxTokens: 1 }).model);
    return { rules: this.guardrails.rules, models: [this.llm.provider, ...models].join(' ') };
  }
}
