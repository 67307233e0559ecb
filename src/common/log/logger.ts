import type { LoggerService } from '@nestjs/common';
import pino, { type Logger as Pino } from 'pino';
import type { Settings } from '../config/config.schema';
import { scrubber } from './scrub';

/** Nest tells of every module and route it sets up, in some eighty lines at each start. */
const TALKATIVE = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Where Nest reports a start that failed, with a stack; main.ts says the same in plain words. */
const STARTING = new Set(['ExceptionHandler', 'NestApplication', 'NestFactory']);

const describe = (message: unknown): string => {
  if (message instanceof Error) return message.stack ?? message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
};

const level = (name: Settings['LOG_LEVEL']): string => (name === 'warning' ? 'warn' : name);

/** Nest's logger on pino: one JSON object a line on standard output, free of credentials. */
export class AppLogger implements LoggerService {
  private readonly pino: Pino;
  private readonly scrub: (text: string) => string;

  constructor(settings: Pick<Settings, 'LOG_LEVEL'> & Partial<Settings>) {
    this.pino = pino({
      level: level(settings.LOG_LEVEL),
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    });
    this.scrub = scrubber([
      settings.OCTO_SECRET,
      settings.OPENAI_API_KEY,
      settings.ANTHROPIC_API_KEY,
      settings.POSTGRES_PASSWORD,
      settings.REDIS_PASSWORD,
      settings.QDRANT_API_KEY,
    ]);
  }

  log(message: unknown, ...context: unknown[]): void {
    this.write(TALKATIVE.has(String(context.at(-1))) ? 'debug' : 'info', message, context);
  }

  error(message: unknown, ...context: unknown[]): void {
    this.write(STARTING.has(String(context.at(-1))) ? 'debug' : 'error', message, context);
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.write('warn', message, context);
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.write('debug', message, context);
  }

  verbose(message: unknown, ...context: unknown[]): void {
    this.write('trace', message, context);
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.write('fatal', message, context);
  }

  /** Nest passes the context's name last, and for errors a stack before it. */
  private write(
    severity: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    context: unknown[],
  ): void {
    if (!this.pino.isLevelEnabled(severity)) return;
    const texts = context.filter((item): item is string => typeof item === 'string' && item !== '');
    const room = texts.pop();
    const text = [describe(message), ...texts].join('\n');
    this.pino[severity]({ ...(room !== undefined && { room }) }, this.scrub(text));
  }
}
