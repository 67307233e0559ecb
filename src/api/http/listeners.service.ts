import type { Server } from 'node:http';
import { Injectable } from '@nestjs/common';

/** Every listener requests come in through: that of `PORT`, and those of `SERVICE_PORTS`, which open a little later. */
@Injectable()
export class HttpListeners {
  private readonly servers: Server[] = [];
  private readonly uses: ((server: Server) => void)[] = [];

  /** Has something done to each listener, those to come included, e.g. to serve WebSockets on it. */
  each(use: (server: Server) => void): void {
    this.uses.push(use);
    for (const server of this.servers) use(server);
  }

  /** Announces a listener. */
  add(server: Server): void {
    this.servers.push(server);
    for (const use of this.uses) use(server);
  }
}
