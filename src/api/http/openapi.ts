import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ErrorDto } from './errors.decorator';
import { VERSION } from './version';

export const openApiDocument = (app: NestFastifyApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setTitle('OctoLLM')
    .setDescription('A goal goes in, a judged result comes out. Every error has the body of the schema ErrorDto.')
    .setVersion(VERSION)
    .setLicense('MIT', '')
    .addTag('Tasks', 'Submit goals, watch them, read their results')
    .addTag('Documents', 'Knowledge for the retriever')
    .addTag('Server', 'Health, readiness, metrics')
    .build();
  return SwaggerModule.createDocument(app, config, { extraModels: [ErrorDto] });
};

/** The document at /openapi.json, which /docs shows. */
export const serveOpenApi = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
};
