import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule, getSchemaPath } from '@nestjs/swagger';
import { ERROR_MEANINGS, ErrorDto } from './errors.decorator';
import { VERSION } from './version';

const TAGS: Record<string, string> = {
  Tasks: 'The orchestrator: submit goals, watch them, read their results',
  Approvals: 'Steps that wait for a person',
  Artifacts: 'Files that tasks were given and have made',
  Reflex: 'Screening by rules alone: personal data, secrets, prompt injection',
  Planner: 'From a goal to steps',
  Executor: 'Commands, programs and HTTP calls, each within what it was granted',
  Retriever: 'Search in the stored documents',
  Coder: 'Write, repair, refactor and explain code',
  Judge: 'Is an output what was asked for',
  'Safety guardian': 'What must not go out: personal data, secrets, harmful content',
  Arms: 'The arms there are, and those that users bring',
  Documents: 'Knowledge for the retriever',
  Access: 'Keys and capability tokens',
  Provenance: 'What was done, and proof of it',
  Server: 'Health, readiness, metrics',
};

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const errorResponse = (description: string): NonNullable<Operation['responses']>[string] => ({
  description,
  content: { 'application/json': { schema: { $ref: getSchemaPath(ErrorDto) } } },
});
const FOR_ALL = {
  403: errorResponse('The caller is a page or a name that may not speak to this server'),
  default: errorResponse('Every other error has this form as well.'),
};
const FOR_CREDENTIALS = {
  401: errorResponse(ERROR_MEANINGS[401]),
  403: errorResponse(ERROR_MEANINGS[403]),
  429: errorResponse(ERROR_MEANINGS[429]),
};

/** Adds what a route answers because of where it stands, and not of what it does. */
const complete = (operation: Operation, ids: Set<string>): void => {
  // One handler may be there under several addresses; generated clients need a name for each.
  const id = operation.operationId ?? '';
  let name = id;
  for (let count = 2; ids.has(name); count += 1) name = `${id}${count}`;
  ids.add(name);
  operation.operationId = name;
  const isPublic = operation.security === undefined;
  operation.security ??= [];
  operation.responses = Object.assign({}, FOR_ALL, isPublic ? {} : FOR_CREDENTIALS, operation.responses);
};

export const openApiDocument = (app: NestFastifyApplication): OpenAPIObject => {
  const builder = new DocumentBuilder()
    .setTitle('OctoLLM')
    .setDescription(
      'A goal goes in, a judged result comes out. Every error has the body of the schema ErrorDto. Every route is there on ' +
        'every port and behind the name of every service, e.g. `/coder/code`. A server that demands no keys ignores credentials.',
    )
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'ApiKeyAuth')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'A key, or a capability token (JWT).' },
      'BearerAuth',
    );
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ErrorDto] });
  const ids = new Set<string>();
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) if (path[method] !== undefined) complete(path[method], ids);
  }
  return document;
};

/** The document at /openapi.json, which /docs shows. */
export const serveOpenApi = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
};
