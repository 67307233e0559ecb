import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '../../common/config/config.schema';
import { type ServicePort, readServicePorts } from '../../common/config/service-ports';
import { HttpListeners } from './listeners.service';
import { answerMalformed } from './malformed';
import { announcePort, forgetPort } from './service';

const log = new Logger('Server');

/** A further listener with the handler and the time limits of the main one. */
const twinOf = (app: NestFastifyApplication): Server => {
  const fastify = app.getHttpAdapter().getInstance();
  const { server: main } = fastify;
  const twin = createServer((request, response) => fastify.routing(request, response));
  twin.requestTimeout = main.requestTimeout;
  twin.headersTimeout = main.headersTimeout;
  twin.keepAliveTimeout = main.keepAliveTimeout;
  twin.setTimeout(main.timeout);
  twin.on('clientError', answerMalformed);
  return twin;
};

/** The port that was opened, or undefined when that was not possible: the server does its work without it. */
const open = async (twin: Server, { port, service }: ServicePort, host: string): Promise<number | undefined> => {
  try {
    twin.listen(port, host);
    await once(twin, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${message})`;
    log.warn(
      `SERVICE_PORTS: port ${port} on ${host} ${reason}; the ${service} answers under /${service} of PORT alone.`,
    );
    return undefined;
  }
  return (twin.address() as AddressInfo).port;
};

/**
 * Opens the ports of `SERVICE_PORTS` on the same host. Every route is there on each of them; what differs between services is
 * answered as the service of the port. One that is taken is a warning.
 * @returns those that were opened, with their real numbers.
 */
export const openServicePorts = async (
  app: NestFastifyApplication,
  { SERVICE_PORTS, HOST }: Pick<Settings, 'SERVICE_PORTS' | 'HOST'>,
): Promise<ServicePort[]> => {
  const wanted = readServicePorts(SERVICE_PORTS);
  const opened: ServicePort[] = [];
  for (const entry of typeof wanted === 'string' ? [] : wanted) {
    const twin = twinOf(app);
    const port = await open(twin, entry, HOST);
    if (port === undefined) continue;
    announcePort(port, entry.service);
    twin.once('close', () => forgetPort(port));
    app.get(HttpListeners, { strict: false }).add(twin);
    opened.push({ port, service: entry.service });
  }
  if (opened.length > 0) log.log(`Also: ${opened.map(({ port, service }) => `${service} on ${port}`).join(', ')}`);
  return opened;
};
