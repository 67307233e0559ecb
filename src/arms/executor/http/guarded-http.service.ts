import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { Agent, request } from 'undici';
import { OctoError } from '../../../common/errors';
import { storableText } from '../../../common/storable';
import { isListed, isPublic, isWebPort } from './hosts';
import { type HttpOrder, refusal, webAddress } from './http-order';

export interface Address {
  address: string;
  family: number;
}
export interface HttpBounds {
  /** Hosts that may be asked; undefined when the caller may ask all. */
  hosts: readonly string[] | undefined;
  /** Hosts that the caller's grant is good for; undefined when it names none. */
  granted?: readonly string[] | undefined;
  signal: AbortSignal;
  timeoutMs: number;
}
export interface HttpOutcome {
  /** As of `curl`: 0, 6 name unknown, 7 no connection, 22 status of 400 and above, 28 time up, 47 too many redirects. */
  exitCode: number;
  stdout: string;
  stderr: string;
  truncated: boolean;
  httpStatus?: number;
}

const MAX_BODY_BYTES = 1_000_000;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Not handed on to another host. */
const PRIVATE_HEADERS = ['authorization', 'cookie'];

const literal = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

const failure = (exitCode: number, stderr: string): HttpOutcome => ({ exitCode, stdout: '', stderr, truncated: false });

/** The code of an error of Node or undici, whose message may name addresses of ours. Undefined for any other. */
const connectionFault = (error: unknown): string | undefined => {
  if (error instanceof OctoError || typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return String(error.code);
};

type Step = { outcome: HttpOutcome } | { next: HttpOrder };

/**
 * Asks servers of the public internet, and no others: each host must be on the list, each of its addresses public, and the
 * connection goes to an address that was checked, not to a second answer of the name server. Redirects are checked alike.
 */
@Injectable()
export class GuardedHttp {
  /** Replaced in tests, which have no internet. */
  protected resolve(hostname: string): Promise<Address[]> {
    return lookup(hostname, { all: true });
  }

  /** Replaced in tests, whose servers are on this machine. */
  protected isAllowedAddress(address: string): boolean {
    return isPublic(address);
  }

  /** Connects to these addresses, whatever the name server says by then. */
  protected agentFor(addresses: Address[]): Agent {
    return new Agent({
      connect: {
        lookup: (_host, { all }, done) =>
          all === true ? done(null, addresses) : done(null, addresses[0]?.address ?? '', addresses[0]?.family),
      },
    });
  }

  /**
   * What goes wrong on the way is an outcome. Errors: `UserError` `capability_denied` for a host or an address that may not be
   * asked. Rejects with the signal's reason on abort.
   */
  async send(order: HttpOrder, { hosts, granted, signal, timeoutMs }: HttpBounds): Promise<HttpOutcome> {
    const clock = AbortSignal.timeout(Math.max(1, Math.round(Math.min(timeoutMs, order.timeoutMs ?? timeoutMs))));
    const either = AbortSignal.any([signal, clock]);
    const aborted = new Promise<never>((_, reject) =>
      either.addEventListener('abort', () => reject(either.reason as Error), { once: true }),
    );
    aborted.catch(() => undefined);
    try {
      let current = order;
      for (;;) {
        const step = await Promise.race([this.step(current, { hosts, granted }, either), aborted]);
        if ('outcome' in step) return step.outcome;
        current = step.next;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (clock.aborted) return failure(28, 'The server did not answer in time.');
      throw error;
    }
  }

  private async step(
    order: HttpOrder,
    { hosts, granted }: Pick<HttpBounds, 'hosts' | 'granted'>,
    signal: AbortSignal,
  ): Promise<Step> {
    const { url, method, headers, body } = order;
    if (granted !== undefined && !isListed(url, granted)) {
      throw refusal(`The host ${url.hostname} is not allowed: the token is good for ${granted.join(', ')} alone.`);
    }
    if (hosts !== undefined && !isListed(url, hosts)) {
      const allowed = hosts.length === 0 ? 'none is (EXECUTOR_HOSTS is not set)' : `allowed are ${hosts.join(', ')}`;
      throw refusal(`The host ${url.hostname} is not allowed: ${allowed}.`);
    }
    if (!isWebPort(url, hosts)) {
      throw refusal(
        `The port ${url.port} is not allowed: it is no port of the web, and EXECUTOR_HOSTS does not name it.`,
      );
    }
    const addresses = await this.addressesOf(url.hostname);
    if (addresses === undefined) return { outcome: failure(6, `The host ${url.hostname} has no address.`) };
    const agent = this.agentFor(addresses);
    try {
      const answer = await request(url, { method, headers, body: body ?? null, dispatcher: agent, signal });
      const location = answer.headers['location'];
      if (REDIRECTS.includes(answer.statusCode) && typeof location === 'string' && order.redirects !== 0) {
        await answer.body.dump();
        return { next: redirected(order, answer.statusCode, location) };
      }
      const { text, truncated } = await readUpTo(answer.body, MAX_BODY_BYTES);
      return { outcome: toOutcome(order, answer, text, truncated) };
    } catch (error) {
      const fault = connectionFault(error);
      if (signal.aborted || fault === undefined) throw error;
      return { outcome: failure(7, `The request to ${url.hostname} failed: ${fault}.`) };
    } finally {
      void agent.destroy();
    }
  }

  /** Undefined when there is none. Throws when one of them is not public. */
  private async addressesOf(hostname: string): Promise<Address[] | undefined> {
    const host = literal(hostname);
    const addresses = await this.resolve(host).catch(() => []);
    if (addresses.length === 0) return undefined;
    if (addresses.every(({ address }) => this.isAllowedAddress(address))) return addresses;
    throw refusal(
      `The host ${hostname} is not on the public internet; no address of this machine or its network may be asked.`,
    );
  }
}

const redirected = (order: HttpOrder, status: number, location: string): HttpOrder => {
  const url = webAddress(URL.canParse(location, order.url.href) ? new URL(location, order.url).href : location);
  const sameHost = url.host === order.url.host && url.protocol === order.url.protocol;
  const dropped = [...(sameHost ? [] : PRIVATE_HEADERS), ...(status === 307 || status === 308 ? [] : ['content-type'])];
  const headers = Object.fromEntries(Object.entries(order.headers).filter(([name]) => !dropped.includes(name)));
  const next = { ...order, url, headers, redirects: order.redirects - 1 };
  if (order.method !== 'POST' || status === 307 || status === 308) return next;
  delete next.body;
  return { ...next, method: 'GET' };
};

const readUpTo = async (body: AsyncIterable<Buffer>, limit: number): Promise<{ text: string; truncated: boolean }> => {
  const chunks: Buffer[] = [];
  let room = limit;
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, room));
    if (chunk.length > room) return { text: Buffer.concat(chunks).toString('utf8'), truncated: true };
    room -= chunk.length;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), truncated: false };
};

const toOutcome = (
  order: HttpOrder,
  { statusCode, headers }: { statusCode: number; headers: NodeJS.Dict<string | string[]> },
  text: string,
  truncated: boolean,
): HttpOutcome => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  const head = order.showHeaders ? `HTTP ${statusCode}\n${lines.join('\n')}\n\n` : '';
  // A redirect is left over when it may not be followed, or not any further.
  const isRedirect = REDIRECTS.includes(statusCode);
  const failed = order.failOnError && (isRedirect || statusCode >= 400);
  return {
    exitCode: failed ? (isRedirect ? 47 : 22) : 0,
    stdout: storableText(`${head}${text}`),
    stderr: failed ? `The server answered with status ${statusCode}.` : '',
    truncated,
    httpStatus: statusCode,
  };
};
