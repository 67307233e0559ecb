// `npm run env:example`: writes .env.example from the schema of the configuration; `-- --table` prints the README's table.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { configurationTable, envExample } = require('../src/common/config/env-example.ts');

if (process.argv.includes('--table')) console.log(configurationTable());
else writeFileSync(join(__dirname, '../.env.example'), envExample());
