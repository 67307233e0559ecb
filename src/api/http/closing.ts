import type { Socket } from 'node:net';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

const GRACE_MS = 2_000;

/**
 * Lets a stop of the server end every connection. Node closes those between two requests, and forgets three kinds that would
 * hold the stop up for a minute: those on which nothing was ever asked (browsers and `fetch` open some in advance), and those
 * whose answer ends only after the stop began, such as an event stream; and those with half a request.
 */
export const closeEveryConnection = (adapter: FastifyAdapter): void => {
  const server = adapter.getInstance();
  const sockets = new Set<Socket>();
  let closing = false;
  server.server.on('connection', (socket: Socket) => {
    if (closing) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.addHook('preClose', (done) => {
    closing = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    // Whoever is still sending, or has stopped half-way, has had the whole drain to finish.
    setTimeout(() => server.server.closeAllConnections(), GRACE_MS).unref();
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    if (closing) request.raw.socket.destroySoon();
    done();
  });
};
