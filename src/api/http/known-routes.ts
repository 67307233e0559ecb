import type { Server } from 'node:http';
import { UserError } from '../../common/errors';
import { echoText } from './echo';
import { pathOf } from './path';
import type { HttpRequest } from './types';

interface KnownRoute {
  method: string;
  matches: RegExp;
}

const books = new WeakMap<object, KnownRoute[]>();

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** `/tasks/:id` → `/tasks/` and anything without a slash. */
const templateMatcher = (template: string): RegExp =>
  new RegExp(
    `^${template
      .replace(/\/$/, '')
      .split(/:[A-Za-z_]+/)
      .map(escape)
      .join('[^/]+')}/?$`,
  );

/** Notes a route of a server as it is registered. */
export const noteRoute = (server: Server, template: string, methods: string | string[]): void => {
  const book = books.get(server) ?? [];
  for (const method of [methods].flat()) book.push({ method, matches: templateMatcher(template) });
  books.set(server, book);
};

/** The methods that the request's path is there for, in alphabetical order. */
const allowedMethods = (request: HttpRequest): string[] => {
  const path = pathOf(request.url);
  const book = books.get(request.server.server) ?? [];
  return [...new Set(book.filter(({ matches }) => matches.test(path)).map(({ method }) => method))].sort();
};

/** What is wrong with a request to no route: the method, when the path is there for others. */
export const wrongMethod = (request: HttpRequest): UserError | undefined => {
  const allowed = allowedMethods(request);
  if (allowed.length === 0) return undefined;
  const path = echoText(pathOf(request.originalUrl));
  return new UserError('method_not_allowed', `${path} does not take ${request.method}, but ${allowed.join(', ')}.`, {
    details: { method: request.method, allowed_methods: allowed },
  });
};
