import type { ArmOffer } from '../contracts/arm';

/** Without history an arm is as likely to succeed as to fail. */
const UNKNOWN_SUCCESS = 0.5;

/**
 * How well an arm suits, 0 to 1: 0.4 for the share of the required capabilities it has, 0.2 for being available, 0.3 for its
 * share of successes so far, 0.1 for being cheap. Undefined when it has none of the required capabilities.
 */
export const armScore = (
  arm: Omit<ArmOffer, 'id' | 'description'>,
  required: readonly string[],
): number | undefined => {
  const matching = required.filter((capability) => arm.capabilities.includes(capability)).length;
  if (required.length > 0 && matching === 0) return undefined;
  const match = required.length === 0 ? 1 : matching / required.length;
  const total = arm.successes + arm.failures;
  const success = total === 0 ? UNKNOWN_SUCCESS : arm.successes / total;
  return 0.4 * match + 0.2 * Number(arm.available) + 0.3 * success + 0.1 * (1 - arm.cost_tier / 5);
};

/** The arms with at least one of the required capabilities, the best first; equals keep their order. */
export const rankArms = <T extends ArmOffer>(arms: readonly T[], required: readonly string[]): T[] =>
  arms
    .flatMap((arm) => {
      const score = armScore(arm, required);
      return score === undefined ? [] : [{ arm, score }];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ arm }) => arm);

/** The required capabilities that no arm has. */
export const missingCapabilities = (
  arms: readonly Pick<ArmOffer, 'capabilities'>[],
  required: readonly string[],
): string[] => required.filter((capability) => !arms.some(({ capabilities }) => capabilities.includes(capability)));
