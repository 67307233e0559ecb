import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { LimitedLog } from '../common/log/limited-log';
import type { Sql } from '../drivers/database/database.service';
import { ChainWalk } from './chain-walk';
import { ChainRepository } from './chain.repository';
import { Sealer } from './sealer.service';

const INTERVAL_MS = 3_600_000;
const BATCH = 500;

/**
 * Removes lines of the action log that are older than `ACTION_LOG_RETENTION_DAYS`, from the beginning of the chain only: its
 * start moves, signed, and what is left can be checked as before. What does not fit is kept, whatever its age: else a changed
 * date would have us remove the evidence.
 */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new LimitedLog(new Logger('Provenance'));
  private timer: NodeJS.Timeout | undefined;
  private removing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly chain: ChainRepository,
    private readonly sealer: Sealer,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    const days = this.config.values.ACTION_LOG_RETENTION_DAYS;
    if (days === 0 || this.config.values.OCTO_ROLE === 'api') return;
    const start = (): void => {
      this.removing = this.removeOld(days).catch((error: unknown) => this.log.warn('Retention', error));
    };
    start();
    this.timer = setInterval(start, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.removing;
  }

  /** Returns how many lines were removed. */
  async removeOld(days: number): Promise<number> {
    let removed = 0;
    for (;;) {
      const now = await this.chain.transaction((sql) => this.removeSome(sql, days));
      removed += now;
      if (now < BATCH) return removed;
    }
  }

  private async removeSome(sql: Sql, days: number): Promise<number> {
    const kept = await this.chain.find(sql, 'FOR UPDATE SKIP LOCKED');
    if (kept === undefined || !this.sealer.isOurs(kept)) return 0;
    const old = await this.chain.oldAfter(sql, kept.start.position, days, BATCH);
    const last = old.at(-1);
    if (last === undefined) return 0;
    const walk = new ChainWalk(this.sealer.sign, kept, undefined);
    walk.take(old);
    if (walk.faultCount > 0 || last.hash === null) {
      this.log.warn('Retention', `nothing is removed: ${walk.faults[0]?.message ?? ''} Run npm run verify.`);
      return 0;
    }
    await this.chain.remove(sql, last.position);
    await this.sealer.keep(sql, { ...kept, start: { position: last.position, hash: last.hash } });
    return old.length;
  }
}
