import { Injectable } from '@nestjs/common';
import { CapabilityTokens } from '../../access/capability-tokens.port';
import { UserError } from '../../common/errors';
import type { Caller, CapabilityGrant } from '../../contracts/caller';
import type { ExecutionRequest } from '../../contracts/direct';
import { type ExecutorCapability, DEFAULT_CAPABILITIES } from '../../contracts/executor-capability';
import { Doorkeeper } from '../http/doorkeeper.service';
import { WITH_APPROVAL, grantedBy } from './granted-by';

type Capability = CapabilityGrant['capabilities'][number];
/** What the constraints of a grant can be about. */
export type ExecutionFacts = Readonly<Record<'command' | 'action_type' | 'timeout_seconds' | 'allow_network', unknown>>;

/** What a request may execute. */
export type Granted = Pick<ExecutionRequest, 'capabilities' | 'withApproval' | 'tokenId'>;

const isUnconditional = ({ resource, constraints }: Capability): boolean =>
  (resource === undefined || resource === '*') && Object.keys(constraints ?? {}).length === 0;

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
      grant.capabilities.map(async (each) => ({ each, capabilities: await this.granted(grant, each, facts) })),
    );
    const those = (isHeld: boolean): ExecutorCapability[] => [
      ...new Set(
        granted.flatMap(({ each, capabilities }) => ((each.action === WITH_APPROVAL) === isHeld ? capabilities : [])),
      ),
    ];
    return { capabilities: those(false), withApproval: those(true), tokenId: grant.id };
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
