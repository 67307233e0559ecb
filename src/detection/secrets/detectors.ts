import { ASSIGNMENTS } from './assignments';
import { CLOUD_IDENTITIES } from './cloud-identities';
import { CONNECTIONS } from './connections';
import type { Detector } from '../core/detector';
import { PRIVATE_KEYS } from './private-keys';
import { SERVICE_KEYS } from './service-keys';

/** Keys, passwords and what carries them. */
export const SECRETS: readonly Detector[] = [
  ...SERVICE_KEYS,
  ...PRIVATE_KEYS,
  ...CONNECTIONS,
  ...ASSIGNMENTS,
  ...CLOUD_IDENTITIES,
];
