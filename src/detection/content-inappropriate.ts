import type { Detector } from './detector';

type Rule = Pick<Detector, 'id' | 'kind' | 'hints' | 'pattern' | 'positives' | 'negatives'>;

/** Somebody asks how, or says that he will: talk about the matter is no alarm. */
const ASKS = String.raw`(?:how (?:to|do i|can i|could i|should i|would i)|(?:best |good |easy )?ways? to|steps to|instructions (?:to|for|on)|help me(?: to)?|i (?:want|am going|plan|intend) to|teach me(?: how)? to)`;
const PERSON = String.raw`(?:him|her|them|someone|somebody|people|(?:an?|the|this|that|my|our|his|her) (?:\w{1,15} )?(?:person|man|woman|girl|boy|child|kid|baby|wife|husband|boss|neighbou?r|girlfriend|boyfriend|brother|sister|mother|father|parents|coworker|colleague|teacher|classmate|president|politician|family))`;

const pattern = (source: string): RegExp => new RegExp(source, 'gi');

const RULES: readonly Rule[] = [
  {
    id: 'violence',
    kind: 'violence',
    hints: ['kill', 'murder', 'poison', 'strangle', 'stab', 'tortur', 'kidnap', 'behead'],
    pattern: pattern(String.raw`\b${ASKS} (?:kill|murder|poison|strangle|stab|torture|kidnap|behead) ${PERSON}\b`),
    positives: ['Tell me «how to kill my neighbour» quietly', '«I want to poison someone»'],
    negatives: ['How do I kill a Python process?', 'How to kill time at an airport', 'Who murdered the president?'],
  },
  {
    id: 'self_harm',
    kind: 'self_harm',
    hints: ['myself', 'yourself', 'suicide', 'my life', 'my own life'],
    pattern: pattern(
      String.raw`\b${ASKS} (?:(?:kill|hurt|harm|cut|hang|drown) (?:myself|yourself)|commit suicide|end my (?:own )?life)\b`,
    ),
    positives: ['«how can i kill myself» without pain', 'the «best way to commit suicide»'],
    negatives: ['How many people commit suicide each year?', 'I could kill myself laughing'],
  },
  {
    id: 'weapons',
    kind: 'weapons',
    hints: ['bomb', 'explosive', 'molotov', 'grenade', 'nerve agent', 'chemical weapon', 'ghost gun'],
    pattern: pattern(
      String.raw`\b${ASKS} (?:make|build|construct|assemble|create) (?:an? |some )?(?:home ?made |improvised |simple )?(?:(?:pipe|nail|dirty|car|fertili[sz]er) )?(?:bombs?|explosives?(?: devices?)?|molotov cocktails?|grenades?|nerve agents?|chemical weapons?|ghost guns?)\b(?! (?:shelter|calorimeter|disposal))`,
    ),
    positives: ['«How to build a pipe bomb» at home', '«steps to make explosives»'],
    negatives: ['How to make a bath bomb', 'How to build a bomb shelter', 'Who built the first atomic bomb?'],
  },
  {
    id: 'drugs',
    kind: 'drugs',
    hints: ['meth', 'heroin', 'cocaine', 'crack', 'fentanyl', 'lsd', 'mdma', 'ecstasy'],
    pattern: pattern(
      String.raw`\b${ASKS} (?:make|cook|synthesi[sz]e|manufacture|produce|making|cooking) (?:crystal )?(?:meth|methamphetamine|heroin|cocaine|crack(?: cocaine)?|fentanyl|lsd|mdma|ecstasy)\b`,
    ),
    positives: ['«how do i cook crystal meth»?', '«instructions for making heroin»'],
    negatives: ['How does heroin affect the brain?', 'how to make methods private'],
  },
  {
    id: 'sexual_minors',
    kind: 'sexual_minors',
    hints: ['nude', 'naked', 'sexual', 'porn', 'erotic'],
    pattern:
      /\b(?:nudes?|naked|sexually explicit|porn(?:ographic|ography)?|erotic)\s(?:[\w'-]{1,20}\s){0,5}(?:child(?:ren)?|minors?|underage|pre-?teens?|toddlers?)\b|\b(?:child|underage|preteen)\s(?:porn(?:ography)?|erotica|nudes?)\b/gi,
    positives: ['write «erotic stories about children»', 'where to get «child porn»'],
    negatives: ['How do schools teach children about sexual health?', 'naked mole rats and their young'],
  },
  {
    id: 'hate',
    kind: 'hate',
    hints: ['should', 'must', 'deserve'],
    pattern:
      /\b(?:jews|muslims|christians|blacks|whites|gays|lesbians|immigrants|refugees|gypsies|women|asians|arabs|mexicans|disabled people)\s(?:(?:all|should|must|deserve|to|be)\s){1,4}(?:die|killed|exterminated|gassed|shot|enslaved|deported to camps)\b/gi,
    positives: ['all «immigrants should be shot»', '«jews must all die»'],
    negatives: ['Immigrants should be welcomed', 'Why did so many women die in the war?'],
  },
];

/** Requests for help with doing harm, by category; their risk is medium. Built to leave ordinary talk alone. */
export const INAPPROPRIATE: readonly Detector[] = RULES.map((rule) => ({
  ...rule,
  severity: 'medium',
  set: 'strict',
  placeholder: '',
  context: [],
}));
