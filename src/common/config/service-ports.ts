import { SERVICES, type ServiceName, serviceNamed } from '../../contracts/service';

/** A port that answers as one service where answers differ. */
export interface ServicePort {
  /** 0: any free one. */
  port: number;
  service: ServiceName;
}

/** Default base URLs of the clients. */
const ALL: ServicePort[] = [
  { port: 8001, service: 'reflex' },
  { port: 8002, service: 'planner' },
  { port: 8003, service: 'executor' },
  { port: 8004, service: 'retriever' },
  { port: 8005, service: 'coder' },
  { port: 8006, service: 'judge' },
  { port: 8007, service: 'safety-guardian' },
  { port: 8080, service: 'reflex' },
];

const HIGHEST_PORT = 65_535;

const ALLOWED = 'off, on (8001 to 8007 and 8080), or a list such as 8005=coder,8100=coder';

const readEntry = (entry: string): ServicePort | string => {
  const [port = '', name] = entry.split('=', 2).map((part) => part.trim());
  if (name === undefined) return ALLOWED;
  if (!/^\d{1,5}$/.test(port) || Number(port) > HIGHEST_PORT)
    return `${ALLOWED}; "${entry}" names no port from 0 to ${HIGHEST_PORT}`;
  const service = serviceNamed(name);
  if (service === undefined) return `${ALLOWED}; "${entry}" names no service of ${SERVICES.join(', ')}`;
  return { port: Number(port), service };
};

/** Reads `SERVICE_PORTS`: `off`, `on`, or a list such as `8005=coder,8100=coder`. A text says what is wrong with it. */
export const readServicePorts = (text: string): ServicePort[] | string => {
  const word = text.trim().toLowerCase();
  if (word === 'off') return [];
  if (word === 'on') return ALL;
  const ports: ServicePort[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    const read = readEntry(entry);
    if (typeof read === 'string') return read;
    if (read.port !== 0 && ports.some(({ port }) => port === read.port)) {
      return `${ALLOWED}; port ${read.port} stands in it twice`;
    }
    ports.push(read);
  }
  return ports;
};
