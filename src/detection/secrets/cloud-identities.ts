import type { Detector } from '../core/detector';

/** Names of accounts in clouds: no secrets, but half of a sign-in. */
export const CLOUD_IDENTITIES: readonly Detector[] = [
  {
    id: 'azure_identity',
    kind: 'cloud_identity',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[CLOUD-ID-REDACTED]',
    hints: ['tenant', 'client', 'subscription'],
    pattern:
      /(?:tenant|client|subscription)[-_ ]?id["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?(?<value>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])/dgi,
    context: [],
    positives: ['AZURE_TENANT_ID=«0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35»'],
    negatives: ['request_id: 0f6e2b9c-51d4-4c3a-9e7b-2a8d6c1f7e35', 'client_id = ""'],
  },
  {
    id: 'aws_account',
    kind: 'cloud_identity',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[CLOUD-ID-REDACTED]',
    hints: ['account', 'arn:aws'],
    pattern:
      /(?:aws[-_ ]?account(?:[-_ ]?id)?["'\]]{0,2}\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?|arn:aws[\w-]{0,10}:[\w-]{1,30}:[\w-]{0,20}:)(?<value>\d{4}-?\d{4}-?\d{4})(?![\w-])/dgi,
    context: [],
    positives: ['"AWS_ACCOUNT_ID" => "«1234-5678-9012»"', 'arn:aws:iam::«123456789012»:role/x'],
    negatives: ['account 123456789012', 'arn:aws:s3:::bucket'],
  },
];
