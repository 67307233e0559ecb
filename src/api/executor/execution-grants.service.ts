import { Injectable } from '@nestjs/common';
import { CapabilityTokens } from '../../access/capability-tokens.port';
import { UserError } from '../../common/errors';
import type { Caller, CapabilityGrant } from '../../contracts/caller';
import type { ExecutionRequest } from '../../contracts/direct';
import {
  type ExecutorCapability,
  DEFAULT_CAPABILITIES,
  EXECUTOR_CAPABILITIES,
  isHttpCapability,
} from '../../contracts/executor-capability';
import { Doorkeeper } from '../http/doorkeeper.service';
import { WITH_APPROVAL, grantedBy } from './granted-by';

type Capability = CapabilityGrant['capabilities'][number];
const HTTP_CAPABILITIES = EXECUTOR_CAPABILITIES.filter(isHttpCapability);
/** What the constraints of a grant can be about. */
export type ExecutionFacts = Readonly<Record<'command' | 'action_type' | 'timeout_seconds' | 'allow_network', unknown>>;

/** What a request may execute. */
export type Granted = Pick<ExecutionRequest, 'capabilities' | 'withApproval' | 'hosts' | 'tokenId'>;

/** What one entry of a grant allows of a request. */
interface Share {
  each: Capability;
  capabilities: ExecutorCapability[];
}

const namesAnything = ({ resource }: Capability): boolean => resource === undefined || resource === '*';
const isUnconditional = (capability: Capability): boolean =>
  namesAnything(capability) && Object.keys(capability.constraints ?? {}).length === 0;

const withoutResource = ({ action, constraints }: Capability): Capability => ({
  action,
  ...(constraints !== undefined && { constraints }),
});

/** Hosts that each capability is good for, where every entry that grants it names one. */
const hostsIn = (shares: readonly Share[]): NonNullable<Granted['hosts']> => {
  // What a person has to agree to opens nothing by itself.
  const plain = shares.filter(({ each }) => each.action !== WITH_APPROVAL);
  const narrowed = HTTP_CAPABILITIES.flatMap((capability) => {
    const entries = plain.filter(({ capabilities }) => capabilities.includes(capability)).map(({ each }) => each);
    const isOpen = entries.length === 0 || entries.some((each) => namesAnything(each) || !goesByHost(each));
    return isOpen ? [] : [[capability, entries.map(({ resource = '' }) => resource)] as const];
  });
  return Object.fromEntries(narrowed);
};

/** Entries for requests over HTTP name a host, which is compared where the request is made: a redirect leads to another. */
const goesByHost = ({ action }: Capability): boolean => grantedBy(action).every(isHttpCapability);

/** Finds out what a request may execute: what its token grants, else what its credential does. */
@Injectable()
export class ExecutionGrants {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly tokens: CapabilityTokens,
  ) {}

  /** Errors: those of `Doorkeeper.grantOf`. */
  async of(caller: Caller, token: string | undefined, facts: ExecutionFacts): Promise<Granted> {
    const grant = token === undefined ? caller.grant : await this.doorkeeper.grantOf(caller, token, 'executor');
    if (grant === undefined) return { capabilities: [...DEFAULT_CAPABILITIES] };
    const granted = await Promise.all(
      grant.capabilities.map(async (each): Promise<Share> => {
        const asked = goesByHost(each) ? withoutResource(each) : each;
        return { each, capabilities: await this.granted(grant, asked, facts) };
      }),
    );
    const those = (isHeld: boolean): ExecutorCapability[] => [
      ...new Set(
        granted.flatMap(({ each, capabilities }) => ((each.action === WITH_APPROVAL) === isHeld ? capabilities : [])),
      ),
    ];
    const hosts = hostsIn(granted);
    return {
      capabilities: those(false),
      withApproval: those(true),
      ...(Object.keys(hosts).length > 0 && { hosts }),
      tokenId: grant.id,
    };
  }

  private async granted(
    grant: CapabilityGrant,
    capability: Capability,
    facts: ExecutionFacts,
  ): Promise<ExecutorCapability[]> {
    const granted = grantedBy(capability.action);
    if (granted.length === 0 || isUnconditional(capability)) return granted;
    const names = Object.keys(capability.constraints ?? {});
    const values = Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));
    try {
      const use = { action: capability.action, resource: String(facts.command), values };
      await this.tokens.demand({ ...grant, capabilities: [capability] }, use);
      return granted;
    } catch (error) {
      if (error instanceof UserError) return [];
      throw error;
    }
  }
}
