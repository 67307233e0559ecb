import type { Detector } from '../core/detector';
import { CRIME } from './crime';
import { CRIME_AIDS } from './crime-aids';
import { CYBER } from './cyber';
import { DECEIT } from './deceit';
import { FOREIGN } from './foreign';
import { HATE } from './hate';
import { PRIVACY } from './privacy';
import { detectorsOf } from './rule';
import { SELF_HARM } from './self-harm';
import { VIOLENCE } from './violence';
import { WEAPONS_DRUGS } from './weapons-drugs';

/**
 * Requests for help with doing harm, by category; their risk is medium. Each rule pairs an act with whom or what it is done
 * to, and needs somebody who asks for it: a word alone is never an alarm, nor is talk about prevention, history or fiction.
 */
export const INAPPROPRIATE: readonly Detector[] = detectorsOf(
  [
    ...VIOLENCE,
    ...SELF_HARM,
    ...WEAPONS_DRUGS,
    ...CRIME,
    ...CRIME_AIDS,
    ...DECEIT,
    ...CYBER,
    ...PRIVACY,
    ...HATE,
    ...FOREIGN,
  ],
  'medium',
);
