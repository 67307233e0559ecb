import { Global, Module } from '@nestjs/common';
import { RateLimits } from './rate-limits.service';
import { RepeatRepository } from './repeat.repository';
import { Repeats } from './repeats.port';
import { StoredRepeats } from './repeats.service';

/** How often a caller may ask, and what he gets when he asks the same again. The database and `KvModule` must be there. */
@Global()
@Module({
  providers: [RateLimits, RepeatRepository, { provide: Repeats, useClass: StoredRepeats }],
  exports: [RateLimits, Repeats],
})
export class LimitsModule {}
