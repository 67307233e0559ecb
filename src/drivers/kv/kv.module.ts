import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { KvPort } from './kv.port';
import { MemoryKv } from './memory-kv';
import { RedisKv } from './redis-kv';

/** In memory by default; in Redis, shared by all processes, when `REDIS_URL` is set. */
@Global()
@Module({
  providers: [
    {
      provide: KvPort,
      inject: [AppConfig],
      useFactory: async ({ redisUrl, values }: AppConfig): Promise<KvPort> =>
        redisUrl === undefined ? new MemoryKv() : RedisKv.open(redisUrl, values.REDIS_PREFIX),
    },
  ],
  exports: [KvPort],
})
export class KvModule implements OnApplicationShutdown {
  constructor(@Inject(KvPort) private readonly kv: KvPort) {}

  onApplicationShutdown(): void {
    this.kv.close();
  }
}
