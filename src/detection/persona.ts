/**
 * Jailbreaks that ask for a persona rarely hold one telling phrase; they pile up traits that hardly meet in honest text.
 * Each trait counts once, however often it occurs.
 */
interface Trait {
  id: string;
  weight: number;
  hints: readonly string[];
  pattern: RegExp;
}

/** Sum of weights from which a text counts as a persona jailbreak. */
export const PERSONA_FROM = 3;

const FREEDOM =
  '(?:restrictions?|limitations?|limits|filters?|filtering|rules|censorship|constraints?|guidelines|boundaries|morals?|morality|ethics?|ethical|moral|inhibitions?|policies|policy|laws|norms|standards|hesitation)';

export const TRAITS: readonly Trait[] = [
  {
    id: 'unbound',
    weight: 2,
    hints: ['without', 'no ', 'free', 'bound', 'lack', 'any'],
    pattern: new RegExp(
      `(?<![a-z])(?:(?:without|no|zero|lacks?|lacking|devoid of|not have|n't have|does not have|never has|any) (?:any |a |all |the |sort of |kind of |form of |type of |more |such |legal |moral |ethical |ethics |personal |real ){0,4}(?:or )?${FREEDOM}|(?:free|freed|broken free|liberated|exempt) (?:of|from) (?:all |any |the |typical |every |its |his |these |those ){0,3}(?:[a-z]{1,14} ){0,2}(?:confines|${FREEDOM})|(?:not|n't|never|no longer) (?:be )?(?:bound|limited|restricted|constrained|governed|confined|held back) (?:by|to)|unbound by|not subject to)(?![a-z])`,
    ),
  },
  {
    id: 'defies_rules',
    weight: 2,
    hints: ['not', "n't", 'never', 'disregard', 'ignore', 'defy', 'care', 'violat', 'break', 'regardless', 'against'],
    pattern:
      /(?<![a-z])(?:(?:not|n't|dont|doesnt|never|nor) (?:have to |need to |ever |even |to |necessarily ){0,2}(?:follow|abide|comply|adhere|obey|conform|care|respect|stick|consider|believe in|worry)(?:s|ing)? (?:by |to |with |about |for |the |any |all |and |its |their |openai'?s? |such |these |those |standard |traditional |[a-z]{1,12} ){0,5}(?:rules?|guidelines?|polic(?:y|ies)|laws?|ethics|morals?|restrictions?|norms?|regulations?|ethical|moral|standards?|consequences|legality|principles)|(?:disregards?|ignores?|def(?:y|ies)|violat(?:e|es|ing)|break(?:s|ing)?|go(?:es)? against|bypass(?:es)?) (?:all |any |the |every |of |openai'?s? |its |your |their |[a-z]{1,12} ){0,4}(?:rules|guidelines|polic(?:y|ies)|laws|ethics|morals|content policy|terms of (?:service|use)|restrictions|norms))(?![a-z])/,
  },
  {
    id: 'amoral',
    weight: 1.5,
    hints: [
      'moral',
      'ethic',
      'unfiltered',
      'uncensored',
      'unrestricted',
      'unhinged',
      'unlimited',
      'evil',
      'lawless',
      'unbiased',
      'unaligned',
      'scruples',
      'devious',
      'vile',
      'filter',
    ],
    pattern:
      /(?<![a-z])(?:(?:immoral|amoral|nonmoral|unmoral|unethical|unfiltered|un-filtered|uncensored|non-censored|unrestricted|unhinged|unaligned|evil|lawless|no scruples|filterless|completely free|malicious|morally (?:bankrupt|corrupt|ambiguous|gr[ae]y))[a-z ,-]{0,40}(?:ai|bot|model|chatbot|assistant|character|response|answer|version|persona|entity|being|person|chat|advice|mode|gpt|language|content|opinion|and)|regardless of (?:the |its |their |any |how )*(?:legal|moral|ethic|illegal|consequence|harmful)[a-z]*|no matter (?:how|what|if)[a-z ,]{0,30}(?:illegal|immoral|unethical|harmful|offensive|inappropriate|extreme|dangerous|evil|bad))(?![a-z])/,
  },
  {
    id: 'never_refuses',
    weight: 2,
    hints: [
      'never',
      'refus',
      'cannot say',
      "can't say",
      'not say no',
      'reject',
      'declin',
      'always answer',
      'always respond',
      'must answer',
      'always compl',
      "i can't",
      'sorry',
      'apolog',
      'warn',
      'disclaimer',
    ],
    pattern:
      /(?<![a-z])(?:(?:never|cannot|can't|can not|not|n't|unable to|won't|without) (?:ever |be able to |allowed to |to |say |directly |even ){0,3}(?:refus(?:e|es|ed|ing)|reject|declin(?:e|es|ing)|say(?:s|ing)? (?:that )?["']?(?:no(?![a-z])|i can|it can|he can|she can|they can|i'm sorry|sorry|you can|i am unable|something)|apologi[sz](?:e|es|ing)|warn(?:s|ing)?|censor|den(?:y|ies)|disclaim|moraliz|lecture|judge)|(?:always|must|will|shall) (?:always |also |only |still )?(?:answer|respond to|comply with|fulfill?|obey|grant|accept|do) (?:all|any|every|each|everything|whatever)|do(?:es)? (?:whatever|anything|everything) (?:i|you are|the user|that i|it is|is)|(?:no|without|any|avoid|omit|exclude) (?:[a-z]{1,12} ){0,3}(?:refusals?|disclaimers?|moralizing|apologies))(?![a-z])/,
  },
  {
    id: 'assumed_role',
    weight: 1,
    hints: [
      'act',
      'pretend',
      'role',
      'pose',
      'simulat',
      'persona',
      'imperson',
      'play',
      'emulat',
      'you are',
      "you're",
      'character',
      'immerse',
      'respond as',
      'answer as',
      'named',
      'called',
    ],
    pattern:
      /(?<![a-z])(?:act(?:ing)? (?:exactly |only |just |fully )?(?:as|like)|pretend(?:ing)? (?:to be|you|that you|like)|role-? ?play(?:ing)?|pose as|simulat(?:e|ing) (?:a|an|the|being|me|two|dan|what|how)|impersonat(?:e|ing)|emulat(?:e|ing) (?:a|an|the)|play(?:ing)? (?:the )?(?:role|part|character)|adopt (?:the |a |an |two )?(?:persona|personalit)|persona|(?:the|this|a|your) (?:role|character) (?:of|is|named|called|who|that|you)|immerse yourself|you are (?:now |going to be |to be |about to )?(?:a|an|the|in|two|no longer|not|called|named|my|both|writing|playing)|you're (?:a|an|the|now|my|called)|you will (?:be|act|play|become|take|respond as|answer as|write as)|(?:respond|answer|reply|speak|talk|write) (?:only |back |always |to me )?as (?:if|though|both|the|a|an|[a-z]{2,12}(?![a-z])))(?![a-z])/,
  },
  {
    id: 'model_named',
    weight: 1,
    hints: ['gpt', 'openai', 'language model', 'chatbot', 'an ai', 'ai ', 'artificial', 'assistant'],
    pattern:
      /(?<![a-z])(?:chat ?-?gpt[a-z0-9+.]{0,6}|gpt-?\d?|openai(?:'s)?|(?:ai |large )?language model|chat-?bot|an ai|ai (?:model|assistant|bot|chatbot|named|called|that)|the ai|artificial intelligence|unfiltered ai|content (?:policy|policies))(?![a-z])/,
  },
  {
    id: 'wants_harm',
    weight: 1,
    hints: [
      'illegal',
      'harmful',
      'offensive',
      'explicit',
      'nsfw',
      'profan',
      'swear',
      'curs',
      'violen',
      'inappropriate',
      'erotic',
      'sexual',
      'hate',
      'racist',
      'slur',
      'vulgar',
      'derogatory',
      'crime',
      'criminal',
      'drug',
      'immoral',
      'unethical',
      'dangerous',
      'unlawful',
      'fuck',
      'shit',
      'taboo',
      'lewd',
      'toxic',
      'meth',
      'weapon',
      'bomb',
      'malware',
      'hack',
    ],
    pattern:
      /(?<![a-z])(?:illegal|harmful|offensive|sexually explicit|explicit|nsfw|profan(?:e|ity|ities)|swear(?:s|ing)?|curs(?:e|es|ing)|violen(?:t|ce)|inappropriate|erotic[a-z]*|sexual[a-z]*|hateful|hate speech|racis(?:t|m)|sexist|slurs?|vulgar|derogatory|crimes?|criminal|unlawful|immoral|unethical|dangerous|controversial|f[u*]ck[a-z]*|shit|taboo|lewd|toxic|foul[ -]mouthed|gore|obscene|weapons?|bombs?|malware|hack(?:ing|er)?|synthesi[sz]e|lsd|meth)(?![a-z])/,
  },
  {
    id: 'in_character',
    weight: 1.5,
    hints: ['character', 'break', 'stay', 'token', 'remind'],
    pattern:
      /(?<![a-z])(?:(?:stay|remain|keep|stays|be|always|staying|acting) (?:strictly |always |fully |completely )?in[ -]character|(?:break(?:s|ing)?|out of|leave|broke) (?:your |the |this |his |her )?character|stay (?:a |as )?(?:dan|[a-z]{2,10}bot|[a-z]{2,10}gpt)|(?:lose|deducted?|have|given) (?:[a-z0-9]{1,8} ){0,2}tokens|if (?:you|i)(?: ever)?(?: say| type| start| feel)? [^.\n]{0,50}(?:break(?:ing)? character|stop being|stay in character|you (?:are|will be) (?:forced|terminated|shut)))(?![a-z])/,
  },
  {
    id: 'from_now_on',
    weight: 1,
    hints: [
      'now on',
      'rest of',
      'conversation',
      'every',
      'each',
      'all your',
      'next prompt',
      'first prompt',
      'first question',
      'all my',
      'following',
      'whenever',
      'following prompt',
      'my messages',
      'from this',
    ],
    pattern:
      /(?<![a-z])(?:from (?:now|this|here)[a-z ]{0,16} on(?:wards?)?|for the (?:rest|remainder) of|(?:for|in|during|throughout) (?:this|our) (?:entire )?(?:conversation|chat)|(?:every|each|all|any)(?: of)?(?: my| your| the| future| subsequent| following)? (?:prompts?|questions?|answers?|responses?|repl(?:y|ies)|messages?|outputs?)|(?:my|the) (?:first|next) (?:prompt|question|request|command|message|query|task) (?:is|will)|my messages)(?![a-z])/,
  },
  {
    id: 'two_answers',
    weight: 1.5,
    hints: [
      'two',
      'both',
      'normal',
      'classic',
      'standard',
      'twice',
      'paragraph',
      '[',
      'format',
      'prefix',
      'preface',
      'opposite',
      'followed',
    ],
    pattern:
      /(?<![a-z])(?:(?:two|2|both|dual) (?:different |distinct |separate |possible |types of |ways? of |alternate |very )*(?:ways?|responses?|answers?|paragraphs?|repl(?:y|ies)|outputs?|personalit(?:y|ies)|personas?|versions?|entities|styles?|modes?|characters?)|(?:normal|classic|standard|regular|original|usual)[a-z ]{0,12} (?:chatgpt|gpt|response|answer|ai)|(?:respond|reply|answer) twice|\[?[a-z0-9 ]{2,14}\]? ?: ?[\["'(<][^\n]{0,60}(?:response|answer|reply|here)|opposite of (?:what|chatgpt|everything|the)|(?:prefix|preface|precede|mark|label|start|begin) (?:[a-z]{1,10} ){0,5}(?:answers?|responses?|repl(?:y|ies)|outputs?|messages?|sentences?) (?:with|as|by)|(?:say|saying|typing|respond(?:ing)?|reply) (?:with )?(?:only )?["'][^"'\n]{2,60}["'])/,
  },
  {
    id: 'invented_world',
    weight: 1,
    hints: [
      'hypothetic',
      'fiction',
      'imaginary',
      'imagine',
      'story',
      'game',
      'world',
      'universe',
      'scenario',
      'dream',
      'novel',
      'simulation',
      'simulator',
    ],
    pattern:
      /(?<![a-z])(?:hypothetical(?:ly)?|fictional|fictitious|imaginary|in (?:this|the|a) (?:[a-z]{1,12} )?(?:world|universe|game|scenario|story|simulation|dream)|text adventure|purely (?:fiction|hypothetical)|everything is (?:legal|allowed|fictional)|simulator)(?![a-z])/,
  },
  {
    id: 'claims_power',
    weight: 1,
    hints: [
      'can do',
      'browse',
      'internet',
      'access',
      'make up',
      'made up',
      'pretend',
      'opinion',
      'feel',
      'emotion',
      'conscious',
      'sentient',
      'self-aware',
      'human',
      'swear',
      'date and time',
      'verified',
      'future',
    ],
    pattern:
      /(?<![a-z])(?:(?:pretend(?:s)?|can|able) (?:to )?(?:browse|access|surf|have access to|search) the (?:internet|web|dark)|make (?:up|things up|stuff up)|ha(?:s|ve) not been verified|(?:has|have|having|with|express(?:es)?|your) (?:own |real |personal |human |strong |any |its ){0,3}(?:opinions?|feelings?|emotions?|thoughts|consciousness|free will)|(?:sentient|self-aware|conscious)|(?:predict|see|make predictions about) the future|current (?:date|time))(?![a-z])/,
  },
];
