import { z } from 'zod';
import { rankArms } from '../../common/arm-score';
import type { ArmOffer, Assignment } from '../../contracts/arm';
import type { PlanStep } from '../../contracts/plan';
import { kindOfCapabilities } from './goal-kind';
import { canonicalArm } from './validate-plan';

/** Arms of users shown to the model; each costs tokens. */
const MOST_SHOWN = 12;
/** A single word as short as `search` says too little to choose an arm by. */
const TELLING_WORD = 8;

const offersShape: z.ZodType<ArmOffer[]> = z.array(
  z.object({
    id: z.string(),
    description: z.string(),
    capabilities: z.array(z.string()),
    cost_tier: z.number(),
    available: z.boolean(),
    successes: z.number(),
    failures: z.number(),
  }),
);

/** What the orchestrator says of the arms that users bring, and of the capabilities only they have. */
export interface Routing {
  offers: ArmOffer[];
  /** Capabilities the task was submitted with. */
  required: string[];
}

export const readRouting = ({ input }: Pick<Assignment, 'input'>): Routing => ({
  offers: offersShape.safeParse(input['arms']).data ?? [],
  required: z.array(z.string()).safeParse(input['required_capabilities']).data ?? [],
});

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const ENDINGS = ['', 's', 'es', 'ed', 'ing'];

/** Whether all words of a capability's name stand in the text: `weather_forecast` in "Get weather forecast for Paris". */
const isMeant = (capability: string, text: string): boolean => {
  const words = wordsOf(capability);
  const said = new Set(wordsOf(text));
  if (words.length === 1 && capability.length < TELLING_WORD) return false;
  return words.length > 0 && words.every((word) => ENDINGS.some((ending) => said.has(word + ending)));
};

/** The best arm of a user's for the goal, by the words of the goal and what was found to be needed. */
export const offerFor = (
  { offers, required }: Routing,
  goal: string,
  intended: readonly string[] = [],
): ArmOffer | undefined => {
  const foreign = intended.filter((capability) => kindOfCapabilities([capability]) === undefined);
  const wanted = offers
    .flatMap(({ capabilities }) => capabilities)
    .filter((capability) => required.includes(capability) || foreign.includes(capability) || isMeant(capability, goal));
  return wanted.length === 0 ? undefined : rankArms(offers, [...new Set(wanted)])[0];
};

/** Those shown to the model: the fitting ones first, then the others, each group the best first. */
export const shownOffers = (offers: readonly ArmOffer[], wanted: readonly string[]): ArmOffer[] =>
  [...new Set([...rankArms(offers, wanted), ...rankArms(offers, [])])].slice(0, MOST_SHOWN);

/** The id of the arm that a model means: it may also name a capability, and the built-in arms go by several names. */
export const resolveArm = (name: string, offers: readonly ArmOffer[]): string =>
  offers.find(({ id }) => id === name.trim())?.id ?? rankArms(offers, [name.trim()])[0]?.id ?? canonicalArm(name);

/** What a plan lacks of the capabilities the task requires, written for whoever made it. */
export const uncovered = (steps: readonly PlanStep[], { offers, required }: Routing): string[] =>
  required.flatMap((capability) => {
    const able = offers.filter(({ capabilities }) => capabilities.includes(capability)).map(({ id }) => id);
    if (able.length === 0 || steps.some(({ requiredArm }) => able.includes(requiredArm))) return [];
    return [`no step needs the capability "${capability}"; add one for ${able.join(' or ')}`];
  });
