import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import { TransientError } from '../../common/errors';
import { errorAnswer } from './error.mapper';
import { failedRequest } from './failed-request';
import { wrongMethod } from './known-routes';
import type { HttpReply, HttpRequest } from './types';

/** Turns whatever was thrown, by us, Nest or Fastify, into the one error body, and logs what the answer leaves out. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<HttpRequest>();
    const reply = host.switchToHttp().getResponse<HttpReply>();
    const { method, id } = request;
    // Nest throws this one when no route fits, and nobody else does.
    const error = (thrown instanceof NotFoundException ? wrongMethod(request) : undefined) ?? thrown;
    const answer = errorAnswer(error, failedRequest(request), new Date());
    this.log(error, `${method} ${request.routeOptions.url ?? '(unknown route)'} ${id}`, answer.incidentId);
    if (reply.sent) return;
    void reply.status(answer.status).headers(answer.headers).type('application/json').send(answer.body);
  }

  private log(error: unknown, where: string, incidentId: string | undefined): void {
    if (incidentId !== undefined) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.logger.error(`incident ${incidentId} in ${where}: ${stack}`);
    } else if (error instanceof TransientError) {
      this.logger.warn(`${where}: ${error.code}: ${error.message}`);
    }
  }
}
