import type { Detector } from './detector';

const ALPHABET = 'aB3dE5gH7jK9mN2pQ4sT6vW8xYz0';
const HEX = 'a1b2c3d4e5f60718';
const UPPER = 'A2B3C4D5E6F7G2H3';

/** A made-up key body; no literal in this file has the shape of a real key. */
const fill = (alphabet: string, length: number): string =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);

interface KeyShape {
  service: string;
  /** How every such key begins; also what the gate looks for. */
  prefix: string;
  /** Pattern of what follows the prefix. */
  body: string;
  /** A made-up body that fits. */
  sample: string;
  kind?: string;
  label?: string;
  placeholder?: string;
}

const WORD = '[A-Za-z0-9]';
const URLSAFE = '[A-Za-z0-9_-]';
const LOWER_HEX = '[0-9a-f]';

const shape = (
  service: string,
  prefix: string,
  body: string,
  sample: string,
  more: Partial<KeyShape> = {},
): KeyShape => ({
  service,
  prefix,
  body,
  sample,
  ...more,
});
const word = (service: string, prefix: string, min: number, max = min, more: Partial<KeyShape> = {}): KeyShape =>
  shape(service, prefix, `${WORD}{${min},${max}}`, fill(ALPHABET, min), more);
const urlsafe = (service: string, prefix: string, min: number, max = min, more: Partial<KeyShape> = {}): KeyShape =>
  shape(service, prefix, `${URLSAFE}{${min},${max}}`, fill(ALPHABET, min), more);
const hex = (service: string, prefix: string, length: number, more: Partial<KeyShape> = {}): KeyShape =>
  shape(service, prefix, `${LOWER_HEX}{${length}}`, fill(HEX, length), more);

const OPENAI = { kind: 'openai_api_key', placeholder: '[OPENAI-KEY-REDACTED]' };
const GITHUB = { kind: 'github_token', label: 'GitHubToken', placeholder: '[GITHUB-TOKEN-REDACTED]' };
const AWS = { kind: 'aws_access_key', label: 'AWSKey', placeholder: '[AWS-KEY-REDACTED]' };

