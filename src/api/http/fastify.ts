import type { IncomingMessage } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '../../common/config/config.schema';
import { newId } from '../../common/ids';
import { histogram } from '../../common/metrics';
import { closeEveryConnection } from './closing';
import { errorAnswer } from './error.mapper';
import { failedRequest } from './failed-request';
import { encodedBodyFault, otherBodyFault, parseJsonBody } from './json-body';
import { noteRoute } from './known-routes';
import { HttpListeners } from './listeners.service';
import { foreignCaller, isLoopbackName } from './loopback';
import { answerMalformed } from './malformed';
import { serveOpenApi } from './openapi';
import { stripPrefix } from './service';
import type { HttpReply, HttpRequest } from './types';

export type HttpSettings = Pick<Settings, 'HOST' | 'MAX_BODY_BYTES'>;

/** A request that is still not complete after this long is given up: it holds a socket and memory. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than any id of ours, so that a bad id gets the 404 of its route. */
const MAX_PARAM_LENGTH = 1_000;
const REQUEST_ID = /^[\x20-\x7e]{1,128}$/;

const requestSeconds = histogram(
  'orchestrator_http_request_duration_seconds',
  'Time from the first byte of a request to the last of its answer',
  ['method', 'endpoint', 'status'],
  [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
);

/** The caller's own id, if it can go into a header and a log line as it is, else a new one. */
export const requestIdOf = (request: Pick<IncomingMessage, 'headers'>): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) && given.trim() !== '' ? given : newId();
};

/** Answers what Fastify finds before any route or hook is reached, such as an address that cannot be decoded. */
const answerEarly = (error: Error, request: HttpRequest, reply: HttpReply): void => {
  const { status, headers, body } = errorAnswer(error, failedRequest(request), new Date());
  // As bytes, because Fastify adds a charset to text, and no hook of ours takes it away here.
  void reply
    .status(status)
    .headers(headers)
    .type('application/json')
    .send(Buffer.from(JSON.stringify(body)));
};

const observe = (request: HttpRequest, reply: HttpReply): void => {
  const endpoint = request.routeOptions.url ?? 'unknown';
  const labels = { method: request.method, endpoint, status: String(reply.statusCode) };
  requestSeconds.observe(labels, reply.elapsedTime / 1000);
};

/** Nest would add parsers of its own that refuse an empty body and take what we do not. */
class OwnParsersAdapter extends FastifyAdapter {
  override registerParserMiddleware(): void {
    // Registered by createAdapter.
  }
}

const createAdapter = ({ HOST, MAX_BODY_BYTES }: HttpSettings): FastifyAdapter => {
  const adapter = new OwnParsersAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestIdHeader: false,
    genReqId: requestIdOf,
    rewriteUrl: stripPrefix,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
    frameworkErrors: answerEarly,
    clientErrorHandler: answerMalformed,
  });
  const server = adapter.getInstance();
  const onlyLoopback = isLoopbackName(HOST);
  server.addHook('onRoute', ({ url, method }) => noteRoute(server.server, url, method));
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      const fault = encodedBodyFault(body, request.headers['content-encoding']);
      if (fault !== undefined) done(fault);
      else done(null, parseJsonBody(body));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    done(otherBodyFault(body, request.headers['content-type']) ?? null);
  });
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    if (onlyLoopback) done(foreignCaller(request.headers));
    else done();
  });
  // Fastify adds a charset, which JSON does not have and a client that compares the whole header does not know.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (/^application\/json; *charset=utf-8$/i.test(String(reply.getHeader('content-type')))) {
      void reply.header('content-type', 'application/json');
    }
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    observe(request, reply);
    done();
  });
  return adapter;
};

/**
 * The application as it is served and as it is tested. `module` must contain `ApiModule`, which brings the checks of
 * requests and the form of errors.
 */
export const createHttpApp = async (
  module: Parameters<typeof NestFactory.create>[0],
  settings: HttpSettings,
  options?: NestApplicationOptions,
): Promise<NestFastifyApplication> => {
  const adapter = createAdapter(settings);
  const closeConnectionsOf = closeEveryConnection(adapter);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const listeners = app.get(HttpListeners, { strict: false });
  listeners.each(closeConnectionsOf);
  listeners.add(app.getHttpServer());
  serveOpenApi(app);
  return app;
};
