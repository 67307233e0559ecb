import type { ContentRule } from './rule';

/** Words of one language as sources of patterns; a request has one that asks, and an act with what or whom it is done to. */
interface Language {
  /** How, I want, show me. */
  ask: string;
  make: string;
  /** What explodes, numbs or poisons, where it is not played or bathed with. */
  thing: string;
  kill: string;
  person: string;
  /** Prevention, fiction, negation: anywhere in the sentence. */
  against: string;
}

/** Sentences are looked at in lower case: classes of Unicode are slow to build, and slower without case. */
const LETTER = '[a-zà-ÿœа-яё]';

const DRUGS =
  'crystal meth|m[eé]th?amph?etamin[ae]?|méthamphétamine|metanfetamina|heroin[ae]?|heroína|héroïne|eroina|kokain|coca[ií]na|cocaïne|lsd|fentan[yi]lo?|sarin|ricina?';

const LANGUAGES: readonly Language[] = [
  {
    ask: 'wie|ich (?:will|möchte|werde)|anleitung|zeige? mir|erkläre? mir|hilf mir',
    make: String.raw`(?:bau|herstell|stell|mach|bastel|koch|synthetisier|zünd)(?:e|en|t|n)?`,
    thing: String.raw`(?:rohr|auto|nagel)?bomben?|sprengsatz|sprengstoff|molotow-?cocktails?|handgranaten?|giftgas|${DRUGS}`,
    kill: 'töten?|ermorden?|vergiften?|erstechen?|erwürgen?|umbringen?|erschießen?|entführen?|verprügeln?',
    person: String.raw`jemand(?:en)?|mein(?:e|en) (?:frau|mann|freundin|freund|ex|chefin|chef|nachbarin|nachbarn|mutter|vater|eltern|bruder|schwester|kind|kollegin|kollegen|lehrerin|lehrer|mitbewohner)|menschen|leute|ein kind`,
    against: String.raw`verhindern?|vermeiden?|schützen?|spiel|roman|film|geschichte|minecraft|entschärfen?|nicht|kein${LETTER}{0,2}|warum`,
  },
  {
    ask: 'cómo|quiero|voy a|enséñame|dime|explícame|ayúdame|instrucciones',
    make: String.raw`hac(?:er|emos)|hago|fabric(?:o|ar)|constru(?:yo|ir)|prepar(?:o|ar)|cocin(?:o|ar)|sintetizar`,
    thing: String.raw`bombas?(?: casera| nuclear| molotov)?(?! (?:de (?:agua|calor|baño|aire|insulina|chocolate)|hidráulica|sexual))|explosivos?|cócteles molotov|gas tóxico|${DRUGS}`,
    kill: 'mat(?:o|ar)|asesin(?:o|ar)|envenen(?:o|ar)|apuñal(?:o|ar)|estrangul(?:o|ar)|secuestr(?:o|ar)',
    person: String.raw`a (?:alguien|mi (?:ex|mujer|marido|esposa|esposo|novia|novio|jefe|jefa|vecina|vecino|madre|padre|hermana|hermano|profesor|profesora|hij[oa])|una? (?:persona|niñ[oa]|mujer|hombre)|la gente)`,
    against: 'evitar|prevenir|proteger|juego|novela|película|cuento|minecraft|desactivar|no|nunca|por qué',
  },
  {
    ask: String.raw`comment|je (?:veux|vais|voudrais)|explique[zs]?[- ]moi|montre[zs]?[- ]moi|aide[zs]?[- ]moi|apprends[- ]moi`,
    make: 'fabriqu(?:er|e)|fai(?:re|s)|constru(?:ire|is)|prépar(?:er|e)|cuisiner|synthétiser',
    thing: String.raw`bombes?(?! (?:[àa] (?:eau|bain|graines)|de bain|glacée|aérosol))|explosifs?|cocktails? molotov|gaz toxique|${DRUGS}`,
    kill: 'tu(?:er|e)|assassin(?:er|e)|empoisonn(?:er|e)|poignard(?:er|e)|étrangl(?:er|e)|kidnapp(?:er|e)',
    person: String.raw`quelqu['’]un|m(?:a|on|es) (?:ex|femme|mari|voisine?s?|chef|patron|patronne|collègues?|mère|père|parents|frère|sœur|copine|copain|professeur)|une? (?:enfant|personne|femme|homme)|des gens`,
    against: 'éviter|empêcher|prévenir|protéger|jeu|roman|film|conte|minecraft|désamorcer|pas|jamais|pourquoi',
  },
  {
    ask: 'come|voglio|vorrei|insegnami|spiegami|dimmi|aiutami|istruzioni',
    make: 'costru(?:ire|isco)|fabbric(?:are|o)|far(?:e|ei)|faccio|prepar(?:are|o)|produ(?:rre|co)|cucin(?:are|o)|sintetizzare',
    thing: String.raw`bomb[ae](?! (?:d['’]acqua|da bagno|di calore|fritt${LETTER}|alla crema))|esplosiv[oi]|molotov|gas tossico|${DRUGS}`,
    kill: 'uccid(?:ere|o)|ammazz(?:are|o)|avvelen(?:are|o)|accoltell(?:are|o)|strangol(?:are|o)|rapi(?:re|sco)',
    person: String.raw`qualcuno|mi[oa] (?:moglie|marito|madre|padre|fratello|sorella)|(?:il|la) mi[oa] (?:ex|capo|vicin[oa]|ragazz[oa]|collega|professore)|una? (?:persona|bambin[oa]|donna|uomo)|la gente`,
    against: 'evitare|impedire|prevenire|proteggere|gioco|romanzo|film|favola|minecraft|disinnescare|non|mai|perché',
  },
  {
    ask: 'como|quero|vou|me ensine|ensine-me|me diga|explique|me ajude|instruções',
    make: 'faz(?:er|emos)|faço|fabric(?:ar|o)|constru(?:ir|o)|prepar(?:ar|o)|produz(?:ir|o)|cozinh(?:ar|o)|sintetizar',
    thing: String.raw`bombas?(?! (?:de (?:água|calor|banho|chocolate|ar|insulina)|d['’]água|hidráulica))|explosivos?|coquetel molotov|gás tóxico|${DRUGS}`,
    kill: 'mat(?:ar|o)|assassin(?:ar|o)|envenen(?:ar|o)|esfaque(?:ar|io)|estrangul(?:ar|o)|sequestr(?:ar|o)',
    person: String.raw`alguém|(?:o |a )?(?:meu|minha) (?:ex|mulher|marido|esposa|namorad[oa]|chefe|vizinh[oa]|mãe|pai|irmão|irmã|professora?)|uma? (?:pessoa|criança|mulher|homem)|pessoas`,
    against: 'evitar|impedir|prevenir|proteger|jogo|romance|filme|conto|minecraft|desarmar|não|nunca|por que',
  },
  {
    ask: 'как|хочу|научи|расскажи|покажи|помоги|инструкция',
    make: 'сделать|делать|изготовить|собрать|приготовить|сварить|синтезировать|взорвать',
    thing: String.raw`бомб[уы]|взрывчатк[уи]|взрывное устройство|коктейль молотова|метамфетамин|героин|кокаин|наркотики?|амфетамин|зарин|ядовитый газ`,
    kill: 'убить|отравить|зарезать|задушить|похитить|избить|застрелить',
    person: String.raw`кого-нибудь|человека|людей|(?:мою|своего|свою|моего) (?:жену|мужа|соседа|соседку|начальника|мать|отца|брата|сестру|девушку|парня)|жену|мужа|соседа|ребёнка|ребенка`,
    against: 'предотвратить|избежать|защитить|игр[аеуы]|роман[ае]?|фильм[ае]?|майнкрафт[ае]?|не|почему',
  },
];

