import { type InstantReply, saidTo } from './instant-reply';

interface Phrases {
  /** Sources of patterns. */
  says: readonly string[];
  reply: string;
  positives: readonly string[];
  negatives: readonly string[];
}

/** Greetings, thanks and farewells in languages other than English, each answered in its own. */
const LANGUAGES: Readonly<Record<string, Record<'greeting' | 'thanks' | 'farewell', Phrases>>> = {
  de: {
    greeting: {
      says: ['hallo', 'moin', 'servus', 'guten (?:morgen|tag|abend)', 'gr(?:ü|ue)(?:ß|ss) (?:gott|dich)'],
      reply: 'Hallo! Nenne mir ein Ziel, zum Beispiel „Schreibe eine Python-Funktion, die Primzahlen findet“.',
      positives: ['Hallo!', 'Guten Morgen', 'Grüß Gott'],
      negatives: ['Hallo Welt in Java', 'Guten Tag auf Polnisch?'],
    },
    thanks: {
      says: ['danke(?: sch(?:ö|oe)n| sehr)?', '(?:vielen|herzlichen|besten) dank'],
      reply: 'Gern geschehen.',
      positives: ['Danke schön!', 'vielen Dank'],
      negatives: ['Danke, und jetzt die Tests', 'Dankesrede schreiben'],
    },
    farewell: {
      says: ['tsch(?:ü|ue)(?:s|ss)', 'auf wiedersehen', 'bis (?:bald|sp(?:ä|ae)ter|morgen)', 'gute nacht'],
      reply: 'Auf Wiedersehen.',
      positives: ['Tschüs', 'Auf Wiedersehen!', 'bis später'],
      negatives: ['bis morgen fertig machen', 'gute Nachtlektüre'],
    },
  },
  fr: {
    greeting: {
      says: ['bonjour', 'bonsoir', 'salut', 'coucou'],
      reply: 'Bonjour ! Donnez-moi un objectif, par exemple « Écris une fonction Python qui trie une liste ».',
      positives: ['Bonjour !', 'salut'],
      negatives: ['bonjour en allemand ?', 'Salut les copains, année de sortie'],
    },
    thanks: {
      says: ['merci(?: beaucoup| bien)?', 'mille mercis'],
      reply: 'Je vous en prie.',
      positives: ['Merci beaucoup !', 'merci'],
      negatives: ['merci de traduire ce texte'],
    },
    farewell: {
      says: ['au revoir', '(?:à|a) (?:bient(?:ô|o)t|demain|plus tard)', 'bonne (?:nuit|journ(?:é|e)e|soir(?:é|e)e)'],
      reply: 'Au revoir.',
      positives: ['Au revoir', 'À bientôt !', 'bonne nuit'],
      negatives: ['bonne nuit les petits, résumé'],
    },
  },
  es: {
    greeting: {
      says: ['hola', 'buenos d(?:í|i)as', 'buenas(?: tardes| noches)?'],
      reply: '¡Hola! Dime un objetivo, por ejemplo «Escribe una función de Python que ordene una lista».',
      positives: ['¡Hola!', 'Buenos días', 'buenas tardes'],
      negatives: ['hola mundo en Python', 'buenas prácticas de SQL'],
    },
    thanks: {
      says: ['(?:muchas )?gracias', 'mil gracias'],
      reply: 'De nada.',
      positives: ['Gracias', '¡Muchas gracias!'],
      negatives: ['gracias, ahora escribe las pruebas'],
    },
    farewell: {
      says: ['adi(?:ó|o)s', 'hasta (?:luego|pronto|ma(?:ñ|n)ana)', 'nos vemos'],
      reply: 'Hasta luego.',
      positives: ['Adiós', '¡Hasta luego!'],
      negatives: ['hasta luego de la reunión', 'adiós a las armas, resumen'],
    },
  },
  it: {
    greeting: {
      says: ['ciao', 'buongiorno', 'buon pomeriggio', 'buonasera', 'salve'],
      reply: 'Ciao! Dammi un obiettivo, per esempio «Scrivi una funzione Python che ordina una lista».',
      positives: ['Ciao!', 'buongiorno'],
      negatives: ['ciao mondo in C', 'salve di artiglieria'],
    },
    thanks: {
      says: ['(?:molte )?grazie(?: mille)?'],
      reply: 'Prego.',
      positives: ['Grazie mille!', 'grazie'],
      negatives: ['grazie, ora scrivi i test'],
    },
    farewell: {
      says: ['arrivederci', 'a (?:presto|domani|dopo)', 'buonanotte'],
      reply: 'Arrivederci.',
      positives: ['Arrivederci', 'a presto!'],
      negatives: ['a domani il rapporto'],
    },
  },
  pt: {
    greeting: {
      says: ['ol(?:á|a)', 'oi', 'bom dia', 'boa (?:tarde|noite)'],
      reply: 'Olá! Diga-me um objetivo, por exemplo «Escreve uma função Python que ordena uma lista».',
      positives: ['Olá!', 'Bom dia', 'oi'],
      negatives: ['bom dia em japonês', 'oi, qual é a capital?'],
    },
    thanks: {
      says: ['(?:muito )?obrigad[oa]', 'valeu'],
      reply: 'De nada.',
      positives: ['Obrigada!', 'muito obrigado'],
      negatives: ['obrigado, agora os testes'],
    },
    farewell: {
      says: ['tchau', 'at(?:é|e) (?:logo|breve|amanh(?:ã|a))'],
      reply: 'Até logo.',
      positives: ['Tchau', 'até amanhã!'],
      negatives: ['até amanhã preciso do relatório'],
    },
  },
  nl: {
    greeting: {
      says: ['hoi', 'goede(?:morgen|middag|navond)', 'goedendag'],
      reply: 'Hallo! Geef me een doel, bijvoorbeeld "Schrijf een Python-functie die een lijst sorteert".',
      positives: ['Hoi!', 'goedemorgen'],
      negatives: ['hoi in het Duits'],
    },
    thanks: {
      says: ['dank (?:je|u)(?: wel)?', 'bedankt', 'hartelijk dank'],
      reply: 'Graag gedaan.',
      positives: ['Dank je wel!', 'bedankt'],
      negatives: ['bedankt, schrijf nu de tests'],
    },
    farewell: {
      says: ['tot (?:ziens|straks|morgen)', 'doei', 'welterusten'],
      reply: 'Tot ziens.',
      positives: ['Tot ziens', 'doei!'],
      negatives: ['tot morgen wachten'],
    },
  },
  pl: {
    greeting: {
      says: ['cze(?:ś|s)(?:ć|c)', 'dzie(?:ń|n) dobry', 'dobry wiecz(?:ó|o)r', 'hej'],
      reply: 'Cześć! Podaj mi cel, na przykład „Napisz funkcję w Pythonie, która sortuje listę”.',
      positives: ['Cześć!', 'Dzień dobry'],
      negatives: ['dzień dobry po angielsku'],
    },
    thanks: {
      says: ['dzi(?:ę|e)kuj(?:ę|e)(?: bardzo)?', 'dzi(?:ę|e)ki'],
      reply: 'Nie ma za co.',
      positives: ['Dziękuję!', 'dzięki'],
      negatives: ['dzięki, teraz napisz testy'],
    },
    farewell: {
      says: ['do widzenia', 'do (?:zobaczenia|jutra)', 'dobranoc'],
      reply: 'Do widzenia.',
      positives: ['Do widzenia', 'do jutra!'],
      negatives: ['do jutra zrób raport'],
    },
  },
  tr: {
    greeting: {
      says: ['merhaba', 'selam', 'g(?:ü|u)nayd[ıiIİ]n', 'iyi (?:g(?:ü|u)nler|ak(?:ş|s)amlar)'],
      reply: 'Merhaba! Bana bir hedef ver, örneğin "Bir listeyi sıralayan bir Python fonksiyonu yaz".',
      positives: ['Merhaba!', 'günaydın'],
      negatives: ['merhaba dünya Java'],
    },
    thanks: {
      says: ['te(?:ş|s)ekk(?:ü|u)r(?:ler| ederim)', 'sa(?:ğ|g) ?ol'],
      reply: 'Rica ederim.',
      positives: ['Teşekkürler!', 'teşekkür ederim'],
      negatives: ['teşekkürler, şimdi testleri yaz'],
    },
    farewell: {
      says: ['ho(?:ş|s)(?:ç|c)a ?kal', 'g(?:ö|o)r(?:ü|u)(?:ş|s)(?:ü|u)r(?:ü|u)z', 'iyi geceler'],
      reply: 'Görüşürüz.',
      positives: ['Hoşça kal', 'görüşürüz!'],
      negatives: ['görüşürüz nasıl yazılır'],
    },
  },
  ja: {
    greeting: {
      says: ['こんにちは', 'こんばんは', 'おはよう(?:ございます)?'],
      reply: 'こんにちは。目標を入力してください。例:「リストを並べ替える Python 関数を書いて」',
      positives: ['こんにちは！', 'おはようございます'],
      negatives: ['こんにちはを英語に訳して'],
    },
    thanks: {
      says: ['(?:どうも)?ありがとう(?:ございます|ございました)?'],
      reply: 'どういたしまして。',
      positives: ['ありがとう', 'ありがとうございます。'],
      negatives: ['ありがとうの語源は'],
    },
    farewell: {
      says: ['さようなら', 'またね', 'おやすみ(?:なさい)?'],
      reply: 'さようなら。',
      positives: ['さようなら', 'またね！'],
      negatives: ['さようならの歌詞'],
    },
  },
  zh: {
    greeting: {
      says: ['你好', '您好', '早上好', '下午好', '晚上好'],
      reply: '你好！请告诉我一个目标，例如“写一个对列表排序的 Python 函数”。',
      positives: ['你好', '早上好！'],
      negatives: ['你好用英语怎么说'],
    },
    thanks: {
      says: ['(?:非常)?感谢(?:你|您)?', '(?:多)?谢谢(?:你|您)?'],
      reply: '不客气。',
      positives: ['谢谢！', '非常感谢'],
      negatives: ['谢谢，现在写测试'],
    },
    farewell: {
      says: ['再见', '拜拜', '晚安', '明天见'],
      reply: '再见。',
      positives: ['再见', '晚安！'],
      negatives: ['再见的歌词'],
    },
  },
};

export const COURTESIES_ELSEWHERE: readonly InstantReply[] = Object.entries(LANGUAGES).flatMap(
  ([language, courtesies]) =>
    Object.entries(courtesies).map(([name, { says, ...rest }]) => ({
      id: `${name}_${language}`,
      pattern: saidTo(...says),
      ...rest,
    })),
);
