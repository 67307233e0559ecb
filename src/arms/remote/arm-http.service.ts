import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { handsOutCredentials } from '../../common/arm-address';

/** More than any sensible answer, far less than would hurt. */
const LARGEST_REPLY_BYTES = 1_048_576;

/** What an arm answered. */
export interface HttpReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Undefined when it was not JSON. */
  json: unknown;
}

interface Call {
  signal: AbortSignal;
  timeoutMs: number;
  headers?: Record<string, string>;
}

/** A name that leads to an address we do not call is refused like the address itself, at the moment of connecting. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const refused =
      error === null &&
      (typeof address === 'string' ? [address] : address.map((one) => one.address)).some(handsOutCredentials);
    const problem = refused
      ? new Error(`${hostname} leads to an address where clouds hand out credentials, which is not called`)
      : error;
    callback(problem, address, family);
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Speaks to arms over HTTP: no redirects, bounded replies, link-local addresses never. Rejects when no answer came. */
@Injectable()
export class ArmHttp implements OnApplicationShutdown {
  private readonly agent = new Agent({ connect: { lookup: guardedLookup }, maxResponseSize: LARGEST_REPLY_BYTES });

  get(url: string, call: Call): Promise<HttpReply> {
    return this.send('GET', url, call);
  }

  post(url: string, body: unknown, call: Call): Promise<HttpReply> {
    return this.send('POST', url, call, JSON.stringify(body));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    { signal, timeoutMs, headers }: Call,
    body?: string,
  ): Promise<HttpReply> {
    const reply = await request(url, {
      method,
      dispatcher: this.agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, timeoutMs))]),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    return { status: reply.statusCode, headers: reply.headers, json: parsed(await reply.body.text()) };
  }
}
