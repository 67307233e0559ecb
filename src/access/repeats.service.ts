import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { UserError } from '../common/errors';
import { newId } from '../common/ids';
import { LimitedLog } from '../common/log/limited-log';
import { PostgresAddress } from '../common/postgres-address';
import { repeatably } from '../common/repeatable';
import { type KeptAnswer, type Repeatable, Repeats } from './repeats.port';
import { LEASE_SECONDS, RepeatRepository } from './repeat.repository';

const RENEW_MS = (LEASE_SECONDS * 1000) / 3;
/** How often a request that another process works on is looked at. */
const POLL_MS = 250;
const CLEAN_MS = 60 * 60 * 1000;

interface OpenClaim {
  request: Repeatable;
  done: Promise<void>;
}

const keyOf = ({ holder, name }: Repeatable): string => JSON.stringify([holder, name]);

@Injectable()
export class StoredRepeats extends Repeats implements OnModuleInit, OnApplicationShutdown {
  private readonly owner = newId();
  private readonly open = new Map<string, OpenClaim>();
  private readonly log = new LimitedLog(new Logger('Repeats'));
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly repository: RepeatRepository,
    private readonly address: PostgresAddress,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    if (this.config.values.OCTO_ROLE === 'worker') return;
    if (this.address.embedded) await this.repository.expireAllLeases();
    await this.clean();
    this.timers = [
      setInterval(() => void this.renew(), RENEW_MS).unref(),
      setInterval(() => void this.clean(), CLEAN_MS).unref(),
    ];
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  async once(request: Repeatable, work: () => Promise<KeptAnswer | undefined>): Promise<KeptAnswer | undefined> {
    for (;;) {
      const since = await this.repository.claim(request, this.owner);
      if (since !== undefined) {
        await this.perform(request, since, work);
        return undefined;
      }
      const earlier = await this.repository.find(request);
      if (earlier === undefined) continue;
      if (earlier.fingerprint !== request.fingerprint) {
        throw new UserError(
          'idempotency_conflict',
          'Idempotency-Key: this key was used for a request with another path or body.',
        );
      }
      if (earlier.answer !== undefined) return earlier.answer;
      await (this.open.get(keyOf(request))?.done ?? sleep(POLL_MS));
    }
  }

  private async perform(
    request: Repeatable,
    since: string,
    work: () => Promise<KeptAnswer | undefined>,
  ): Promise<void> {
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.open.set(keyOf(request), { request, done });
    let answer: KeptAnswer | undefined;
    try {
      answer = await repeatably(`${keyOf(request)} ${since}`, work);
    } finally {
      await this.settle(request, answer);
      this.open.delete(keyOf(request));
      finish();
    }
  }

  /** What was done stands, whether or not it can be kept: without its lease the claim ends by itself. */
  private async settle(request: Repeatable, answer: KeptAnswer | undefined): Promise<void> {
    try {
      if (answer === undefined) await this.repository.release(request, this.owner);
      else await this.repository.keep(request, this.owner, answer);
    } catch (error) {
      this.log.warn('An answer could not be kept for repetitions', error);
    }
  }

  private async renew(): Promise<void> {
    if (this.open.size === 0) return;
    const claims = [...this.open.values()].map(({ request }) => request);
    await this.repository.renew(claims, this.owner).catch((error: unknown) => this.log.warn('Renewing claims', error));
  }

  private async clean(): Promise<void> {
    await this.repository.deleteExpired().catch((error: unknown) => this.log.warn('Deleting old answers', error));
  }
}
