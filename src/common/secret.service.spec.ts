import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from './secret.service';

describe('Secret', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'octollm-secret-'));
    file = join(folder, 'inner', 'secret.key');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (OCTO_SECRET?: string): Secret => Secret.load({ OCTO_SECRET, DATA_DIR: join(folder, 'inner') });

  it('is made once, for this user’s eyes alone', () => {
    const first = load();
    expect(first.isNew).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'inner'))).toEqual(['secret.key']);
    chmodSync(file, 0o644);
    const second = load();
    expect([second.isNew, second.hash('api-key', 'x')]).toEqual([false, first.hash('api-key', 'x')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is the same when the text of the file is given as OCTO_SECRET', () => {
    const kept = load();
    const given = load(readFileSync(file, 'utf8').trim());
    expect(given.hash('api-key', 'x')).toBe(kept.hash('api-key', 'x'));
  });

  it('hashes one text otherwise for each purpose and each secret', () => {
    const secret = load();
    const hashes = [
      secret.hash('api-key', 'x'),
      secret.hash('capability-token', 'x'),
      secret.hash('api-key', 'y'),
      load('another secret of at least 32 characters').hash('api-key', 'x'),
    ];
    expect(new Set(hashes).size).toBe(4);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is found where there is one, and not made by who only looks', () => {
    const settings = { OCTO_SECRET: undefined, DATA_DIR: join(folder, 'inner') };
    expect(Secret.find(settings)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
    const made = load();
    expect(Secret.find(settings)?.hash('api-key', 'x')).toBe(made.hash('api-key', 'x'));
    expect(Secret.find({ ...settings, OCTO_SECRET: 'another secret of at least 32 characters' })?.isNew).toBe(false);
  });

  it('does not take a damaged file for a secret', () => {
    load();
    writeFileSync(file, 'short\n');
    expect(() => load()).toThrow(/damaged/);
  });
});
