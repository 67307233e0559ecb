import { Injectable, Logger } from '@nestjs/common';
import { CapabilityTokens } from '../../access/capability-tokens.port';
import { LimitedLog } from '../../common/log/limited-log';
import { type ArmRecord, REMOTE } from '../../contracts/arm';
import { ArmKind } from '../../dispatch/arm-kind.port';
import { ArmRoster } from '../../dispatch/arm-roster.service';
import { ArmHttp } from './arm-http.service';
import { Checkup } from './checkup.service';
import { RemoteArm } from './remote.arm';

/** A new arm's registration waits for its first sign of life no longer than this. */
const GREETING_MS = 2_000;

/** The arms that users run as HTTP services. */
@Injectable()
export class RemoteArms extends ArmKind {
  readonly name = REMOTE;
  readonly concurrency = 50;
  private readonly log = new LimitedLog(new Logger('Arms'));

  constructor(
    private readonly http: ArmHttp,
    private readonly roster: ArmRoster,
    private readonly checkup: Checkup,
    private readonly tokens: CapabilityTokens,
  ) {
    super();
  }

  armFor(record: ArmRecord): RemoteArm {
    return new RemoteArm(record, {
      http: this.http,
      tokens: this.tokens,
      note: (health, error) =>
        this.roster.note(record.id, health, error).catch((fault: unknown) => this.log.warn(`Arm ${record.id}`, fault)),
    });
  }

  async greet(record: ArmRecord): Promise<void> {
    await this.checkup
      .look(record, new AbortController().signal, GREETING_MS)
      .catch((fault: unknown) => this.log.warn(`Arm ${record.id}`, fault));
  }
}
