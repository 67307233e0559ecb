import { Injectable } from '@nestjs/common';
import type { Settings } from './config.schema';

/** The validated configuration. The only place the rest of the server learns a setting from. */
@Injectable()
export class AppConfig {
  constructor(readonly values: Readonly<Settings>) {}

  /** True when nobody but this machine can reach the API. */
  get isLoopback(): boolean {
    return ['127.0.0.1', '::1', 'localhost'].includes(this.values.HOST);
  }

  /** True when every request must show a key, save those to the few public routes. */
  get demandsKeys(): boolean {
    const { AUTH_MODE } = this.values;
    return AUTH_MODE === 'keys' || (AUTH_MODE === 'auto' && !this.isLoopback);
  }

  /** The commands the executor may run. */
  get executorCommands(): string[] {
    return this.values.EXECUTOR_COMMANDS.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  }

  /** Address of the PostgreSQL server, or undefined in embedded mode. */
  get databaseUrl(): string | undefined {
    const { DATABASE_URL, POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = this.values;
    if (DATABASE_URL !== undefined || POSTGRES_HOST === undefined) return DATABASE_URL;
    const url = new URL('postgres://localhost');
    // A folder is where a socket lies; an IPv6 address needs brackets within a URL.
    if (POSTGRES_HOST.startsWith('/')) url.searchParams.set('host', POSTGRES_HOST);
    else url.hostname = POSTGRES_HOST.includes(':') ? `[${POSTGRES_HOST}]` : POSTGRES_HOST;
    url.port = String(POSTGRES_PORT);
    url.username = encodeURIComponent(POSTGRES_USER);
    url.password = encodeURIComponent(POSTGRES_PASSWORD ?? '');
    url.pathname = `/${encodeURIComponent(POSTGRES_DB)}`;
    return url.toString();
  }

  /** Address of the Redis server with its password, or undefined when the queues live in PostgreSQL. */
  get redisUrl(): string | undefined {
    const { REDIS_URL, REDIS_PASSWORD } = this.values;
    if (REDIS_URL === undefined || REDIS_PASSWORD === undefined) return REDIS_URL;
    const url = new URL(REDIS_URL);
    if (url.password === '') url.password = encodeURIComponent(REDIS_PASSWORD);
    return url.toString();
  }
}
