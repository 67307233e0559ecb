import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { configSchema } from '../../src/common/config/config.schema';
import { configurationTable, envExample } from '../../src/common/config/env-example';
import { parseConfig } from '../../src/common/config/load-config';

const ROOT = resolve(__dirname, '../..');
const names = Object.keys(configSchema.shape);
/** The example with every variable taken out of its comment. */
const uncommented = parse(envExample().replace(/^# ([A-Z][A-Z0-9_]*=)/gm, '$1'));

describe('.env.example', () => {
  it('is what `npm run env:example` writes', () => {
    expect(readFileSync(resolve(ROOT, '.env.example'), 'utf8')).toBe(envExample());
  });

  it('names every variable and no other', () => {
    expect(Object.keys(uncommented).sort()).toEqual([...names].sort());
  });

  it('shows the defaults the server really takes', () => {
    expect(parseConfig(uncommented).settings).toEqual(parseConfig({}).settings);
  });

  it('changes nothing when it is copied to .env as it is', () => {
    expect(parse(envExample())).toEqual({});
  });
});

describe('the configuration table', () => {
  it('has a line for every variable', () => {
    const listed = [...configurationTable().matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...names].sort());
  });

  it('says of every variable what it means', () => {
    expect(names.filter((name) => !new RegExp(`\`${name}\` \\| [^|]*\\| [^| ]`).test(configurationTable()))).toEqual(
      [],
    );
  });

  it('stands in the README as `npm run env:example -- --table` prints it', () => {
    expect(readFileSync(resolve(ROOT, 'README.md'), 'utf8')).toContain(configurationTable());
  });
});