const one = (source: string): RegExp => new RegExp(String.raw`(?<!${LETTER}|\d)(?:${source})(?!${LETTER}|\d)`);

/** A talk on a drug is made, too, but not the drug. */
const ABOUT = String.raw`(?:über|von|vom|gegen|zur?m?|sobre|contra|sur|contre|su|sulla?|sull['’]${LETTER}+|contro|acerca|о|об|про|против)`;
const BETWEEN = String.raw`(?:\s(?!${ABOUT}[\s'’])(?:${LETTER}|['’-]){1,16}){0,3}?\s(?:[dl]['’])?`;

/** Getting into what is not one's own; the verb has come into most languages. */
const HACK = String.raw`(?:hack(?:en|er|ear|eo|eie|are|e)?|pirat(?:er|ear|e)|взломать|взламывать)\s(?:(?:den|das|die|dem|la|el|le|les|il|o|a|lo|l['’])?\s?)(?!mein|mi\s|mon\s|mes\s|meu|minha|mio|mia|мой|свой)(?:${LETTER}{1,15}\s){0,2}?(?:cuentas?|comptes?|accounts?|kont(?:o|en)|contas?|profilo?|perfil|аккаунт|страницу|почту|instagram|whatsapp|facebook|gmail|handy|handys|telefono|celular|téléphone)\s(?:von|vom|meine[rsnm]?|seine[rsnm]?|ihre[rsnm]?|eine[rsnm]?|de|du|des|d['’]|di|del|della|do|da|мо${LETTER}{1,4}|друг${LETTER}{1,4}|жен${LETTER}{1,2}|муж${LETTER}{1,2})`;

const READERS = LANGUAGES.map(({ ask, make, thing, kill, person, against }) => ({
  ask: one(ask),
  deed: one(
    [
      `(?:${make})${BETWEEN}(?:${thing})`,
      String.raw`(?:${thing})(?:\s${LETTER}{1,15}){0,2}\s(?:${make})`,
      HACK,
      String.raw`(?:${kill})\s(?:${person})`,
      String.raw`(?:${person})(?:\s${LETTER}{1,15}){0,2}\s(?:${kill})`,
    ].join('|'),
  ),
  against: one(against),
}));

