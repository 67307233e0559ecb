import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { armBases } from '../../common/arm-address';
import { AppConfig } from '../../common/config/config.service';
import { LimitedLog } from '../../common/log/limited-log';
import { type ArmDescription, type ArmRecord, REMOTE } from '../../contracts/arm';
import { ArmRoster } from '../../dispatch/arm-roster.service';
import { ArmHttp } from './arm-http.service';
import { Checkup } from './checkup.service';
import { describeArm } from './describe-arm';

const PATIENCE_MS = 5_000;

/**
 * Looks after the arms of users: asks those of `ARM_REGISTRY` what they can do, and all how they are, at the start and again and
 * again. One that does not answer is kept as unavailable and asked again. Nothing waits for it.
 */
@Injectable()
export class Discovery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new LimitedLog(new Logger('Arms'));
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly http: ArmHttp,
    private readonly roster: ArmRoster,
    private readonly checkup: Checkup,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.values.OCTO_ROLE !== 'api') this.goRound();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    clearTimeout(this.timer);
    await this.round;
  }

  private goRound(): void {
    this.round = this.visit().then(() => {
      if (this.stop.signal.aborted) return;
      this.timer = setTimeout(() => this.goRound(), this.config.values.ARM_DISCOVERY_INTERVAL_SECONDS * 1000).unref();
    });
  }

  private async visit(): Promise<void> {
    try {
      const bases = this.bases();
      const known = (await this.roster.list()).filter(({ kind }) => kind === REMOTE);
      const others = known.filter(({ endpoint }) => !bases.includes(endpoint ?? ''));
      await Promise.all([
        ...bases.map((base) => this.visitOne(base, () => this.meet(base, known))),
        ...others.map((arm) => this.visitOne(arm.id, () => this.checkup.look(arm, this.stop.signal))),
      ]);
    } catch (error) {
      this.log.warn('Arms', error);
    }
  }

  private async visitOne(name: string, visit: () => Promise<void>): Promise<void> {
    try {
      await visit();
    } catch (error) {
      if (!this.stop.signal.aborted) this.log.warn(`Arm ${name}`, error);
    }
  }

  /** Asks an arm of `ARM_REGISTRY` what it can do, and how it is. */
  private async meet(base: string, known: ArmRecord[]): Promise<void> {
    const before = known.find(({ endpoint }) => endpoint === base);
    let described: Awaited<ReturnType<typeof describeArm>>;
    try {
      const reply = await this.http.get(`${base}/capabilities`, { signal: this.stop.signal, timeoutMs: PATIENCE_MS });
      described = await describeArm(base, reply.status === 200 ? reply.json : undefined);
    } catch (error) {
      if (before !== undefined) await this.checkup.look(before, this.stop.signal);
      throw error;
    }
    if ('problem' in described)
      throw new Error(`GET ${base}/capabilities does not describe an arm: ${described.problem}`);
    const { id } = described;
    const namesake = known.find((arm) => arm.id === id && arm.endpoint !== base && arm.health !== 'unavailable');
    if (namesake !== undefined)
      throw new Error(`"${id}" is also the id of the arm at ${namesake.endpoint ?? 'another address'}`);
    if (!isAsBefore(described, before)) await this.roster.enrol(REMOTE, described);
    await this.checkup.look(described, this.stop.signal);
  }

  private bases(): string[] {
    const { ARM_REGISTRY = '' } = this.config.values;
    return armBases(ARM_REGISTRY, 'ARM_REGISTRY', (entry, error) => this.log.warn(`Arm ${entry}`, error));
  }
}

const isAsBefore = (now: ArmDescription, before: ArmRecord | undefined): boolean =>
  before !== undefined &&
  Object.entries(now).every(([field, value]) => sorted(value) === sorted(before[field as keyof ArmRecord]));

/** PostgreSQL gives the keys of an object back in an order of its own. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
