import { Logger } from '@nestjs/common';
import IORedis from 'ioredis';
import { LimitedLog } from '../../common/log/limited-log';
import { type Bucket, KvPort, type Taking } from './kv.port';
import { MemoryKv } from './memory-kv';

/** Longest that a request waits for Redis before it is counted here instead. */
const PATIENCE_MS = 250;
/** After a failure Redis is left alone for so long, so that a frozen one does not slow every request down. */
const PAUSE_MS = 1_000;

/**
 * The arithmetic of `bucket.ts`, on the clock of the server that all processes share. Arguments: capacity, refill per second and
 * cost of each key. Returns wait in milliseconds, then tokens left and milliseconds until full for each key. A bucket is
 * forgotten when it is full, since that is what a forgotten bucket is.
 */
const TAKE = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local tokens, wait = {}, 0
for i, key in ipairs(KEYS) do
  local capacity, refill, cost = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local state = redis.call('HMGET', key, 'tokens', 'at')
  tokens[i] = capacity
  if state[1] then
    local seconds = math.max(0, now - tonumber(state[2])) / 1000
    tokens[i] = math.min(capacity, tonumber(state[1]) + seconds * refill)
  end
  if tokens[i] + 1e-9 < cost then wait = math.max(wait, math.ceil((cost - tokens[i]) / refill * 1000)) end
end
local answer = { wait, now }
for i, key in ipairs(KEYS) do
  local capacity, refill, cost = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  if wait == 0 then tokens[i] = math.max(0, tokens[i] - cost) end
  local full = math.ceil((capacity - tokens[i]) / refill * 1000)
  if full > 0 then
    redis.call('HSET', key, 'tokens', string.format('%.9f', tokens[i]), 'at', string.format('%.0f', now))
    redis.call('PEXPIRE', key, full)
  else
    redis.call('DEL', key)
  end
  answer[2 * i + 1] = math.floor(tokens[i] + 1e-9)
  answer[2 * i + 2] = full
end
return answer`;

/** Buckets that all processes share. While Redis cannot be reached each process counts for itself. */
export class RedisKv extends KvPort {
  private readonly redis: IORedis;
  private readonly local = new MemoryKv();
  private readonly log = new LimitedLog(new Logger('Limits'));
  private pausedUntil = 0;

  private constructor(
    url: string,
    private readonly prefix: string,
  ) {
    super();
    this.redis = new IORedis(url, {
      lazyConnect: true,
      commandTimeout: PATIENCE_MS,
      connectTimeout: 5_000,
      disconnectTimeout: 200,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
    });
    this.redis.on('error', (error) => this.log.warn('Redis', error));
  }

  /** Connected, or about to be as soon as there is a Redis. */
  static async open(url: string, prefix: string): Promise<RedisKv> {
    const kv = new RedisKv(url, prefix);
    // Why it failed is told by the connection's own event, and it goes on trying.
    await kv.redis.connect().catch(() => undefined);
    return kv;
  }

  async take(buckets: Bucket[]): Promise<Taking> {
    if (Date.now() >= this.pausedUntil) {
      try {
        return await this.takeShared(buckets);
      } catch (error) {
        this.log.warn('Redis cannot be reached; limits are counted in this process', error);
        this.pausedUntil = Date.now() + PAUSE_MS;
      }
    }
    return this.local.take(buckets);
  }

  close(): void {
    this.redis.disconnect();
  }

  private async takeShared(buckets: Bucket[]): Promise<Taking> {
    const keys = buckets.map(({ key }) => `${this.prefix}:bucket:${key}`);
    const numbers = buckets.flatMap(({ capacity, refillPerSecond, cost }) => [capacity, refillPerSecond, cost ?? 1]);
    const answer = await this.redis.call('EVAL', TAKE, keys.length, ...keys, ...numbers);
    const [retryAfterMs = 0, now = 0, ...rest] = answer as number[];
    return {
      allowed: retryAfterMs === 0,
      retryAfterMs,
      remaining: rest.filter((_, index) => index % 2 === 0),
      resetAt: rest.filter((_, index) => index % 2 === 1).map((ms) => now + ms),
    };
  }
}
