import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { UserError } from '../../common/errors';
import { Public } from '../http/access.decorator';

const FOLDER = dirname(require.resolve('swagger-ui-dist/package.json'));

const TYPES: Partial<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'index.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-standalone-preset.js': 'text/javascript; charset=utf-8',
  'favicon-16x16.png': 'image/png',
  'favicon-32x32.png': 'image/png',
};

/** The package's own page under absolute addresses, so that /docs works with and without a slash at its end. */
const page = (): string =>
  readFileSync(join(FOLDER, 'index.html'), 'utf8')
    .replace(/(href|src)="(?:\.\/)?/g, '$1="/docs/')
    .replace('<title>Swagger UI<', '<title>OctoLLM API<');

const INITIALIZER = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
`;

/** Swagger UI from files of this server alone: it works without a network. */
@ApiExcludeController()
@Public()
@Controller('docs')
export class DocsController {
  private readonly html = page();

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  index(): string {
    return this.html;
  }

  @Get('swagger-initializer.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  initializer(): string {
    return INITIALIZER;
  }

  @Get(':file')
  file(@Param('file') name: string): StreamableFile {
    const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
    if (type === undefined)
      throw new UserError('endpoint_not_found', 'The documentation has no such file; open /docs.');
    return new StreamableFile(createReadStream(join(FOLDER, name)), { type });
  }
}
