import { Injectable } from '@nestjs/common';
import { ActionMarks } from '../common/action-marks.service';
import type { Sql } from '../drivers/database/database.service';
import { type Chain, type Place, EMPTY_CHAIN } from './chain';
import { ChainRepository } from './chain.repository';
import { Sealer } from './sealer.service';

const BATCH = 500;

/**
 * Begins the chain anew after whatever is in the log now, for an administrator who knows why it does not verify: the secret was
 * lost, or a backup was put back. Nothing is removed; what was there is kept and told apart as accepted, and that this was done
 * is the first line of what is checked from now on.
 */
@Injectable()
export class Acceptance {
  constructor(
    private readonly chain: ChainRepository,
    private readonly sealer: Sealer,
    private readonly marks: ActionMarks,
  ) {}

  /** Returns the position up to which lines were accepted. */
  async accept(): Promise<number> {
    const { accepted, end } = await this.chain.transaction(async (sql) => {
      await this.chain.find(sql, 'FOR UPDATE');
      const last = await this.sealRest(sql, await this.chain.last(sql));
      const chain = { end: last, start: last, acceptedPosition: last.position };
      await this.chain.addLine(sql, {
        ...this.marks.next(),
        type: 'log_accepted',
        details: { position: last.position },
      });
      const after = await this.sealer.append(sql, chain, await this.chain.unsealed(sql, '0', BATCH));
      return { accepted: last.position, end: after.end };
    });
    this.sealer.witness.write(end);
    return accepted;
  }

  /** Lines without a place get one, whoever wrote them. */
  private async sealRest(sql: Sql, last: Place): Promise<Place> {
    let chain: Chain = { ...EMPTY_CHAIN, end: last };
    for (;;) {
      const lines = await this.chain.unsealed(sql, '0', BATCH);
      if (lines.length === 0) return chain.end;
      chain = await this.sealer.append(sql, chain, lines);
    }
  }
}
