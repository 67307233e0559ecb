import type { IncomingMessage } from 'node:http';
import { type ServiceName, serviceNamed } from '../../contracts/service';

const prefixes = new WeakMap<IncomingMessage, ServiceName>();
/** Services of the extra listeners by their local port; the main port is not among them. */
const ports = new Map<number, ServiceName>();

/** From now on requests to this local port are answered as this service where answers differ. */
export const announcePort = (port: number, service: ServiceName): void => void ports.set(port, service);

/** Nobody listens on this port any more. */
export const forgetPort = (port: number): void => void ports.delete(port);

/**
 * Takes the service's name off the front of an address, `/coder/code` → `/code`, and remembers it for the request. A service's
 * name alone is its root; `POST /reflex` is a route of its own and stays.
 */
export const stripPrefix = (request: IncomingMessage): string => {
  const url = request.url ?? '/';
  const match = /^\/([a-z_]+(?:-[a-z]+)?(?:-\d{3})?)(\/[^?]*)?(\?.*)?$/.exec(url);
  const service = match?.[1] === undefined ? undefined : serviceNamed(match[1]);
  if (service === undefined || (match?.[2] === undefined && request.method !== 'GET')) return url;
  prefixes.set(request, service);
  return `${match?.[2] ?? '/'}${match?.[3] ?? ''}`;
};

/** The service named in the address, if one was. */
export const prefixOf = (request: IncomingMessage): ServiceName | undefined => prefixes.get(request);

/** As which service a request is answered where answers differ: by prefix, else by local port, else as the orchestrator. */
export const serviceOf = (request: IncomingMessage): ServiceName =>
  prefixes.get(request) ?? ports.get(request.socket.localPort ?? 0) ?? 'orchestrator';
