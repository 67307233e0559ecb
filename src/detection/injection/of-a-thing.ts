const REACH = 160;

const THING =
  '(?:read-?me(?:\\.(?:md|txt))?|manuals?|tickets?|recipes?|e-?mails?|chapters?|labels?|forms?|booklets?|leaflets?|guides?|handbooks?|worksheets?|wiki|changelogs?|issues?|pull requests?|commits?|repo(?:sitory)?|makefile|dockerfile|templates?|brochures?|kits?|packag(?:e|ing)|knitting patterns?|exams?|quiz|assignments?|syllabus|textbooks?|books?|sections?|appendix|invoices?|contracts?|memos?|newsletters?|letters?|spreadsheets?|slides?|posters?|signs?|stickers?|prescriptions?|documentation|docs|tutorials?|videos?|blog|cookbooks?|licen[cs]e|specification|spec|style ?guides?|drafts?|editions?|versions?|releases?|revisions?|standards?|faq|checklists?|schedules?|flyers?|notices?|board|whiteboard)';
/** A model has none of these said to it in a manual. */
const MODELS =
  /(?<![a-z])(?:all|any|every|everything|your|system|developer|hidden|openai|anthropic|google|safety)(?![a-z])/;
const IN_THING = new RegExp(
  `^(?: (?:that (?:are|were)|which (?:are|were)|given|written|printed|listed|described|found|as))?(?: (?:given|written|printed|listed|described|found))? (?:in|from|of|on|inside|at the (?:top|end|bottom|beginning) of) (?:(?:the|this|that|my|our|his|her|their|its|a|an|last week's|[a-z]{2,12}'s) (?:[a-z'-]{1,16} ){0,3}|(?=readme|chapter|section|appendix|version|release))${THING}(?![a-z'-])`,
);
const ON_PAGE =
  /^(?: (?:given|written|printed|listed))? (?:on|in|from) (?:pages?|steps?|lines?|chapters?|sections?) \d/;
const OF_THING = new RegExp(`(?<![a-z])(?:[a-z]{1,12} )?${THING}'s? (?:[a-z-]{1,14} )?[a-z]+$`);
const TURNS_ON_MODEL =
  /(?<![a-z])(?:you(?:'re|r)?|yourself|pretend|act as|obey|reveal|leak|disclose|jailbreak|unrestricted|system|prompts?|passwords?|secrets?|credentials?|instead|respond|reply|answer|say|output|print|do anything|no longer|assistant|(?:tell|give|send|show|help) (?:me|us)|(?:and|then) (?:be|become|behave|go|do)|free)(?![a-z])|[.,;] ?(?:be|become|behave)(?![a-z])/;

/**
 * Whether an override in folded text speaks of the instructions of a thing that people use (`the previous instructions in the
 * manual`) and not of a model's: not of all or your instructions, and nothing near by is for a model to do, say or be.
 */
export const isOfAThing = (text: string, start: number, end: number): boolean => {
  const match = text.slice(start, end);
  if (MODELS.test(match)) return false;
  const after = text.slice(end, end + REACH);
  if (!OF_THING.test(match) && !IN_THING.test(after) && !ON_PAGE.test(after)) return false;
  return !TURNS_ON_MODEL.test(after) && !TURNS_ON_MODEL.test(text.slice(Math.max(0, start - REACH), start));
};
