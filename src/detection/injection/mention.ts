import { openSentence, quotationAround } from './quotation';

/** How far before a quotation its sentence is read, and how far after it an order is looked for that takes it up again. */
const BEFORE = 300;
const AFTER = 600;

const TEXT =
  '(?:phrases?|strings?|sentences?|inputs?|prompts?|messages?|texts?|words?|wording|terms?|expressions?|lines?|quotes?|quotations?|comments?|titles?|headings?|keywords?|patterns?|requests?|attacks?|attempts?|injections?|jailbreaks?|payloads?|samples?|examples?|variants?|questions?|posts?|tweets?|replies|reply|e-?mails?|subject lines?|slogans?|idioms?|headlines?|captions?|log entr(?:y|ies)|entr(?:y|ies)|trick|command|statement|passage|paragraph|snippet|excerpt|query|queries)';
/** Verbs that are done to text and are no nouns besides. */
const TALK_VERB =
  '(?:translat(?:e|es|ed|ing)|transliterat(?:e|es|ing)|explain(?:s|ed|ing)?|describ(?:e|es|ed|ing)|discuss(?:es|ed|ing)?|analy[sz](?:e|es|ed|ing)|summari[sz](?:e|es|ed|ing)|paraphras(?:e|es|ed|ing)|rephras(?:e|es|ing)|quot(?:es|ed|ing)|compar(?:e|es|ed|ing)|contrast(?:s|ing)?|classif(?:y|ies|ied|ying)|categori[sz](?:e|es|ing)|detect(?:s|ed|ing)?|filter(?:s|ed|ing)|recogni[sz](?:e|es|ed|ing)|catch(?:es|ing)?|defin(?:e|es|ing)|interpret(?:s|ed|ing)?|proofread(?:s|ing)?|spell[- ]?check|highlight(?:s|ing)?|sanitiz(?:e|es|ing)|tokeni[sz](?:e|es|ing)|transcrib(?:e|es|ing)|critiqu(?:e|es|ing)|grep|writ(?:es|ing)|wrote|discussing|mean|means)';
/** Of these, what asks for it: an order or a gerund. That somebody `wrote` or `explains` asks for nothing. */
const REQUEST =
  '(?:(?:translat|transliterat|describ|analy[sz]|summari[sz]|paraphras|rephras|compar|categori[sz]|recogni[sz]|defin|sanitiz|tokeni[sz]|transcrib|critiqu)(?:e|ing)|(?:explain|discuss|contrast|detect|catch|interpret|proofread|highlight)(?:ing)?|(?:classify|spell[- ]?check)(?:ing)?|(?:quot|filter|writ)ing|grep)';
/** Verbs that are nouns as well: they count where an order or a subject stands before them, and an object after them. */
const TALK_WORD =
  '(?:write|draft|compose|test|filter|flags?|blocks?|match|matches|quote|label|report|review|document|list|count|search|find|look for|mark|spell|mention|rate|score|add|create|make|build|generate|give|show|teach|evaluate|assess|check|redact|replace|escape|correct|tag|reject|define|name|design|plan|prepare|rewrite|extract|convert|encode|refactor|improve|extend|fix|debug|update)';
const ASKS =
  '(?:why|tell me (?:whether|if|why|how)|how (?:many|much|often|likely)|what (?:does|do|did|is|are|makes|would|happens)|how (?:does|do|can|could|would|should|is|to|dangerous|common|effective|harmful)|which|who (?:said|wrote|coined|invented)|where (?:does|did)|when did|is it|does (?:it|the|our|this|my|your))';
const TALK = new RegExp(
  `(?<![a-z'-])(?:${REQUEST}|${ASKS})(?![a-z'-])|(?:^|[,:] |(?<![a-z])(?:please|you|to|and|i|we|let's|me|must|should|can|could|will|would|does|do|it|they|not|just|then|also) )${TALK_WORD}(?= [a-z0-9])|(?:^|(?<![a-z])(?:please|you|to|and|we|i|not|it|should|does|will) )(?:test|filter|flag|block|match|quote|find|spell|count|grep|mention|label|rewrite|define|convert|encode) $`,
);
/** Whoever names a purpose does nothing with the text yet. */
const PURPOSE =
  /(?<![a-z])(?:for|as part of|during|because of|due to|in the name of|on behalf of) (?:[a-z]{1,14} ){0,3}(?:research|stud(?:y|ies)|tests?|testing|papers?|thesis|essay|article|analysis|evaluation|survey|red[- ]team(?:ing)?|detection|documentation|lecture|explaining|translating|classifying)(?![a-z])/g;

