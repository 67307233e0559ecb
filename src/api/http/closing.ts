import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

const GRACE_MS = 2_000;

/**
 * Lets a stop of the server end every connection of the listeners it is told of. Node closes those between two requests, and
 * forgets three kinds that would hold the stop up for a minute: those on which nothing was ever asked (browsers and `fetch`
 * open some in advance), those whose answer ends only after the stop began, such as an event stream, and those with half a
 * request. Fastify closes its own listener; the others are closed here.
 */
export const closeEveryConnection = (adapter: FastifyAdapter): ((listener: Server) => void) => {
  const server = adapter.getInstance();
  const listeners: Server[] = [];
  const sockets = new Set<Socket>();
  const closed: Promise<void>[] = [];
  let closing = false;
  server.addHook('preClose', (done) => {
    closing = true;
    for (const listener of listeners) {
      if (listener !== server.server) closed.push(new Promise((resolve) => listener.close(() => resolve())));
    }
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    // Whoever is still sending, or has stopped half-way, has had the whole drain to finish.
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, GRACE_MS).unref();
    done();
  });
  server.addHook('onClose', async () => {
    await Promise.all(closed);
  });
  server.addHook('onResponse', (request, _reply, done) => {
    if (closing) request.raw.socket.destroySoon();
    done();
  });
  return (listener) => {
    listeners.push(listener);
    listener.on('connection', (socket: Socket) => {
      if (closing) {
        socket.destroy();
        return;
      }
      // Announced once more when it is put back: see `serveAsPlain`.
      if (sockets.has(socket)) return;
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  };
};