/** Shapes the services publish for their own keys, tokens and webhooks. */
const SHAPES: readonly KeyShape[] = [
  shape(
    'openai',
    'sk-',
    `(?!ant-|or-)(?:${WORD}{48}|(?:proj|svcacct|admin|None)-${URLSAFE}{40,250})`,
    fill(ALPHABET, 48),
    OPENAI,
  ),
  urlsafe('anthropic', 'sk-ant-', 60, 200),
  hex('openrouter', 'sk-or-v1-', 64),
  word('groq', 'gsk_', 52),
  word('xai', 'xai-', 70, 90),
  word('perplexity', 'pplx-', 40, 60),
  word('replicate', 'r8_', 37, 40),
  shape('huggingface', 'hf_', '[A-Za-z]{34}', fill('aBcDeFgHiJ', 34)),
  urlsafe('langsmith', 'lsv2_', 40, 60),
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((prefix) => shape('aws', prefix, '[A-Z0-9]{16}', fill(UPPER, 16), AWS)),
  ...['p', 'o', 'u', 's', 'r'].map((type) => word('github', `gh${type}_`, 36, 255, GITHUB)),
  shape('github', 'github_pat_', '[A-Za-z0-9_]{50,100}', fill(ALPHABET, 82), GITHUB),
  ...['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-'].map((prefix) =>
    urlsafe('gitlab', prefix, 20, 64),
  ),
  urlsafe('google', 'AIza', 35),
  urlsafe('google_oauth', 'GOCSPX-', 28),
  urlsafe('google_access', 'ya29.', 40, 400),
  ...['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxs-', 'xoxr-', 'xoxe-', 'xoxc-', 'xoxd-'].map((prefix) =>
    shape('slack', prefix, '\\d[\\w-]{19,250}', '123456789012-1234567890123'),
  ),
  shape(
    'slack_app',
    'xapp-',
    '\\d-[A-Z0-9]{8,14}-\\d{10,16}-[0-9a-z]{32,80}',
    `1-${fill(UPPER, 11)}-1234567890123-${fill(HEX, 64)}`,
  ),
  shape(
    'slack_webhook',
    'hooks.slack.com/services/',
    'T[A-Z0-9]{5,14}/B[A-Z0-9]{5,14}/[A-Za-z0-9]{16,32}',
    `T${fill(UPPER, 8)}/B${fill(UPPER, 8)}/${fill(ALPHABET, 24)}`,
  ),
  shape(
    'discord_webhook',
    'discord.com/api/webhooks/',
    '\\d{17,20}/[\\w-]{60,80}',
    `123456789012345678/${fill(ALPHABET, 68)}`,
  ),
  ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'].map((prefix) => word('stripe', prefix, 24, 247)),
  word('stripe_webhook', 'whsec_', 32, 64),
  shape('sendgrid', 'SG.', '[\\w-]{16,32}\\.[\\w-]{40,48}', `${fill(ALPHABET, 22)}.${fill(ALPHABET, 43)}`),
  hex('twilio', 'SK', 32),
  hex('mailgun', 'key-', 32),
  shape('mailchimp', 'md-', '[\\w-]{22}', fill(ALPHABET, 22)),
  shape('telegram', ':AA', '[\\w-]{33}', fill(ALPHABET, 33)),
  word('npm', 'npm_', 36),
  urlsafe('pypi', 'pypi-AgE', 50, 250),
  hex('rubygems', 'rubygems_', 48),
  urlsafe('docker', 'dckr_pat_', 20, 40),
  urlsafe('docker', 'dckr_oat_', 20, 40),
  ...['dop_v1_', 'doo_v1_', 'dor_v1_'].map((prefix) => hex('digitalocean', prefix, 64)),
  shape('databricks', 'dapi', '[0-9a-fA-F]{32}(?:-\\d)?', fill(HEX, 32)),
  ...['cfat_', 'cfut_', 'cfk_'].map((prefix) =>
    shape('cloudflare', prefix, `${WORD}{40}[0-9a-f]{8}`, `${fill(ALPHABET, 40)}${fill(HEX, 8)}`),
  ),
  ...['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'].map((prefix) => word('vercel', prefix, 38, 64)),
  urlsafe('figma', 'figd_', 36, 64),
  shape('grafana', 'glc_', '[A-Za-z0-9+/]{32,400}={0,2}', fill(ALPHABET, 48)),
  shape('grafana', 'glsa_', `${WORD}{32}_${LOWER_HEX}{8}`, `${fill(ALPHABET, 32)}_${fill(HEX, 8)}`),
  ...['hvs.', 'hvb.', 'hvr.'].map((prefix) => urlsafe('vault', prefix, 24, 300)),
  word('linear', 'lin_api_', 32, 48),
  shape('notion', 'ntn_', `\\d{11}${WORD}{35}`, `12345678901${fill(ALPHABET, 35)}`),
  shape(
    'tailscale',
    'tskey-',
    `[a-z]{3,12}-${WORD}{8,24}-${WORD}{20,48}`,
    `auth-${fill(ALPHABET, 12)}-${fill(ALPHABET, 24)}`,
  ),
  ...['shpat_', 'shpca_', 'shppa_', 'shpss_'].map((prefix) => word('shopify', prefix, 32, 40)),
  urlsafe('onepassword', 'ops_eyJ', 100, 2000),
  shape('newrelic', 'NRAK-', '[A-Z0-9]{27}', fill(UPPER, 27)),
  shape('sentry', 'sntrys_', '[A-Za-z0-9+/=_]{60,300}', fill(ALPHABET, 80)),
  shape('postman', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}', `${fill(HEX, 24)}-${fill(HEX, 34)}`),
  shape('atlassian', 'ATATT3', '[A-Za-z0-9_=-]{80,250}', fill(ALPHABET, 180)),
  urlsafe('planetscale', 'pscale_tkn_', 32, 64),
  urlsafe('doppler', 'dp.pt.', 40, 44),
  hex('supabase', 'sbp_', 40),
  shape(
    'hubspot',
    'pat-',
    '(?:na|eu)\\d-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}',
    'na1-a1b2c3d4-e5f6-0718-a1b2-c3d4e5f60718',
  ),
  shape('square', 'sq0csp-', '[\\w-]{43}', fill(ALPHABET, 43)),
  shape('age', 'AGE-SECRET-KEY-1', '[0-9A-Z]{58}', fill(UPPER, 58)),
  hex('pulumi', 'pul-', 40),
  hex('buildkite', 'bkua_', 40),
  word('airtable', 'pat', 14, 14, {
    body: '[A-Za-z0-9]{14}\\.[0-9a-f]{64}',
    sample: `${fill(ALPHABET, 14)}.${fill(HEX, 64)}`,
  }),
];

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const toDetector = ({ service, prefix, body, sample, kind, label, placeholder }: KeyShape): Detector => ({
  id: `${service}:${prefix}`,
  kind: kind ?? `${service}_key`,
  label: label ?? 'GenericAPIKey',
  severity: 'high',
  set: 'strict',
  placeholder: placeholder ?? '[API-KEY-REDACTED]',
  hints: [prefix.toLowerCase().replace(/\d/g, '0')],
  // A Telegram token begins with the number of its bot; every other key begins a word.
  pattern: new RegExp(
    `${prefix === ':AA' ? '(?<![\\w])\\d{8,10}' : '(?<![A-Za-z])'}${escape(prefix)}${body}(?![A-Za-z0-9])`,
    'g',
  ),
  check: () => ({ confidence: 0.9 }),
  context: [],
  positives: [`key=«${prefix === ':AA' ? '123456789' : ''}${prefix}${sample}»;`],
  negatives: [`${prefix}short`, `x${prefix.toLowerCase()}${sample}`.slice(0, prefix.length + 8)],
});

const AWS_SECRET: Detector = {
  id: 'aws:secret',
  kind: 'aws_secret_key',
  label: 'AWSKey',
  severity: 'high',
  set: 'strict',
  placeholder: '[AWS-KEY-REDACTED]',
  hints: ['aws'],
  pattern:
    /aws[\w .-]{0,20}(?:secret|sk)[\w .-]{0,20}["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dgi,
  context: [],
  positives: [`AWS_SECRET_ACCESS_KEY = «${fill(ALPHABET, 40)}»`],
  negatives: [`AWS_SECRET_ACCESS_KEY = ${fill(ALPHABET, 50)}==`, `ANY_KEY = ${fill(ALPHABET, 40)}`],
};

export const SERVICE_KEYS: readonly Detector[] = [...SHAPES.map(toDetector), AWS_SECRET];