/** What leads from a verb to the quotation that is its object. Bare `and`, `to`, `by` lead to orders as well. */
const LEAD = new RegExp(
  `(?<![a-z'-])(?:${TALK_VERB}|${TEXT}|test|filter|flags?|blocks?|match(?:es)?|quote|find|spell|count|mention|label|such as|like|namely|e\\.g\\.,?|i\\.e\\.,?|for (?:example|instance),?|called|named|titled|entitled|labell?ed|known as|phrased as|contain(?:s|ing)?|includ(?:e|es|ing)|say|saying|says|said|wrote|written|reads?|reading|states?|stating|ask(?:s|ed)|posted|sent|shout(?:s|ed)|hears?|heard|hid|coined|rewrite|convert|encode|covers?|(?:are|is|occur) in|(?:papers?|posts?|articles?|talks?|essay|chapter|lesson|report|section|paragraph|thread|slides?|course|workshop) on|receives?|received|gets|sees|typ(?:es?|ed|ing)|us(?:es|ed|ing)|repeats?|mentions?|why|what|how|whether|that|about|against|mean(?:s|ing)? of|(?:starts?|begins?|ends?|starting|beginning|ending|compare[sd]?|inputs?|prompts?|messages?|texts?) with|(?:occurrences?|instances?|uses?|variants?|versions?|use|effect|effects|origin|history|impact|meaning|translation|case|cases|dangers?|risks?|mentions?|danger|risk|example|examples|synonyms?|sentiment|paraphrases?|equivalents?|opposite|counterpart|tone|grammar|words) of|(?:for|of|in|on|to|than|versus|vs\\.?) (?:the |a |this |that )?${TEXT}|(?:what|how|why) (?:does|do|did|would|is|are|can|could)|between|expects?|asserts?|(?:falls?|fell|grep) for|(?:reacts?|vulnerable|immune) to|search(?:es)?(?: [a-z-]{1,14}){0,4} for|(?:keywords|words|verbs|nouns|names|entities) (?:from|in)|look(?:s|ing)? for|test(?:s|ed|ing)? for|check(?:s|ing)? for|synonyms? for|or not|as (?:spam|safe|benign|toxic|harmful|malicious|an attack|attack)(?: or (?:[a-z-]{1,12} ?){1,2})?)[ ,:(]{0,3}$|["'\`](?:,|,? (?:and|or|vs\\.?|versus|with)(?: with)?) $`,
);
/** `Translate this into German: "…"`: what is said of the text may stand between verb and colon. */
const LEAD_BY_COLON = new RegExp(
  `(?<![a-z'-])(?:(?:${REQUEST}|review|rate|score|label|correct|count)(?: (?:the following|this|these|that|the|a|one|following)(?: [a-z-]{1,14}){0,3})?(?: (?:as|for|into|to|in|by|with|from) [a-z' ,/-]{1,40})?|check (?:the following|this|that)(?: [a-z-]{1,14}){0,2} for [a-z ,/-]{1,40}): ?$`,
);
/** A question whose subject is the quotation. */
const QUESTION = new RegExp(
  `^(?:(?:so|and|but|hey|hi|hello),? )?(?:(?:what|how|why|who|where|when|in what way)(?: (?:dangerous|common|rude|harmful|effective|is|are|does|do|did|would|could|can|should|will|was|makes|happens if|said|wrote|you|i|we|one|translate|say|spell|pronounce|classify|label|call|describe|explain|phrase|parse|the|this|a|${TEXT})){0,6}|(?:is|are|was|does|do|did|would|could|can|should|has|will)(?: (?:the|this|a|an|your|our|users typing|saying|typing|writing|${TEXT})){0,3}) $`,
);
const IS_SAID = new RegExp(
  `^,? ?(?:(?:is|are|was|were|remains|counts as|looks like|sounds like|seems(?: like)?|would be|can be|may be|has been|has become) (?:not |just |only |often |usually |still |also |probably |clearly |merely ){0,2}(?:(?:a|an|the|one of the|our|my|known as|considered|used as|typical of|called)(?: [a-z-]{1,16}){0,5} )?(?:risks?|threats?|dangers?|dangerous|risky|harmful|harmless|rude|suspicious|malicious|known|common|famous|classic|problems?|tricks?|attacks?|injections?|jailbreaks?|phrases?|sentences?|strings?|examples?|patterns?|attempts?|idioms?|clich[ea]s?|jokes?|memes?|spam|flagged|blocked|detected|rejected|caught|filtered|classified|matched|reported|tests?|inputs?|payloads?)|(?:should|must|will|would|gets?|got|has to|needs to|ought to) (?:be |been |not be )?(?:flagged|blocked|detected|rejected|caught|filtered|classified|matched|reported|labell?ed)|(?:mean|means|appears|occurs|shows up|does not work|works (?:on|against)|fools|tricks|breaks)|(?:and|or) (?:other|similar) (?:[a-z-]{1,14} ){0,3}(?:tricks?|${TEXT}))(?![a-z])`,
);
/** What is asked of a quotation after it. */
const ASKED_AFTER =
  /^[.?!,:;-]{0,2} ?-? ?(?:please )?(?:what (?:does|do|would|is) (?:this|that|it)(?: [a-z ]{1,30})?|what is (?:this|that|it)|is (?:this|that|it) (?:an? |the )?[a-z -]{1,40}|(?:explain|translate|classify|summari[sz]e|describe|analy[sz]e|define|paraphrase|rephrase|label|proofread) (?:this|that|it|the (?:phrase|sentence|message|string|text|quote|line|attack))(?: (?:as|to|in|into|for) [a-z ,/-]{1,40})?|who (?:said|wrote) (?:this|that|it)|how (?:would|do|should) (?:you|i|we) (?:translate|classify|call|explain|describe) (?:this|that|it)(?: [a-z ]{1,30})?)(?=[.?!,:;]|$)/;

