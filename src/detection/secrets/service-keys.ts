import type { Detector } from '../core/detector';
import { letters, toDetector } from './key-shape';
import { BUSINESS_SERVICES } from './services/business';
import { CLOUD_SERVICES } from './services/clouds';
import { DEVELOPER_SERVICES } from './services/developer-tools';
import { MODEL_SERVICES } from './services/models';
import { isFiller, isPlaceholder } from './placeholders';

/** Keys without a shape of their own, told by the name of their service before them. */
const NAMED: readonly Detector[] = [
  {
    id: 'aws:secret',
    kind: 'aws_secret_key',
    label: 'AWSKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[AWS-KEY-REDACTED]',
    hints: ['aws'],
    pattern:
      /aws[\w .-]{0,20}(?:secret|sk)[\w .-]{0,20}["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dgi,
    check: (value) => ({ confidence: isFiller(value) ? 0 : 0.9 }),
    context: [],
    positives: [`AWS_SECRET_ACCESS_KEY = «${letters(40)}»`],
    negatives: [
      `AWS_SECRET_ACCESS_KEY = ${letters(50)}==`,
      `ANY_KEY = ${letters(40)}`,
      `AWS_SECRET_ACCESS_KEY=${'x'.repeat(40)}`,
    ],
  },
  {
    id: 'heroku:key',
    kind: 'heroku_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[API-KEY-REDACTED]',
    hints: ['heroku'],
    pattern:
      /heroku[\w .-]{0,20}(?:key|token)["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?(?<value>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])/dgi,
    context: [],
    positives: ['HEROKU_API_KEY=«0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35»'],
    negatives: ['HEROKU_APP_ID=0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35', 'API_KEY=0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35'],
  },
  {
    id: 'azure:storage',
    kind: 'azure_storage_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[API-KEY-REDACTED]',
    hints: ['accountkey', 'accesskey'],
    pattern: /(?:Account|SharedAccess)Key=(?<value>[A-Za-z0-9+/]{43,86}={1,2})(?![\w=])/dgi,
    check: (value) => ({ confidence: isPlaceholder(value) ? 0 : 0.9 }),
    context: [],
    positives: [
      `AccountName=acme;AccountKey=«${letters(86)}==»;EndpointSuffix=core.windows.net`,
      `SharedAccessKeyName=root;SharedAccessKey=«${letters(43)}=»`,
    ],
    negatives: ['AccountKey=${STORAGE_KEY}', `SharedAccessKeyName=${letters(43)}`],
  },
  {
    id: 'discord:bot',
    kind: 'discord_key',
    label: 'GenericAPIKey',
    severity: 'high',
    set: 'strict',
    placeholder: '[API-KEY-REDACTED]',
    hints: ['discord', 'bot', 'token', 'client.run', 'client.login'],
    // The first part is the bot's number in Base64, whose first digit decides the first letter.
    pattern: /(?<![\w.-])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}(?![\w-])/g,
    context: [],
    positives: [
      `bot token «M${letters(23)}.${letters(6)}.${letters(27)}»`,
      `client.login('«M${letters(23)}.${letters(6)}.${letters(27)}»')`,
    ],
    negatives: [
      `token N${letters(10)}.${letters(6)}.${letters(27)}`,
      `discord X${letters(23)}.${letters(6)}.${letters(27)}`,
    ],
  },
];

export const SERVICE_KEYS: readonly Detector[] = [
  ...[...MODEL_SERVICES, ...CLOUD_SERVICES, ...DEVELOPER_SERVICES, ...BUSINESS_SERVICES].map(toDetector),
  ...NAMED,
];
