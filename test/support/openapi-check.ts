import type { IncomingMessage } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { stripPrefix } from '../../src/api/http/service';

/** An answer as it came over the wire. */
export interface Answered {
  method: string;
  /** As it was asked for, with a service's name in front and a query or without. */
  path: string;
  status: number;
  body: unknown;
}

interface Template {
  template: string;
  matches: RegExp;
  parameters: number;
}

const ERROR = '#/components/schemas/ErrorDto';
const escape = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
const pointer = (...parts: string[]): string =>
  `#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/** Holds every answer against the document that the server gives of itself. */
export class OpenApiCheck {
  private readonly ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  private readonly templates: Template[];

  constructor(private readonly document: OpenAPIObject) {
    this.ajv.addSchema({ $id: 'openapi', ...document });
    this.templates = Object.keys(document.paths)
      .map((template) => ({
        template,
        matches: new RegExp(
          `^${template
            .split(/\{[^}]+\}/)
            .map(escape)
            .join('[^/]+')}/?$`,
        ),
        parameters: template.split('{').length,
      }))
      // `/tasks/count` is not a task.
      .sort((one, other) => one.parameters - other.parameters);
  }

  /** @throws Error that says what the document does not allow: an unknown route that works, a status, a body. */
  check({ method, path, status, body }: Answered): void {
    const problem = this.problemOf(method.toLowerCase(), path, status, body);
    if (problem === undefined) return;
    throw new Error(`${method} ${path} answered ${status} against the document: ${problem}\n${JSON.stringify(body)}`);
  }

  private problemOf(method: string, path: string, status: number, body: unknown): string | undefined {
    const asked = stripPrefix({ url: path, method: method.toUpperCase() } as IncomingMessage).split('?', 1)[0] ?? '/';
    const found = this.templates.find(
      ({ template, matches }) => matches.test(asked) && method in (this.document.paths[template] ?? {}),
    );
    if (found === undefined) {
      if (status < 400) return asked === '/openapi.json' ? undefined : 'it knows no such route';
      return this.mismatch(ERROR, body);
    }
    const responses = this.document.paths[found.template]?.[method as 'get']?.responses ?? {};
    const isListed = responses[status] !== undefined;
    if (!isListed && status < 400) return `it has only ${Object.keys(responses).join(', ')}`;
    const name = isListed ? String(status) : 'default';
    const response = responses[name];
    if (response === undefined || '$ref' in response || response.content?.['application/json'] === undefined) {
      return 'it has no JSON body for that status';
    }
    return this.mismatch(
      pointer('paths', found.template, method, 'responses', name, 'content', 'application/json', 'schema'),
      body,
    );
  }

  private mismatch(where: string, body: unknown): string | undefined {
    if (this.ajv.validate({ $ref: `openapi${where}` }, body)) return undefined;
    return this.ajv.errorsText(this.ajv.errors, { dataVar: 'body' });
  }
}
