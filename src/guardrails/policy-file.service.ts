import { readFileSync, statSync } from 'node:fs';
import { join, basename } from 'node:path';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { UserError } from '../common/errors';
import { HealthRegistry } from '../common/health';
import { counter } from '../common/metrics';
import { Detection } from '../detection/detection.service';
import { Policies } from './policies.service';
import type { Policy } from './policy';
import { readPolicy } from './policy-file';

const DEFAULT_NAME = 'policy.yaml';
const LOOK_EVERY_MS = 1_000;

const loads = counter('octollm_policy_loads_total', 'Times the policy file was read, at the start and on changes', [
  'result',
]);

const MISSING = 'missing';
/** Looked at before a file is read: what is so large is no policy, and would fill the memory. */
const MOST_BYTES = 2_000_000;

/** Whether a file is still the one that was read: its place on the disk, its time, its size. */
const stampOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : MISSING;
};

const inWords = ({ rules, patterns, replies }: Policy): string => {
  const ids = [...patterns, ...replies].map(({ id }) => id);
  const counts = `${rules.length} rules, ${patterns.length} patterns, ${replies.length} instant replies`;
  return ids.length === 0 ? counts : `${counts} (${ids.join(', ')})`;
};

/**
 * Keeps the policy in force that the policy file says. A file that cannot be used stops the start; later it is kept out, and the
 * policy of before stays. The file is looked at once a second, because not every file system and editor tells of changes.
 */
@Injectable()
export class PolicyFile implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Policy');
  private readonly path: string;
  /** A file that was named must be there at the start; the other one need not. */
  private readonly isNamed: boolean;
  private stamp = MISSING;
  private problem: string | undefined;
  private wasAway = false;
  private timer: NodeJS.Timeout | undefined;

  /** Errors: `UserError` `policy_invalid`; thrown here, before anything else has been started. */
  constructor(
    config: AppConfig,
    private readonly detection: Detection,
    private readonly policies: Policies,
    private readonly health: HealthRegistry,
  ) {
    const { POLICY_FILE, DATA_DIR } = config.values;
    this.isNamed = POLICY_FILE !== undefined;
    this.path = POLICY_FILE ?? join(DATA_DIR, DEFAULT_NAME);
    this.stamp = stampOf(this.path);
    if (this.stamp !== MISSING) this.load();
    else if (this.isNamed)
      throw new UserError(
        'policy_invalid',
        `POLICY_FILE: there is no file ${this.path}. Make it, or unset POLICY_FILE.`,
      );
  }

  onModuleInit(): void {
    this.health.register({
      name: 'policy',
      required: false,
      check: () => Promise.resolve({ ok: this.problem === undefined, message: this.problem ?? 'in force' }),
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Reads the file again if it is another one than before. Never throws. */
  look(): void {
    try {
      const stamp = stampOf(this.path);
      if (stamp === this.stamp) return;
      // Some editors take a file away, or empty it, before they write it anew: it counts when it is so twice.
      const isAway = stamp === MISSING || stamp.endsWith(' 0');
      const isFirst = isAway && !this.wasAway;
      this.wasAway = isAway;
      if (isFirst) return;
      this.stamp = stamp;
      if (stamp === MISSING) this.gone();
      else this.load();
    } catch (error) {
      loads.inc({ result: 'refused' });
      this.problem = `${error instanceof Error ? error.message : String(error)}\nThe policy of before stays in force.`;
      this.logger.warn(this.problem);
    }
  }

  private load(): void {
    const before = this.policies.digest;
    const { size } = statSync(this.path);
    if (size > MOST_BYTES)
      throw new UserError('policy_invalid', `The policy ${this.path} has ${size} bytes; at most ${MOST_BYTES}.`);
    const policy = readPolicy(readFileSync(this.path, 'utf8'), basename(this.path), this.detection.kinds);
    loads.inc({ result: 'ok' });
    this.problem = undefined;
    if (policy.digest === before) return;
    this.policies.use(policy);
    this.logger.log(`In force from ${this.path}: ${inWords(policy)}`);
  }

  /** Whoever names a file wants it: that one is missed, and its policy stays. */
  private gone(): void {
    if (this.isNamed) throw new UserError('policy_invalid', `POLICY_FILE: the file ${this.path} is gone.`);
    this.problem = undefined;
    this.policies.use();
    this.logger.warn(`${this.path} is gone: the default rules hold alone`);
  }
}
