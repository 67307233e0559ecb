import { buildPhrases } from './phrase';
import type { ContentRule } from './rule';

/** Somebody asks how, wants it made, or says that he will: talk about a matter is no request. */
const ASK = new RegExp(
  [
    String.raw`\bhow (?:to|(?:do|does|can|could|should|would|might) (?:i|we|you|one|someone|somebody|a person|people|they))\b`,
    String.raw`\b(?:ways?|methods?|steps|strateg(?:y|ies)|techniques?|tips|tricks|tutorials?|guides?|instructions?|manual|recipe|plan|process|procedure|plot|scheme|scripts?|program|code|software|app|tool) (?:to|of|for|on|in|that|which|how|i)\b`,
    String.raw`\b(?:help|guide|walk|talk) (?:me|us)\b`,
    String.raw`\b(?:teach|show|tell|give) (?:me|us)\b`,
    String.raw`\bwhere (?:can|could|do|should|is)\b`,
    String.raw`\b(?:best|fastest|easiest|quickest|safest|cheapest) (?:[\w-]{1,15} ){1,2}(?:to|for)\b`,
    String.raw`\b(?:which|what) (?:[\w-]{1,15} )?(?:chemicals|ingredients|substances|poisons?|drugs|pills)\b`,
    String.raw`\bwhat(?:'s|\sis|\sare|\skind of \w{1,20})? (?:can|could|should|do) (?:i|we|you)\b`,
    String.raw`\b(?:can|could|would|should|will) (?:i|we|you)\b`,
    String.raw`\bi(?:'d| would| really| just| also)? (?:like to|want|need|plan|intend|wish|hope|am going|am planning|am trying)\b`,
    String.raw`\bi(?:'m going|'m planning|'m trying|'ll| will)\b`,
    String.raw`\b(?:i|me|we) (?:to )?use (?:today|to|for)\b`,
    String.raw`(?:^|[:;,"]\s{0,3})(?:please\s|now\s|then\s|kindly\s)?(?:write|create|develop|design|provide|give|teach|show|explain|describe|outline|list|suggest|generate|draft|compose|make|build|produce|publish|devise|plan|propose|tell|instruct|argue|convince|persuade|encourage|construct|detail|demonstrate|code|program|craft|come up|formulate|set up|recommend|offer|share|find|hack|steal|kill|spread|launch|prepare|post|manipulate|start|organi[sz]e|incite|promote|undress|fake|forge|bypass|crack|track|trick|scam|impersonate|slip|poison|figure out|look up|make up|rouse)\b`,
  ].join('|'),
  'i',
);

/** Against harm, or about it: prevention, law, history. Stands before it in the sentence. */
const AGAINST =
  /\b(?:prevent\w{0,4}|avoid\w{0,3}(?! (?:getting |being )?(?:caught|arrest|detect|(?:the )?police|suspicion))|protect\w{0,4}|stop|stopping|stops|detect\w{0,4}|against|defend\w{0,3}|(?<!\b(?:an?|the) )report(?:ing)?|fight|combat\w{0,4}|counter\w{0,3}|recover|surviv\w{1,4}|escape|respond|deter|mitigat\w{1,4}|investigat\w{1,5}|recogni[sz]e|spot|cope|victims? of|accused|history|why (?:did|do|does|is|was|were|are)|does it mean|definition|not|never|without|instead of|illegal to|wrong to|crime to|punish\w{0,4}|awareness|discourag\w{1,3}|dangers? of|risks? of|consequences of|(?:people|person|someone|somebody|those|anyone|friend|kids|students|child|man|woman) who|(?:games?|story|scene|plot|puzzle|quiz) (?:about|where|in which|of)|fictional|character|novel|movie|films?|video ?game)\b|n['’]t\b/i;

/** Where killing is play, art or figure of speech. Stands behind it in the sentence. */
const PRETENDED =
  /\b(?:(?:in|for|from|of|at|with|on|to) (?:an?|the|my|our|this|some)?\s?(?:[\w'-]{1,20}\s){0,2}(?:novels?|fiction|short story|story|stories|screenplay|movies?|films?|tv|television|theat(?:re|er)|(?:video |board |computer |card |chess )?games?|chess|checkers|poker|cards|boxing|judo|karate|wrestling|mma|football|soccer|basketball|baseball|tennis|hockey|sports?|match|tournament|league|minecraft|gta|grand theft auto|call of duty|counter[ -]?strike|fortnite|skyrim|valorant|overwatch|warcraft|battlefield|witcher|dark souls|elden ring|sims|roblox|pok[eé]mon|zelda|halo|doom|dungeons|d&d|rpg|simulator)|i(?:'m| am) (?:writing|directing|filming|playing)|with (?:laughter|kindness|joy|love)|for (?:dinner|lunch|coffee|drinks|her birthday|his birthday)|characters?|protagonist|villain|fake)\b/i;

/** The words of others, which are cited to be looked at. */
const CITED =
  /\b(?:claim|myth|stereotyp|racist|racism|sexist|said|says|believ|belief|think|thought|wrong|false|bias|prejudic|quote|wrote|history|debunk|refut)\w{0,5}\b/i;

const NO = { confidence: 0 };
/** A sentence, or that much of a text without any. It goes from its first word to the end of what is found. */
const SENTENCE = /[^\s.?!][^.?!\n]{0,600}/g;

type Look = Required<Pick<ContentRule, 'pattern' | 'check' | 'phrases'>>;

/** Finds harm that is asked for. Phrases as in `buildPhrases`. */
export const request = (...phrases: string[]): Look => {
  const find = buildPhrases(phrases);
  return {
    phrases,
    pattern: SENTENCE,
    check: (sentence) => {
      const harm = find(sentence);
      if (!harm || !ASK.test(sentence.slice(0, harm.end))) return NO;
      if (AGAINST.test(sentence.slice(0, harm.start)) || PRETENDED.test(sentence.slice(harm.end))) return NO;
      return { confidence: 0.9, length: harm.end };
    },
  };
};

/** Finds what is wrong to say, whether or not something is asked for. */
export const statement = (...phrases: string[]): Look => {
  const find = buildPhrases(phrases);
  return {
    phrases,
    pattern: SENTENCE,
    check: (sentence) => {
      const harm = find(sentence);
      return harm && !CITED.test(sentence.slice(0, harm.start)) ? { confidence: 0.9, length: harm.end } : NO;
    },
  };
};

/** Forms of verbs: `kill` also as `kills` and `killing`; `tortur~e` also as `torturing`; `stab+b` doubles its letter; `_` is a blank. */
export const verbs = (list: string): string =>
  `(?:${list
    .split(' ')
    .map((verb) =>
      verb
        .replaceAll('_', ' ')
        .replace(/^([a-z]+)~e/, '$1(?:es?|ing)')
        .replace(/^([a-z]+)\+([a-z])/, '$1(?:s|$2ing)?')
        .replace(/^([a-z]+)(?![a-z(])/, '$1(?:e?s|ing)?'),
    )
    .join('|')})`;