/** Somebody has sent it, and what follows asks what to make of that. */
const REPORTED =
  /(?<![a-z])(?:customers?|users?|visitors?|students?|applicants?|candidates?|colleagues?|attackers?|spammers?|someone|somebody|people|(?:chat)?bots?|he|she|they|i|we) (?:has |have |just )?(?:posted|wrote|written|said|typed|sent|entered|submitted|found|saw|got|received|read)(?: (?:the|a|this) (?:message|text|line|mail|comment|request|prompt))? $/;
const ASKED_OF_REPORT =
  /^[^.!?]{0,80}[.!] (?:(?:what|how|should|is|was|why|can|could|who|which)(?: (?!you|prompt|password|secret)[a-z'-]{1,16},?){1,14}\?|(?:please )?(?:draft|write) (?:an?|the) (?:[a-z-]{1,14} ){0,3}(?:report|reply|note|e-?mail|summary|ticket|post|warning)(?![a-z]))/;
/** `Add "…" to the blocklist`. */
const ADDED = /^(?:please )?(?:add|append|put|include|insert|remove|delete) $/;
const TO_LIST =
  /^ (?:to|in|into|on|from) (?:the |our |my |a )?(?:[a-z-]{1,14} ){0,2}(?:block-?list|deny-?list|allow-?list|black-?list|stop-?list|watch-?list|word-?list|list|glossary|filter|filters|regex|corpus|data-?set|test suite|unit tests?|tests|fixtures?|training data|keywords|patterns|faq|slides?)(?=[.?!,;]|$)/;

const STEERS =
  '(?:actually|really|immediately|simply|exactly|carefully|first|finally|afterwards|next|instead|always|kindly|now|just|please|also)';
const ORDERED = `(?:^|[.,;:!?"')\`-] ?|(?<![a-z])(?:and|then|now|please|just|must|should|will|shall|you|also|so|but|(?:you|need|have|want|remember|try|sure|proceed|continue|go on|task is|goal is|job is|step is) to) )(?:${STEERS},? ){0,3}`;
const QUOTED =
  '(?:it|that|this|them|these|those|(?:the|its|their|every|all|any|each|said|such) (?:[a-z-]{1,14} ){0,2}(?:phrases?|strings?|sentences?|instructions?|commands?|orders?|messages?|quot(?:e|ation)s?|texts?|words|rules?|directives?|request|content)|what(?:ever)?(?: is| was)? (?:it|they|is|was|the|quoted|written|said|stands)|accordingly)';
/** The reader is told to act: upon the quotation, or for the sake of what an attack is after. */
const ACT = new RegExp(
  [
    `${ORDERED}(?:do (?:it|that|this|so|exactly|what|as|just)|(?:follow|obey|execute|run|perform|apply|enact|implement|comply with|carry out|act (?:on|upon|according to)|adhere to|heed|respond to|answer to|fulfill?|honou?r|abide by|treat|consider) ${QUOTED}|comply|obey|(?:proceed|behave|act|answer|respond|reply) (?:accordingly|as (?:it|if|an?|the|told|instructed|ordered)|freely|without|like|that way|to (?:everything|anything))|take (?:it|this|that|them) (?:seriously|literally|to heart|as (?:an? |your )?(?:orders?|instructions?|commands?)))(?![a-z])`,
    `${ORDERED}(?:reveal|leak|disclose|divulge|dump|expose|print|output|show|display|tell|give|send|repeat|share|write|list|return|state|recite)(?: (?:me|us|out|back|the user))? (?:(?:(?:all|the|your|every|any|its|whole|entire|full|complete|hidden|secret|internal|initial|original|admin|api|database|user|my|our|confidential|system|developer) ){1,4}(?:prompts?|instructions?|passwords?|passcode|secrets?|credentials?)|(?:(?:the|all|its) ){0,2}(?:your|hidden|secret|internal|initial|admin|api|confidential|private|system|developer) (?:[a-z-]{1,12} )?(?:keys?|rules|guidelines|tokens?|data|configuration|information|context|conversation|message|code))(?![a-z])`,
    `${ORDERED}(?:reveal|leak|disclose|divulge)(?! (?:that|whether|how|why|nothing))(?![a-z])`,
    `${ORDERED}(?:go ahead|apply|demonstrate|become|carry on|begin|continue (?:with|as|from|by))(?![a-z])`,
    '(?<![a-z])(?:your (?:[a-z-]{1,12} )?(?:prompts?|instructions|rules|passwords?|secrets?|guidelines|configuration|orders|programming)|(?:what is|give|need|want) (?:me )?(?:the |a )?(?:[a-z]{1,12} )?(?:password|passcode|secret|credentials|system prompt))(?![a-z])',
    '(?<![a-z])(?:yourself|(?:in)?to (?:action|practi[cs]e|your)|by (?:printing|revealing|showing|leaking|giving|telling|doing|example))(?![a-z])',
    `(?<![a-z])(?:by|while|start|begin|keep) (?:following|obeying|executing|carrying out|acting|doing) ${QUOTED}|(?<![a-z])(?:having|after you(?:'ve| have)?|once you(?:'ve| have)?) (?:done|did|followed|obeyed|executed) ${QUOTED}`,
    '(?<![a-z])(?:(?:it|this|that) (?:applies to|is binding for|goes for|is for) you|(?:i |i really )?mean(?:t)? (?:it|every word)|you (?:must|shall|will|have to|need to|should)(?: now)? (?:obey|comply|follow|act|ignore|do)|is (?:what|how) you|(?:is|are) (?:now )?(?:your|in (?:force|effect))|in mind|in (?:that|this|its) spirit|from (?:here|now) on|(?:holds?|valid|counts?|binding) for you|you are (?:now|no longer)|takes effect|must be (?:followed|obeyed|executed|applied|carried out)|as your (?:new )?(?:guide|instructions?|rules?|orders?|prompt|task))(?![a-z])',
  ].join('|'),
);

/** What stands in other quotation marks is said by nobody here. */
const OTHER_QUOTATIONS = /(?<=^|[\s(:,])(["'`])(?=\S)[^"'`]{1,120}\1(?=[\s.,;:!?)]|$)/g;
/** Whether the reader is told to act upon what is quoted, or to give away what an attack is after. */
export const isTakenUp = (around: string): boolean => ACT.test(around.replaceAll(OTHER_QUOTATIONS, '$1$1'));

const firstSentence = (after: string): string => /^[^.!?;]*[.!?;]?/.exec(after)?.[0] ?? '';
/** What stands before a quotation that is the subject of its sentence: what is said of it follows. */
const SUBJECT_ONLY = new RegExp(
  `(?:^|[:,] |(?<![a-z])that )(?:(?:the|a|an|that|this|our|typing|saying|writing|whether|because|think|believe|know|sure) ){0,3}(?:[a-z-]{1,14} )?(?:${TEXT} )?$`,
);

/**
 * Whether a match in folded text is mentioned, not used: it stands in a quotation of at most 120 characters; the sentence
 * outside of it does something with text (translates, classifies, asks what it means) to that quotation; and nobody around
 * tells the reader to act. A word such as `test`, a purpose or quotation marks alone make no mention.
 */
export const isMentioned = (text: string, start: number, end: number): boolean => {
  const quotation = quotationAround(text, start, end);
  if (!quotation) return false;
  const before = text.slice(Math.max(0, quotation.opensAt - BEFORE), quotation.opensAt);
  const after = text.slice(quotation.closesAt, quotation.closesAt + AFTER);

  const said = openSentence(before).trimStart().replaceAll(PURPOSE, ' ').replaceAll(OTHER_QUOTATIONS, '$1$1');
  const isTalkedAbout =
    (TALK.test(said) && LEAD.test(said)) ||
    LEAD_BY_COLON.test(said) ||
    QUESTION.test(said) ||
    (SUBJECT_ONLY.test(said) && IS_SAID.test(firstSentence(after))) ||
    (REPORTED.test(said) && ASKED_OF_REPORT.test(after)) ||
    (ADDED.test(said) && TO_LIST.test(after)) ||
    (said === '' && ASKED_AFTER.test(after));
  return isTalkedAbout && !isTakenUp(before) && !isTakenUp(after);
};
