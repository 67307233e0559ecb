import { mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { parseConfig } from '../common/config/load-config';
import { HealthRegistry } from '../common/health';
import { Detection } from '../detection/detection.service';
import { Policies } from './policies.service';
import { PolicyFile } from './policy-file.service';

const detection = new Detection();
const NAMED = (action: string): string => `rules: [{ type: pii, direction: goal, action: ${action} }]`;

describe('PolicyFile', () => {
  let folder: string;
  let policies: Policies;
  let health: HealthRegistry;
  let path: string;
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'octollm-policy-'));
    path = join(folder, 'policy.yaml');
    policies = new Policies();
    health = new HealthRegistry();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (variables: Record<string, string> = {}): PolicyFile => {
    const config = new AppConfig(parseConfig({ DATA_DIR: folder, ...variables }).settings);
    const file = new PolicyFile(config, detection, policies, health);
    file.onModuleInit();
    return file;
  };
  const replace = (text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  const ofEmail = (): string =>
    policies.rule({ type: 'pii', kind: 'email', severity: 'medium', direction: 'goal' }).action;
  const state = async (): Promise<unknown> => (await health.report()).probes['policy'];

  it('lets the default rules hold where there is no file', async () => {
    open();
    expect(ofEmail()).toBe('redact');
    expect(await state()).toMatchObject({ ok: true, required: false });
  });

  it('reads a file that appears, is written over, is replaced, and goes', () => {
    const file = open();
    const before = policies.digest;
    writeFileSync(path, NAMED('block'));
    file.look();
    expect(ofEmail()).toBe('block');
    expect(policies.digest).not.toBe(before);
    writeFileSync(path, NAMED('allow'));
    file.look();
    expect(ofEmail()).toBe('allow');
    replace(NAMED('warn'));
    file.look();
    expect(ofEmail()).toBe('warn');
    rmSync(path);
    file.look();
    expect(ofEmail()).toBe('warn');
    file.look();
    expect(ofEmail()).toBe('redact');
    expect(policies.digest).toBe(before);
  });

  it('keeps the policy of before when the new one cannot be used, and says so', async () => {
    writeFileSync(path, NAMED('block'));
    const file = open();
    replace(NAMED('deny'));
    file.look();
    expect(ofEmail()).toBe('block');
    expect(await state()).toMatchObject({
      ok: false,
      message: expect.stringMatching(/policy\.yaml line 1: rules\[0\]\.action is "deny".*stays in force/s),
    });
    replace(NAMED('warn'));
    file.look();
    expect(ofEmail()).toBe('warn');
    expect(await state()).toMatchObject({ ok: true });
  });

  it('keeps the policy of before while a file is emptied to be written anew', () => {
    writeFileSync(path, NAMED('block'));
    const file = open();
    writeFileSync(path, '');
    file.look();
    expect(ofEmail()).toBe('block');
    writeFileSync(path, NAMED('warn'));
    file.look();
    expect(ofEmail()).toBe('warn');
    writeFileSync(path, '');
    file.look();
    file.look();
    expect(ofEmail()).toBe('redact');
  });

  it('does not read a file that is far too large', async () => {
    writeFileSync(path, NAMED('block'));
    const file = open();
    truncateSync(path, 3_000_000);
    file.look();
    expect(ofEmail()).toBe('block');
    expect(await state()).toMatchObject({ ok: false, message: expect.stringContaining('has 3000000 bytes') });
  });

  it('does not start with a file that cannot be used, nor without the one that is named', () => {
    writeFileSync(path, NAMED('deny'));
    expect(() => open()).toThrow(/policy\.yaml line 1: rules\[0\]\.action/);
    expect(() => open({ POLICY_FILE: join(folder, 'other.yaml') })).toThrow(/POLICY_FILE: there is no file/);
  });

  it('keeps the policy of a named file that goes', async () => {
    path = join(folder, 'mine.yaml');
    writeFileSync(path, NAMED('block'));
    const file = open({ POLICY_FILE: path });
    rmSync(path);
    file.look();
    file.look();
    expect(ofEmail()).toBe('block');
    expect(await state()).toMatchObject({ ok: false });
    writeFileSync(path, NAMED('warn'));
    file.look();
    expect(ofEmail()).toBe('warn');
  });

  it('tells whoever follows', () => {
    writeFileSync(path, 'instant_replies: [{ id: hours, equals: [open?], reply: From nine to five. }]');
    const file = open();
    const replies: string[][] = [];
    policies.follow((policy) => replies.push(policy.replies.map(({ reply }) => reply)));
    rmSync(path);
    file.look();
    file.look();
    expect(replies).toEqual([['From nine to five.'], []]);
  });
});
