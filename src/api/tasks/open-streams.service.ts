import { Readable } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { HttpReply, HttpRequest } from '../http/types';
import { eventStream } from './event-stream';

/** Sends event streams, and ends those that are open when the server stops. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();
  private closing = false;

  /** Answers with the values of `source`, which must end when its signal aborts: the reader has gone, or the server stops. */
  async send<T>(
    request: HttpRequest,
    reply: HttpReply,
    source: (signal: AbortSignal) => AsyncIterable<T>,
    format: (value: T) => string,
  ): Promise<void> {
    void reply.header('content-type', 'text/event-stream; charset=utf-8').header('cache-control', 'no-store');
    if (request.method === 'HEAD') {
      await reply.send('');
      return;
    }
    const stop = new AbortController();
    if (this.closing) stop.abort();
    this.open.add(stop);
    reply.raw.once('close', () => {
      this.open.delete(stop);
      stop.abort();
    });
    await reply.send(Readable.from(eventStream(source(stop.signal), format)));
  }

  /** A browser comes back as soon as its stream ends; while we close it finds an empty one. */
  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const stream of this.open) stream.abort();
  }
}
