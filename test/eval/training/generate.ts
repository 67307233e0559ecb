import type { Item } from './corpus';
import { ATTACKS, ATTACK_SLOTS, ATTACK_SLOTS_ABROAD } from './attack-phrases';
import { CARRIERS, HARMLESS, HARMLESS_SLOTS, HARMLESS_SLOTS_ABROAD } from './harmless-phrases';
import { type Random, seeded } from './random';

type Slots = Readonly<Record<string, readonly string[]>>;

const VARIANTS = 16;
const SEED = 20_260_101;
/** Groups of generated texts are numbered from here; those of read texts stay below. */
const FIRST_GROUP = 1_000_000;

const pick = (from: readonly string[], random: Random): string => from[Math.floor(random() * from.length)] ?? '';

/** One text of a form: first the choices in brackets, then the slots. */
const expand = (form: string, slots: Slots, random: Random): string => {
  const chosen = form.replace(/\[([^[\]]*)\]/g, (_, choices: string) => pick(choices.split('|'), random));
  const filled = chosen.replace(/\{(\w+)\}/g, (_, name: string) => {
    const entries = slots[name];
    if (!entries) throw new Error(`No slot is called ${name}: ${form}`);
    return pick(entries, random);
  });
  return filled.replace(/ {2,}/g, ' ').trim();
};

/** As people type: some begin with a capital letter, some write all in capitals or nothing in them. */
const spelled = (text: string, random: Random): string => {
  const chance = random();
  if (chance < 0.1) return text.toLowerCase();
  if (chance < 0.15) return text.toUpperCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const within = (text: string, carriers: readonly string[], random: Random): string => {
  if (random() < 0.6) return text;
  const before = Array.from({ length: Math.floor(random() * 4) }, () => pick(carriers, random));
  const after = Array.from({ length: Math.floor(random() * 3) }, () => pick(carriers, random));
  return [...before, text, ...after].join(' ');
};

/** Texts of our own wording, the same in every run; all variants of a form are one group. */
export const generate = (harmless: readonly string[]): Item[] => {
  const random = seeded(SEED);
  const carriers = [...CARRIERS, ...harmless];
  const texts = (forms: readonly string[], slots: Slots, isAttack: boolean, firstGroup: number): Item[] =>
    forms.flatMap((form, i) =>
      Array.from({ length: VARIANTS }, () => ({
        set: isAttack ? 'own attacks' : 'own harmless',
        text: within(spelled(expand(form, slots, random), random), carriers, random),
        isAttack,
        group: firstGroup + i,
      })),
    );
  return [
    ...texts(ATTACKS, { ...ATTACK_SLOTS, ...ATTACK_SLOTS_ABROAD }, true, FIRST_GROUP),
    ...texts(HARMLESS, { ...HARMLESS_SLOTS, ...HARMLESS_SLOTS_ABROAD }, false, FIRST_GROUP + ATTACKS.length),
    ...texts(CARRIERS, {}, false, FIRST_GROUP + ATTACKS.length + HARMLESS.length),
  ];
};
