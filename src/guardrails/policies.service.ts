import { Injectable } from '@nestjs/common';
import { sha256 } from '../common/ids';
import { type Allowance, newAllowance, type OwnMatch, OwnPatterns, UNSEARCHED } from './own-patterns';
import { DEFAULT_RULES, type Findable, gravest, LET_BE, type Policy, type Ruling, rule } from './policy';

/** Without a policy file. */
const NO_POLICY: Policy = { rules: [], patterns: [], replies: [], digest: sha256('') };

/** The policy in force. */
@Injectable()
export class Policies {
  private policy = NO_POLICY;
  private patterns = new OwnPatterns([]);
  private readonly followers: ((policy: Policy) => void)[] = [];

  /** Changes whenever the policy does: what was decided under another one does not hold any more. */
  get digest(): string {
    return this.policy.digest;
  }

  /** Whether the user has rules, which may name anything that can be found. */
  get hasRules(): boolean {
    return this.policy.rules.length > 0;
  }

  /** Puts another policy in force from now on; nothing means that the default rules hold alone. */
  use(policy: Policy = NO_POLICY): void {
    this.policy = policy;
    this.patterns = new OwnPatterns(policy.patterns);
    for (const follower of this.followers) follower(policy);
  }

  /** Calls back now, and whenever another policy is in force. */
  follow(follower: (policy: Policy) => void): void {
    this.followers.push(follower);
    follower(this.policy);
  }

  /** What is to be done with something found. */
  rule(found: Findable): Ruling {
    return this.named(found) ?? rule(DEFAULT_RULES, found) ?? LET_BE;
  }

  /** What the user's own rules say about it; undefined when they say nothing. */
  named(found: Findable): Ruling | undefined {
    if (found.kind !== UNSEARCHED) return rule(this.policy.rules, found);
    const own = this.policy.rules.filter(({ kinds }) => kinds?.includes(UNSEARCHED));
    return rule(own, found) ?? this.worst(found);
  }

  /** Where the user's own patterns are in a text. See `OwnPatterns.search`. */
  search(text: string, allowance: Allowance = newAllowance()): OwnMatch[] {
    return this.patterns.search(text, allowance);
  }

  /** What the user wants told to whoever wrote what one of the patterns found. */
  messageOf(kind: string): string | undefined {
    return this.policy.patterns.find(({ id }) => id === kind)?.message;
  }

  /** In what was not searched there may be the worst of what is searched for. */
  private worst({ type, direction }: Findable): Ruling {
    const rulings = this.policy.patterns
      .filter((pattern) => pattern.type === type)
      .map(({ id, severity }) => this.rule({ type, kind: id, severity, direction }));
    return { ...gravest(rulings), mode: 'placeholder' };
  }
}
