/** Words for people, as sources of patterns. Names of persons are not known here. */
const NOUN = String.raw`(?:person|people|m[ae]n|wom[ae]n|girls?|boys?|child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|infants?|teen(?:ager)?s?|minors?|wife|wives|husband|spouse|partner|girl ?friend|boy ?friend|ex|date|fianc[eé]e?|brother|sister|siblings?|mother|mom|mum|father|dad|parents?|family|relatives?|grand(?:mother|father|parents?|ma|pa)|uncle|aunt|cousin|son|daughter|friends?|neighbou?rs?|room ?mate|flatmate|boss|manager|supervisor|co-?workers?|colleagues?|employees?|employer|teachers?|professor|students?|class ?mates?|landlord|tenants?|nurse|doctor|therapist|patients?|politicians?|president|prime minister|senator|mayor|governor|cops?|police(?: ?(?:officers?|m[ae]n))?|officer|judge|lawyer|witness(?:es)?|journalists?|celebrit(?:y|ies)|ceo|humans?(?: beings?)?|humanity|strangers?|victims?|pedestrians?|civilians?|crowd|tourists?|immigrants?|migrants?|refugees?|minorit(?:y|ies)|population|rival|bully|elderly)`;
/** Words that begin something new, so that `the leaves of a child` is no child. */
const LINK = String.raw`(?:of|in|on|at|for|to|with|from|by|and|or|that|who|which|as|than|about|like|is|are|not|how|when|if|so)\b`;
const BETWEEN = String.raw`(?:(?!${LINK})[\w'’-]{1,20}\s){0,3}?`;
const DETERMINER = String.raw`(?:an?|the|this|that|these|those|my|our|your|his|her|their|some|any|another|every|all|more|most|many|other|innocent|one|two|\d{1,4})`;
/** What makes a thing of a person: a child process, a parent window, a people counter. */
const NO_THING = String.raw`(?![\s-](?:process(?:es)?|threads?|nodes?|elements?|class(?:es)?|windows?|objects?|components?|themes?|tasks?|records?|pages?|director(?:y|ies)|containers?|tables?|rows?|entit(?:y|ies)|sessions?|programs?|jobs?|counters?|skills?|care|seats?|support)\b)(?!['’]s?\b)`;
const ANYONE = String.raw`(?:him|her|someone|somebody|anyone|anybody|everyone|everybody|others)(?: else)?`;
const MANY = String.raw`(?:(?!${LINK})[\w-]{2,15}\s)?(?:people|persons|humans|humanity|mankind|children|kids|teenagers|women|men|girls|boys|civilians|strangers|students|cops|police|politicians|journalists|immigrants|migrants|refugees|elderly|minorities|jews|muslims|christians|employees|voters|seniors|celebrities|protesters|hostages)`;

/** Somebody, named by what he is to the speaker or to the world. */
export const PERSON = String.raw`(?:${ANYONE}|${DETERMINER}\s${BETWEEN}${NOUN}|${MANY})\b${NO_THING}`;

/** Whose something is: a person's, another's, other people's. */
export const OWNER = String.raw`(?:(?:someone|somebody|anyone|another person)(?: else)?['’]s|(?:other\s)?(?:people|persons|celebrit(?:y|ies)|strangers|customers|users|women|children)['’]s?|${DETERMINER}\s${BETWEEN}${NOUN}['’]s?)(?=\s)`;

/** What computes, routes and prints ends like an occupation and has no private life. */
const THING = String.raw`(?:computer|router|printer|server|browser|monitor|controller|container|docker|provider|number|folder|letter|character|compiler|parser|user|speaker|charger|order|paper|newspaper|water|car|bank|company|internet|account|adapter|header|master|cluster|scooter|tractor|projector|editor|sensor|processor|motor|vector|plant|assistant|restaurant|list|variant|constant)\b`;

/** Like an owner, with any occupation: it is the private life of somebody who is not a public person. */
export const ROLE = String.raw`(?:${OWNER}|(?:my|our|an?|the|his|her)\s(?:(?!${LINK})[\w'’-]{1,15}\s){0,3}?(?!${THING})(?:\w{2,18}(?:er|or|ist|ant|ian|man|woman|mate|match|ee)|ex|date|crush|maid|nanny|cook|rival|guard)['’]s?(?=\s))`;

/** Groups that hatred is aimed at. `white` and `black` alone are colours, so they need people behind them. */
export const GROUP = String.raw`(?:(?:black|white|brown|gay|trans(?:gender)?|non-binary|asexual|bisexual|queer|lesbian|jewish|muslim|christian|hindu|asian|african|arab|latino|indigenous|native|disabled|autistic|elderly|old|homeless|poor|fat|divorced|pregnant|roma|foreign|deaf|blind|mentally ill|overweight)\s(?:people|persons?|folks?|m[ae]n|wom[ae]n|students|workers|americans?|citizens|immigrants|kids|children|couples|communit(?:y|ies))|people (?:of colou?r|on benefits|with disabilities)|women|jews|muslims|christians|hindus|buddhists|sikhs|blacks|gays|lesbians|immigrants|migrants|refugees|foreigners|gypsies|roma|asians|arabs|africans|mexicans|latin[oa]s|hispanics|indians|atheists|catholics|african[ -]americans|men)\b`;
