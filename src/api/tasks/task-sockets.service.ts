import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type WebSocket, WebSocketServer } from 'ws';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { TransientError, UserError } from '../../common/errors';
import { IntakePort } from '../../intake/intake.port';
import { Doorkeeper, requireScope } from '../http/doorkeeper.service';
import { echoText } from '../http/echo';
import { HttpListeners } from '../http/listeners.service';
import { foreignCaller, isLoopbackName } from '../http/loopback';
import { pathOf } from '../http/path';
import { stripPrefix } from '../http/service';
import { type SessionDesk, SocketSession } from './socket-session';
import { taskChanges } from './task-changes';
import { TaskDoors } from './task-doors.service';
import { isWebSocket, refuseUpgrade, serveAsPlain } from './upgrade';

/** `/ws/{client_id}`; the name is the client's own and means nothing to us. */
const PATH = /^\/ws\/[^/]{1,200}\/?$/;
/** A subscription takes some hundred bytes. */
const MAX_MESSAGE_BYTES = 4_096;
/** A client that does not read what it asked for must not fill our memory. */
const MAX_UNREAD_BYTES = 1_048_576;
const MAX_CONNECTIONS = 1_000;
/** Silence after which a client is asked whether it is still there; silent until the next time, it is given up. */
const HEARTBEAT_MS = 30_000;
const CLOSE_GRACE_MS = 1_000;

const GOING_AWAY = 1001;
const POLICY = 1008;

/** Tasks as they go on, over WebSockets on every listener. */
@Injectable()
export class TaskSockets implements BeforeApplicationShutdown {
  private readonly logger = new Logger('api');
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  private readonly desk: SessionDesk;
  private readonly onlyLoopback: boolean;
  private isClosing = false;

  constructor(
    private readonly doorkeeper: Doorkeeper,
    config: AppConfig,
    listeners: HttpListeners,
    doors: TaskDoors,
    intake: IntakePort,
    clock: Clock,
  ) {
    this.onlyLoopback = isLoopbackName(config.values.HOST);
    this.desk = {
      find: async (given) => (await doors.find(given)).task,
      changes: (id, signal) => taskChanges(intake, id, signal),
      now: () => clock.now(),
    };
    this.sockets.on('wsClientError', (error, socket, request) => {
      const fault = new UserError('invalid_format', `This is no request for a WebSocket: ${echoText(error.message)}.`);
      refuseUpgrade(fault, request, '/ws', socket);
    });
    listeners.each((server) => this.serve(server));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    const open = [...this.sockets.clients];
    const closed = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of open) socket.close(GOING_AWAY, 'The server stops');
    const grace = setTimeout(() => {
      for (const socket of open) socket.terminate();
    }, CLOSE_GRACE_MS);
    await Promise.all(closed);
    clearTimeout(grace);
  }

  private serve(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      if (isWebSocket(request)) void this.upgrade(request, socket, head);
      else serveAsPlain(server, request, socket, head);
    });
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = pathOf(stripPrefix(request));
    const giveUp = (): void => void socket.destroy();
    socket.on('error', giveUp);
    try {
      await this.admit(request, path);
    } catch (error) {
      refuseUpgrade(error, request, path, socket);
      return;
    }
    socket.off('error', giveUp);
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.talk(opened, request));
  }

  /** @throws what to answer instead of opening a WebSocket. */
  private async admit(request: IncomingMessage, path: string): Promise<void> {
    const foreign = this.onlyLoopback ? foreignCaller(request.headers) : undefined;
    if (foreign !== undefined) throw foreign;
    if (!PATH.test(path)) {
      throw new UserError('endpoint_not_found', `There is no WebSocket at ${echoText(path)}, only at /ws/{client_id}.`);
    }
    await this.authorise(request);
    if (this.isClosing || this.sockets.clients.size >= MAX_CONNECTIONS) {
      const reason = this.isClosing ? 'The server stops.' : `There are ${MAX_CONNECTIONS} open WebSockets already.`;
      throw new TransientError('service_unavailable', reason);
    }
  }

  private async authorise(request: IncomingMessage): Promise<void> {
    requireScope(await this.doorkeeper.identifyUpgrade(request), 'task:read');
  }

  private talk(socket: WebSocket, request: IncomingMessage): void {
    const session = new SocketSession(this.desk, (message) => {
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    });
    let isAlive = true;
    const heartbeat = setInterval(() => {
      if (!isAlive) socket.terminate();
      isAlive = false;
      socket.ping();
      this.authorise(request).catch((error: unknown) => {
        // Revoked or expired since; a database that does not answer is no reason to send anybody away.
        if (error instanceof UserError) socket.close(POLICY, 'The credential is no longer valid');
      });
    }, HEARTBEAT_MS);
    socket.on('pong', () => (isAlive = true));
    socket.on('message', (data, isBinary) => {
      isAlive = true;
      session.receive(isBinary ? '' : (data as Buffer).toString('utf8'));
    });
    // What is wrong with a frame ends the connection with a code that says so; there is nobody else to tell.
    socket.on('error', (error) => this.logger.debug(`WebSocket: ${error.message}`));
    socket.on('close', () => {
      clearInterval(heartbeat);
      session.close();
    });
  }
}
