// Lets Node run this project's TypeScript directly: `node --require ./scripts/swc-register.cjs file.ts`. For development only.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

const root = require('node:path').dirname(__dirname);

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, cwd: root, sourceMaps: 'inline' });
  module._compile(code, filename);
};

process.setSourceMapsEnabled(true);
