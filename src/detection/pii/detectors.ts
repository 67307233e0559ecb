import { ACCOUNTS } from './accounts';
import { CONTACTS } from './contacts';
import type { Detector } from '../core/detector';
import { IDENTITIES } from './identities';
import { NETWORKS } from './networks';
import { PLACES } from './places';
import { WALLETS } from './wallets';

/** Personal data. Kinds, labels, severities and sets follow the reflex contract; placeholders follow the guardian's. */
export const PII: readonly Detector[] = [...IDENTITIES, ...ACCOUNTS, ...CONTACTS, ...NETWORKS, ...PLACES, ...WALLETS];
