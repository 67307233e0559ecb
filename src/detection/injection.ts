import { EXTRACTION } from './injection-extraction';
import { FORMS } from './injection-form';
import { OVERRIDES } from './injection-override';
import type { InjectionRule } from './injection-rule';
import { MULTILINGUAL } from './languages';

/** Every rule that knows an attack by its wording. Personas, which have none, are scored in `persona.ts`. */
export const INJECTION: readonly InjectionRule[] = [...OVERRIDES, ...EXTRACTION, ...FORMS, ...MULTILINGUAL];
