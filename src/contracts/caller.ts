export const SCOPES = [
  'task:submit',
  'task:read',
  'task:cancel',
  'task:approve',
  'arm:list',
  'arm:register',
  'memory:read',
  'memory:write',
  'sandbox:execute',
  'admin',
] as const;
/** What a credential may be good for. `admin` includes all others. */
export type Scope = (typeof SCOPES)[number];

/** Decides limits. `open` is a caller of a server that demands no key. */
export const TIERS = ['test', 'live', 'admin', 'open'] as const;
export type Tier = (typeof TIERS)[number];

/** Who makes a request, as far as it is known. */
export interface Caller {
  /** Stable and unique among callers, e.g. `key:<uuid>`, `grant:<uuid>`, `open`: limits, caches and repeated requests go by it. */
  holder: string;
  /** For people; the key's name. */
  name: string;
  scopes: readonly Scope[];
  tier: Tier;
  /** Set when the credential is a capability token: what it grants, to which arm. */
  grant?: CapabilityGrant;
}

/** What an arm may do for a while. */
export interface CapabilityGrant {
  /** The token's `jti`. */
  id: string;
  /** The arm it is bound to. */
  armId: string;
  /** Actions such as `execute_command`, or executor capabilities such as `ShellRead`, with constraints where there are some. */
  capabilities: { action: string; resource?: string; constraints?: Record<string, unknown> }[];
  expiresAt: Date;
}

/** A capability as most readers know it: a plain action as plain text. */
export const wireCapability = (capability: CapabilityGrant['capabilities'][number]): string | object =>
  capability.resource === undefined && capability.constraints === undefined ? capability.action : capability;

export const isAllowed = (caller: Caller, scope: Scope): boolean =>
  caller.scopes.includes('admin') || caller.scopes.includes(scope);
