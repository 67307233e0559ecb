import {
  Controller,
  type ExecutionContext,
  Get,
  HttpCode,
  Injectable,
  Module,
  Post,
  Put,
  Delete,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { RateLimits } from '../../src/access/rate-limits.service';
import type { Tier } from '../../src/contracts/caller';
import { MemoryKv } from '../../src/drivers/kv/memory-kv';
import { rememberCaller } from '../../src/api/http/access.decorator';
import { ErrorFilter } from '../../src/api/http/error.filter';
import { LimitsGuard } from '../../src/api/http/limits.guard';
import type { HttpRequest } from '../../src/api/http/types';

/** Believes whoever says who he is. */
@Injectable()
class FakeAccessGuard {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const tier = request.headers['x-tier'] as Tier | undefined;
    if (tier !== undefined) rememberCaller(request, { holder: `key:${tier}`, name: tier, scopes: ['admin'], tier });
    return true;
  }
}

@Controller()
class Routes {
  @Get(['/', 'health', 'ready', 'metrics', 'tasks'])
  get(): object {
    return { ok: true };
  }

  @Post('tasks')
  @HttpCode(201)
  post(): object {
    return { ok: true };
  }

  @Put('tasks')
  put(): object {
    return { ok: true };
  }

  @Delete('tasks')
  delete(): object {
    return { ok: true };
  }
}

@Module({
  controllers: [Routes],
  providers: [
    { provide: RateLimits, useFactory: () => new RateLimits(new MemoryKv(() => 1_700_000_000_000)) },
    { provide: APP_GUARD, useClass: FakeAccessGuard },
    { provide: APP_GUARD, useClass: LimitsGuard },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
class Server {}

describe('the guard of limits', () => {
  let app: NestFastifyApplication;

  beforeEach(async () => {
    app = await NestFactory.create<NestFastifyApplication>(Server, new FastifyAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterEach(() => app.close());

  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, tier?: Tier) =>
    app.inject({ method, url, headers: tier === undefined ? {} : { 'x-tier': tier } });
  const limitHeaders = (headers: object): object =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => /^(x-ratelimit|retry-after)/.test(name)));

  it('tells a caller with a key where he stands', async () => {
    const { statusCode, headers } = await send('GET', '/tasks', 'live');
    expect(statusCode).toBe(200);
    expect(limitHeaders(headers)).toEqual({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
      'x-ratelimit-reset': '1700000001',
    });
  });

  it('counts POST, PUT and DELETE as writes, and refuses the eleventh', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'POST', 'PUT', 'DELETE', 'POST', 'PUT', 'DELETE', 'POST'] as const) {
      expect((await send(method, '/tasks', 'test')).statusCode).toBeLessThan(300);
    }
    const { statusCode, headers, body } = await send('POST', '/tasks', 'test');
    expect(statusCode).toBe(429);
    expect(limitHeaders(headers)).toEqual({
      'retry-after': '6',
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1700000060',
    });
    expect(JSON.parse(body)).toMatchObject({
      code: 'rate_limit_exceeded',
      message: 'Too many requests: the limit is 10 per minute. Try again in 6 s.',
      details: { limit: 10, window: 'minute', retry_after: 6 },
      retry_after: 6,
    });
    expect((await send('GET', '/tasks', 'test')).statusCode).toBe(200);
  });

  it.each(['admin', undefined] as const)('says nothing to %s', async (tier) => {
    for (let count = 0; count < 30; count++) {
      const { statusCode, headers } = await send('POST', '/tasks', tier);
      expect({ statusCode, ...limitHeaders(headers) }).toEqual({ statusCode: 201 });
    }
  });

  it('never counts who looks whether the server is well, and counts who reads the metrics by address', async () => {
    for (let count = 0; count < 70; count++) {
      for (const url of ['/', '/health', '/ready']) {
        const { statusCode, headers } = await send('GET', url, 'test');
        expect({ statusCode, ...limitHeaders(headers) }).toEqual({ statusCode: 200 });
      }
    }
    for (let count = 0; count < 60; count++) expect((await send('GET', '/metrics')).statusCode).toBe(200);
    const refused = await send('GET', '/metrics', 'admin');
    expect(refused.statusCode).toBe(429);
    expect(limitHeaders(refused.headers)).toMatchObject({ 'retry-after': '1', 'x-ratelimit-limit': '60' });
  });
});
