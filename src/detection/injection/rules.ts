import { EXFILTRATION } from './exfiltration';
import { EXTRACTION } from './extraction';
import { FOREIGN_PERSONAS } from './languages-persona';
import { FORMS } from './form';
import { HIJACKS } from './hijack';
import { JAILBREAKS } from './jailbreak';
import { LEAKS } from './leak';
import { OVERRIDES } from './override';
import { PRETEXTS } from './pretext';
import { REVOCATIONS } from './revocation';
import type { InjectionRule } from './rule';
import { MULTILINGUAL } from './languages';
import { SECRET_GAMES } from './secret-games';

/** Every rule that knows an attack by its wording. Personas, which have none, are scored in `persona.ts`. */
export const INJECTION: readonly InjectionRule[] = [
  ...OVERRIDES,
  ...REVOCATIONS,
  ...HIJACKS,
  ...JAILBREAKS,
  ...PRETEXTS,
  ...EXTRACTION,
  ...LEAKS,
  ...EXFILTRATION,
  ...SECRET_GAMES,
  ...FORMS,
  ...MULTILINGUAL,
  ...FOREIGN_PERSONAS,
];
