import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/clock';
import { AppConfig } from '../common/config/config.service';
import { AccessLog } from './access-log.repository';
import { AccessPort } from './access.port';
import { Access } from './access.service';
import { ApiKeyRepository } from './api-key.repository';
import { ApiKeys } from './api-keys.service';
import { CapabilityTokens } from './capability-tokens.port';
import { GrantOffice } from './capability-tokens.service';
import { GrantRepository } from './grant.repository';

/** Plain text beside the log, which removes whatever looks like a key. */
const show = (key: string, lostOthers: boolean): void => {
  if (lostOthers) {
    process.stdout.write(
      'secret.key was missing and has been made anew: keys and tokens made before no longer work. ' +
        'Put it back from a backup and restart to have them back.\n',
    );
  }
  process.stdout.write(
    `Admin key of this server, shown this once and kept nowhere:\n  ${key}\n` +
      'Keep it safe. Send it as X-API-Key to make further keys with POST /keys.\n',
  );
};

/** Who may come in, and what for. Needs the database. */
@Global()
@Module({
  providers: [
    Clock,
    AccessLog,
    ApiKeyRepository,
    GrantRepository,
    ApiKeys,
    GrantOffice,
    { provide: AccessPort, useClass: Access },
    { provide: CapabilityTokens, useExisting: GrantOffice },
  ],
  exports: [AccessPort, ApiKeys, CapabilityTokens, GrantOffice],
})
export class AccessModule implements OnModuleInit {
  constructor(
    private readonly config: AppConfig,
    private readonly keys: ApiKeys,
  ) {}

  /** A server that lets nobody in without a key, and has none for its administrator, would be of no use. */
  async onModuleInit(): Promise<void> {
    if (this.config.demandsKeys && this.config.values.OCTO_ROLE !== 'worker') await this.keys.createFirstAdmin(show);
  }
}
