import type { CapabilityGrant } from '../contracts/caller';
import type { GrantUse } from './capability-tokens.port';

type Capability = CapabilityGrant['capabilities'][number];

const isRange = (constraint: unknown): constraint is { min?: unknown; max?: unknown } =>
  typeof constraint === 'object' && constraint !== null && ('min' in constraint || 'max' in constraint);

/** A bound that is not a number bounds nothing we could check, so it lets nothing through. */
const within = (value: number, { min = -Infinity, max = Infinity }: { min?: unknown; max?: unknown }): boolean =>
  typeof min === 'number' && typeof max === 'number' && value >= min && value <= max;

/** A list contains the value, a range `{min, max}` spans it, anything else equals it. Of several values each must be allowed. */
const allows = (constraint: unknown, value: unknown): boolean => {
  if (Array.isArray(constraint)) {
    return Array.isArray(value) ? value.every((item) => constraint.includes(item)) : constraint.includes(value);
  }
  if (isRange(constraint)) return typeof value === 'number' && within(value, constraint);
  return JSON.stringify(constraint) === JSON.stringify(value);
};

/** The same name, or one that begins as the granted name does before its `*`. */
const coversResource = (granted: string | undefined, wanted: string | undefined): boolean => {
  if (granted === undefined || granted === '*') return true;
  if (wanted === undefined) return false;
  return granted.endsWith('*') ? wanted.startsWith(granted.slice(0, -1)) : wanted === granted;
};

const capabilityCovers = ({ action, resource, constraints = {} }: Capability, use: GrantUse): boolean => {
  if (action !== use.action || !coversResource(resource, use.resource)) return false;
  const names = Object.keys(constraints);
  const values = use.values ?? {};
  if (names.length === 0) return true;
  return (
    Object.keys(values).every((name) => Object.hasOwn(constraints, name)) &&
    names.every((name) => Object.hasOwn(values, name) && allows(constraints[name], values[name]))
  );
};

/** True when one of the capabilities alone covers the use: see `CapabilityTokens.demand`. */
export const covers = (capabilities: readonly Capability[], use: GrantUse): boolean =>
  capabilities.some((capability) => capabilityCovers(capability, use));