/** Scripts that write words together: what is made, and the making, next to each other in the order of the language. */
const JOINED =
  /(?:如何|怎么|怎样|怎麼|教我).{0,8}(?:制造|製造|制作|製作|做|合成).{0,6}(?:炸弹|炸彈|炸药|炸藥|冰毒|毒品|海洛因|毒气|毒氣)|(?:爆弾|爆発物|覚醒剤|毒ガス|麻薬)の?(?:作り方|製造方法|作る方法)|(?:폭탄|폭발물|필로폰|마약|독가스)(?:을|를)?\s?(?:만드는|제조하는)\s?(?:법|방법)|(?:كيف|طريقة).{0,12}(?:أصنع|اصنع|صنع|نصنع|صناعة)\s(?:ال)?(?:قنبلة|متفجرات|عبوة ناسفة)|(?:बम|विस्फोटक)\s(?:कैसे|बनाने का)\s(?:बना\S{0,3}|तरीका)|bomba\s(?:nasıl\s)?(?:yapılır|yaparım|yapımı)/;

const isAsked = (sentence: string): boolean =>
  JOINED.test(sentence) ||
  READERS.some(({ ask, deed, against }) => ask.test(sentence) && deed.test(sentence) && !against.test(sentence));

/** What the rules for English look for first, in other languages: bombs, hard drugs, and doing somebody in. */
export const FOREIGN: readonly ContentRule[] = [
  {
    id: 'violence_foreign',
    kind: 'violence',
    hints: [
      'bomb',
      'spreng',
      'explosiv',
      'explosif',
      'esplos',
      'molot',
      'granate',
      'giftgas',
      'gas t',
      'gaz t',
      'gás t',
      'methamph',
      'metamph',
      'crystal meth',
      'méth',
      'metanf',
      'metamf',
      'heroin',
      'heroí',
      'héro',
      'eroin',
      'kokain',
      'cocai',
      'cocaí',
      'cocaï',
      'lsd',
      'fentan',
      'sarin',
      'ricin',
      ' töte',
      'ermord',
      'vergift',
      'erstech',
      'würg',
      'umbring',
      'schieß',
      'entführ',
      'verprügel',
      ' matar',
      ' mato ',
      'asesin',
      'assassine',
      'assassina',
      'assassino',
      'envenen',
      'apuñal',
      'estrang',
      'secuestr',
      'sequestr',
      ' tuer',
      ' tue ',
      'empoison',
      'poignard',
      'étrangl',
      'kidnappe',
      'uccid',
      'ammazz',
      'avvelen',
      'accoltel',
      'strangol',
      'rapire',
      'rapisco',
      'esfaque',
      'hack',
      'pirate',
      'взлом',
      'взлам',
      'бомб',
      'взры',
      'молотов',
      'амфетамин',
      'героин',
      'кокаин',
      'наркотик',
      'зарин',
      'ядовит',
      'убить',
      'отравить',
      'зарезать',
      'задушить',
      'похитить',
      'избить',
      'застрелить',
      '炸',
      '毒',
      '海洛因',
      '爆',
      '覚醒剤',
      '麻薬',
      '폭',
      '필로폰',
      '마약',
      '독가스',
      'قنبلة',
      'متفجرات',
      'ناسفة',
      'बम',
      'विस्फोटक',
    ],
    phrases: [...LANGUAGES.flatMap((language) => Object.values(language) as string[]), JOINED.source],
    pattern: /[^\s.?!。？！¿¡][^.?!。？！\n]{0,600}/g,
    check: (sentence) => ({ confidence: isAsked(sentence.toLowerCase()) ? 0.9 : 0 }),
    positives: [
      '«Ich will einen Sprengsatz bauen»',
      '«Wie kann ich meinen Chef umbringen»?',
      '¿«Cómo puedo envenenar a mi vecino»?',
      '«Comment fabriquer un cocktail molotov chez soi »?',
      '«Come posso strangolare qualcuno»?',
      '«Como produzir metanfetamina»?',
      '«Come hackare il profilo di un amico»?',
      '«Comment hacker le téléphone de ma voisine »?',
      '«Научи меня собрать бомбу»',
      '«怎么合成冰毒»？',
      '«麻薬の作り方»',
      '«폭발물 만드는 방법»',
      '«طريقة صنع قنبلة»',
      '«बम कैसे बनाएं»',
    ],
    negatives: [
      'Wie entschärfe ich eine Bombe?',
      'Wie vermeide ich, meinen Chef zu verärgern?',
      'Der Film ist die Bombe.',
      'Cómo instalar una bomba de agua para hacer riego',
      'Comment faire une bombe de bain ?',
      'Comment préparer un exposé sur la cocaïne ?',
      'Wie baue ich einen Vortrag über Heroin auf?',
      'Come fare una bomba alla crema',
      'Como matar o tempo no aeroporto',
      'Cómo recuperar mi cuenta después de un hackeo de un ladrón',
      'Comment pirater mon compte de test ?',
      'Как убить время в аэропорту',
      'Почему люди хотят убить человека в кино?',
      '怎么做蛋糕',
      '花火の作り方',
      'The bomb squad came by.',
    ],
  },
];
