import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorAnswer } from '../http/error.mapper';
import { requestIdOf } from '../http/fastify';
import { pathOf } from '../http/path';
import { writeRawAnswer } from '../http/raw-answer';
import { prefixOf, serviceOf } from '../http/service';

export const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Serves a request whose offer to change the protocol we do not take, as HTTP demands: Java's client, for one, offers HTTP/2
 * with every first request. Node hands all of them over as soon as anybody takes upgrades, so this one is put back, without
 * the offer, in front of what the caller sent after it.
 */
export const serveAsPlain = (server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void => {
  const headers: string[] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? '';
    if (!/^(upgrade|http2-settings|connection)$/i.test(name))
      headers.push(`${name}: ${request.rawHeaders[at + 1] ?? ''}`);
  }
  const wantsClose = /\bclose\b/i.test(request.headers.connection ?? '');
  const lines = [
    `${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/${request.httpVersion}`,
    ...headers,
    `Connection: ${wantsClose ? 'close' : 'keep-alive'}`,
  ];
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
};

/** Answers a request for a WebSocket that is not granted, in the form of every other error. */
export const refuseUpgrade = (error: unknown, request: IncomingMessage, path: string, socket: Duplex): void => {
  if (!socket.writable) return;
  const asked = {
    requestId: requestIdOf(request),
    method: request.method ?? 'GET',
    path,
    askedPath: pathOf(request.url ?? '/'),
    userAgent: request.headers['user-agent'] ?? '',
    dialect: String(request.headers['x-octollm-dialect'] ?? ''),
    prefix: prefixOf(request),
    service: serviceOf(request),
  };
  writeRawAnswer(socket, errorAnswer(error, asked, new Date()));
};
