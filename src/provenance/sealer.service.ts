import { join } from 'node:path';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ActionMarks } from '../common/action-marks.service';
import { AppConfig } from '../common/config/config.service';
import { LimitedLog } from '../common/log/limited-log';
import { Secret } from '../common/secret.service';
import type { Sql } from '../drivers/database/database.service';
import { type Chain, EMPTY_CHAIN, type Line, type Place, type Sign, chainSignature, seal } from './chain';
import { ChainRepository, type KeptChain } from './chain.repository';
import { Witness } from './witness';

const INTERVAL_MS = 1_000;
/** Lines chained by one transaction: few enough that reading and hashing them holds nothing else up. */
const BATCH = 500;

/** Why the ends of the chain are not believed. */
export const NOT_OURS =
  'The ends of the chain are gone, or not signed with the secret of this server: they were tampered with, or the secret was exchanged.';

/** The chain cannot be gone on with: that would vouch for what somebody else made of it. */
export class ChainBroken extends Error {
  constructor(reason: string) {
    super(`${reason} Nothing is added to it until that is settled; \`npm run verify\` says more.`);
  }
}

/**
 * Gives what was written into the action log its place in the chain: every second, at shutdown, and when asked. The row that
 * holds the chain's ends is the lock: of several processes one does it, and writers wait for nobody.
 */
@Injectable()
export class Sealer implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly sign: Sign;
  readonly witness: Witness;
  private readonly log = new LimitedLog(new Logger('Provenance'));
  private timer: NodeJS.Timeout | undefined;
  private sealing: Promise<void> = Promise.resolve();

  constructor(
    private readonly chain: ChainRepository,
    private readonly marks: ActionMarks,
    secret: Secret,
    { values }: AppConfig,
  ) {
    this.sign = (text) => secret.hash('action-chain', text);
    this.witness = new Witness(join(values.DATA_DIR, 'provenance.json'));
  }

  onApplicationBootstrap(): void {
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      void this.sealIfNeeded().finally(() => (busy = false));
    }, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sealIfNeeded();
  }

  /**
   * Chains everything that is committed by now. Errors: `ChainBroken`; `TransientError` while the database cannot be reached.
   */
  async seal(): Promise<void> {
    await this.inTurn('FOR UPDATE');
  }

  /** Signs and keeps the ends of the chain. In a transaction that has locked them. */
  async keep(sql: Sql, chain: Chain): Promise<void> {
    const { end, start, acceptedPosition } = chain;
    await this.chain.keep(sql, { end, start, acceptedPosition, signature: chainSignature(this.sign, chain) });
  }

  /** Whether this server signed the ends. A chain that has not begun is signed by nobody, and no machine has seen a part of it. */
  isOurs({ signature, ...chain }: KeptChain): boolean {
    if (signature !== null) return signature === chainSignature(this.sign, chain);
    return chain.end.position === 0 && this.witness.read() === undefined;
  }

  private async sealIfNeeded(): Promise<void> {
    try {
      if (await this.chain.hasUnsealed()) await this.inTurn('FOR UPDATE SKIP LOCKED');
    } catch (error) {
      this.log.warn('Action log', error);
    }
  }

  private inTurn(lock: 'FOR UPDATE' | 'FOR UPDATE SKIP LOCKED'): Promise<void> {
    const mine = this.sealing.then(() => this.sealAll(lock));
    this.sealing = mine.catch(() => undefined);
    return mine;
  }

  private async sealAll(lock: 'FOR UPDATE' | 'FOR UPDATE SKIP LOCKED'): Promise<void> {
    for (let seq: string | undefined = '0'; seq !== undefined;) {
      const afterSeq: string = seq;
      const { moved, nextSeq } = await this.chain.transaction((sql) => this.sealSome(sql, lock, afterSeq));
      if (moved !== undefined) await this.remember(moved);
      seq = nextSeq;
    }
  }

  private async sealSome(sql: Sql, lock: 'FOR UPDATE' | 'FOR UPDATE SKIP LOCKED', afterSeq: string): Promise<Batch> {
    const kept = await this.chain.find(sql, lock);
    if (kept === undefined && lock === 'FOR UPDATE SKIP LOCKED') return {};
    if (kept === undefined || !this.isOurs(kept)) throw new ChainBroken(NOT_OURS);
    const found = await this.chain.unsealed(sql, afterSeq, BATCH);
    // What was there before the chain began could not be marked, and is taken as it is.
    const lines = kept.signature === null ? found : found.filter(({ id, mark }) => this.isOwn(id, mark));
    const nextSeq = found.length === BATCH ? found.at(-1)?.seq : undefined;
    if (lines.length === 0) return { nextSeq };
    if ((await this.chain.after(sql, kept.end.position, 1)).length > 0) {
      throw new ChainBroken('A line that this server did not chain stands after the end of the chain.');
    }
    const chain = await this.append(sql, kept, lines);
    return { moved: { from: kept, to: chain.end }, nextSeq };
  }

  /** Chains the lines and moves the end. In a transaction that has locked the chain. */
  async append(sql: Sql, chain: Chain, lines: Line[]): Promise<Chain> {
    const { links, end } = seal(this.sign, chain.end, lines);
    await this.chain.link(sql, links);
    const moved = { ...EMPTY_CHAIN, start: chain.start, acceptedPosition: chain.acceptedPosition, end };
    await this.keep(sql, moved);
    return moved;
  }

  private isOwn(id: string, mark: string | null): boolean {
    const good = this.marks.isGood(id, mark);
    if (!good) this.log.warn('Action log', `line ${id} was not written by this server and is not taken into the chain`);
    return good;
  }

  /** What was seen earlier is forgotten only for something that comes after it: else it is evidence. */
  private async remember({ from, to }: Moved): Promise<void> {
    try {
      const seen = this.witness.read();
      if (seen === undefined || seen.position < from.start.position || (await this.isWithin(from, seen)))
        this.witness.write(to);
    } catch (error) {
      this.log.warn('provenance.json', error);
    }
  }

  private async isWithin({ start, end }: Chain, seen: Place): Promise<boolean> {
    if (seen.position > end.position) return false;
    for (const known of [start, end]) if (known.position === seen.position) return known.hash === seen.hash;
    return this.chain.transaction(async (sql) => (await this.chain.hashAt(sql, seen.position)) === seen.hash);
  }
}

interface Moved {
  from: Chain;
  to: Place;
}
interface Batch {
  moved?: Moved;
  /** Where to read on; absent when there is no more. */
  nextSeq?: string | undefined;
}
