import { Detection } from '../../src/detection/detection.service';
import { Guardrails } from '../../src/guardrails/guardrails.service';
import { Policies } from '../../src/guardrails/policies.service';
import { Vaults } from '../../src/guardrails/vaults.service';

/** Guardrails without a server around them, under the default rules. */
export const newGuardrails = (
  detection = new Detection(),
  policies = new Policies(),
  vaults = new Vaults(),
): Guardrails => new Guardrails(detection, policies, vaults);
