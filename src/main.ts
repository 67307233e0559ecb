import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createHttpApp } from './api/http/fastify';
import { openServicePorts } from './api/http/service-listeners';
import { AppModule } from './app.module';
import { AppConfig } from './common/config/config.service';
import type { Settings } from './common/config/config.schema';
import { ConfigError, loadConfig } from './common/config/load-config';
import { OctoError } from './common/errors';
import { AppLogger } from './common/log/logger';

/** Time beyond the drain that closing connections and the database may take. */
const CLOSE_GRACE_MS = 10_000;

/** A start that cannot succeed: says why in plain lines and ends. */
const giveUp = (lines: string[]): never => {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
};

const explain = (error: unknown, { PORT, HOST }: Settings): string[] => {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return [`PORT: ${PORT} on ${HOST} is taken by another program. Set PORT to a free port, or to 0 for any.`];
  if (code === 'EACCES') return [`PORT: this user may not listen on port ${PORT}. Set PORT to one above 1023.`];
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return [`HOST: ${HOST} is not an address of this machine.`];
  if (error instanceof OctoError) return [error.message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
};

/** One line, and a loud one where nobody guards the door. */
const sayWhoMayComeIn = ({ demandsKeys, isLoopback, values: { HOST, AUTH_MODE } }: AppConfig, log: AppLogger): void => {
  if (demandsKeys) {
    log.log(
      'Every request needs a key: X-API-Key or Authorization: Bearer. An admin key makes more with POST /keys.',
      'Access',
    );
  } else if (isLoopback) {
    log.log('Open to this machine without a key. AUTH_MODE=keys demands one.', 'Access');
  } else {
    log.warn(
      `AUTH_MODE=${AUTH_MODE} with HOST=${HOST}: WHOEVER REACHES THIS ADDRESS CAN DO EVERYTHING, running programs included. Set AUTH_MODE=keys.`,
      'Access',
    );
  }
};

const start = async (): Promise<void> => {
  let loaded;
  try {
    loaded = loadConfig();
  } catch (error) {
    if (error instanceof ConfigError) return giveUp([error.message]);
    throw error;
  }
  const { settings, warnings } = loaded;
  const log = new AppLogger(settings);
  for (const warning of warnings) log.warn(warning, 'Config');
  try {
    const app = await createHttpApp(AppModule.with(settings), settings, { logger: log, abortOnError: false });
    let closing = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (closing) process.exit(130);
      closing = true;
      log.log(`${signal}: finishing the running steps, at most ${settings.SHUTDOWN_TIMEOUT_SECONDS} s`, 'Server');
      setTimeout(
        () => {
          log.fatal(
            'The stop took too long; ending now. What was not finished goes on after the next start.',
            'Server',
          );
          process.exit(1);
        },
        settings.SHUTDOWN_TIMEOUT_SECONDS * 1000 + CLOSE_GRACE_MS,
      ).unref();
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error(error, 'Server');
          process.exit(1);
        },
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    await app.listen(settings.PORT, settings.HOST);
    await openServicePorts(app, settings);
    sayWhoMayComeIn(new AppConfig(settings), log);
    const url = await app.getUrl();
    new Logger('Server').log(`Ready: ${url} (API), ${url}/docs (documentation)`);
  } catch (error) {
    giveUp(explain(error, settings));
  }
};

void start();
