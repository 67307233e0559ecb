import { Injectable } from '@nestjs/common';
import { ActionMarks } from '../common/action-marks.service';
import { readPage } from '../common/cursor';
import type { ActionRecord, ChainFault, ChainReport } from '../contracts/provenance';
import type { Sql } from '../drivers/database/database.service';
import { ActionRecords } from './action-records.repository';
import { EMPTY_CHAIN, type Place } from './chain';
import { ChainWalk } from './chain-walk';
import { ChainRepository } from './chain.repository';
import { ChainBroken, NOT_OURS, Sealer } from './sealer.service';

/** Lines read and checked at once: between them other requests get their turn. */
const BATCH = 100;
/** A line is chained within a second or two; one that still is not has been kept from it. */
const LATE_SECONDS = 60;
/** Lines without a place that are looked at. */
const MOST_LOOSE = 1_000;

/** What was done, and the proof that the log of it is what it was. */
@Injectable()
export class Provenance {
  private running: Promise<ChainReport> | undefined;

  constructor(
    private readonly chain: ChainRepository,
    private readonly sealer: Sealer,
    private readonly marks: ActionMarks,
    private readonly records: ActionRecords,
  ) {}

  /**
   * The lines of the log, newest first, of one task if one is named. Errors: `UserError` `validation_error` for a cursor that is
   * not ours.
   */
  async page(filter: {
    taskId?: string;
    limit: number;
    cursor?: string;
  }): Promise<{ records: ActionRecord[]; nextCursor: string | null }> {
    await this.sealIfPossible();
    const { taskId, ...page } = filter;
    const { rows: records, nextCursor } = await readPage(
      page,
      (window) => this.records.page({ ...window, ...(taskId !== undefined && { taskId }) }),
      ({ timestamp }) => timestamp,
    );
    return { records, nextCursor };
  }

  /** Checks the whole chain; asked again meanwhile, it answers both with the same report. */
  verify(): Promise<ChainReport> {
    this.running ??= this.check().finally(() => (this.running = undefined));
    return this.running;
  }

  private async check(): Promise<ChainReport> {
    const startedAt = performance.now();
    await this.sealIfPossible();
    // Before the lines are read: what others chain meanwhile is not among them.
    const witness = this.sealer.witness.read();
    const report = await this.chain.snapshot((sql) => this.walk(sql, witness));
    return { ...report, durationMs: Math.round(performance.now() - startedAt) };
  }

  private async walk(sql: Sql, witness: Place | undefined): Promise<Omit<ChainReport, 'durationMs'>> {
    const kept = await this.chain.find(sql);
    const isOurs = kept !== undefined && this.sealer.isOurs(kept);
    const chain = isOurs ? kept : { ...(kept ?? EMPTY_CHAIN), end: await this.chain.last(sql) };
    const walk = new ChainWalk(this.sealer.sign, chain, witness);
    let position = chain.start.position;
    for (;;) {
      const lines = await this.chain.after(sql, position, BATCH);
      walk.take(lines);
      const last = lines.at(-1);
      if (last === undefined) break;
      position = last.position;
    }
    walk.end();
    const { accepted, foreign } = await this.chain.before(chain, sql);
    if (foreign > 0) walk.note('forged_row', null, null, `${foreign} lines stand where the chain does not begin yet.`);
    const hasBegun = !isOurs || kept.signature !== null;
    const rowsWaiting = await this.lookAtLoose(sql, walk, hasBegun);
    if (!isOurs) walk.note('forged_head', null, null, NOT_OURS);
    const place = ({ position: at }: ChainFault): number => at ?? Number.POSITIVE_INFINITY;
    return {
      intact: walk.faultCount === 0,
      rowsChecked: walk.rowsChecked,
      rowsAccepted: accepted,
      rowsWaiting,
      first: chain.start.position + 1,
      last: chain.end.position,
      faults: walk.faults.sort((a, b) => place(a) - place(b)),
      faultCount: walk.faultCount,
    };
  }

  /** Lines without a place: new ones, and those that will never get one. */
  private async lookAtLoose(sql: Sql, walk: ChainWalk, hasBegun: boolean): Promise<number> {
    let waiting = 0;
    for (const { id, mark, is_late: isLate } of await this.chain.loose(sql, LATE_SECONDS, MOST_LOOSE)) {
      if (hasBegun && !this.marks.isGood(id, mark)) {
        walk.note('forged_row', null, id, 'The line was not written by this server.');
      } else if (isLate) {
        walk.note('unsealed_row', null, id, `The line has waited for its place for more than ${LATE_SECONDS} s.`);
      } else {
        waiting += 1;
      }
    }
    return waiting;
  }

  /** A chain that is broken is looked at as it is. */
  private async sealIfPossible(): Promise<void> {
    await this.sealer.seal().catch((error: unknown) => {
      if (!(error instanceof ChainBroken)) throw error;
    });
  }
}
