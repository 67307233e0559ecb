import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { LimitedLog } from '../common/log/limited-log';
import { ArtifactRepository } from './artifact.repository';

const INTERVAL_MS = 60 * 60 * 1000;
/** Files of one statement: each may be 10 MB, and the database writes every row anew. */
const AT_A_TIME = 100;

/** Drops the bytes of files that nobody has used for `ARTIFACT_RETENTION_DAYS`: at the start, then every hour. */
@Injectable()
export class ArtifactCleanUp implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new LimitedLog(new Logger(ArtifactCleanUp.name));
  private timer: NodeJS.Timeout | undefined;
  private cleaning: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly config: AppConfig,
    private readonly repository: ArtifactRepository,
  ) {}

  onApplicationBootstrap(): void {
    const { OCTO_ROLE, ARTIFACT_RETENTION_DAYS: days } = this.config.values;
    if (OCTO_ROLE === 'api' || days === 0) return;
    const begin = (): void => {
      this.cleaning = this.clean(days);
    };
    begin();
    this.timer = setInterval(begin, INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.cleaning;
  }

  private async clean(days: number): Promise<void> {
    try {
      while (!this.stopping && (await this.repository.dropOld(days, AT_A_TIME)) === AT_A_TIME);
    } catch (error) {
      this.log.warn('Cleaning up artifacts', error);
    }
  }
}
