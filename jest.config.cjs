const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The build's own compiler settings, except that it leaves the specs out. */
const { $schema, exclude, ...swc } = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** Unit tests lie beside the code (`*.spec.ts`); `test/` holds what looks at the whole. */
const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
});

module.exports = {
  // Longer than any test needs on a machine that is busy with other things; one that passes does not wait for it.
  testTimeout: 180_000,
  // Most suites wait for a server more than they work; one worker, the default on two cores, would leave them idle.
  maxWorkers: 2,
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts']),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts']),
    project('conformance', ['<rootDir>/test/conformance/**/*.spec.ts']),
    project('flow', ['<rootDir>/test/flow/**/*.spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
  ],
};
