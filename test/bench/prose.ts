import type { Random } from './random';

const NAMES = ['Maria', 'Tomasz', 'Aiko', 'Priya', 'Jonas', 'Olu', 'Ines', 'Sven'] as const;
const THINGS = ['invoice', 'build', 'report', 'parcel', 'shipment', 'release', 'ticket', 'contract'] as const;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;

/** Sentences of mail, tickets and notes as people write them; every twentieth or so holds personal data. */
const SENTENCES: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  (r) => `${r.pick(NAMES)} looked at the ${r.pick(THINGS)} on ${r.pick(DAYS)} and found nothing that had to change.`,
  (r) => `We expect ${r.below(900)} visitors, which is ${r.below(40)} percent more than in the year before.`,
  (r) => `Could you tell me whether ${r.pick(THINGS)} #${r.digits(5)} was sent before the office closed?`,
  (r) =>
    `The previous ${r.pick(THINGS)} listed the rules for travel, and ${r.pick(NAMES)} asked for a shorter version.`,
  (r) => `Please write a summary of the discussion, keep it under ${r.below(300)} words and mention who decided what.`,
  (r) =>
    `Das Lager schickt die Ware am ${1 + r.below(28)}. ${r.pick(['März', 'Mai', 'August'])}, sobald die Rechnung bezahlt ist.`,
  (r) => `La réunion de l'équipe est déplacée à ${9 + r.below(8)} heures, merci de prévenir ${r.pick(NAMES)}.`,
  (r) => `El informe de ventas muestra ${r.digits(4)} pedidos nuevos y ninguna devolución en el almacén.`,
  (r) => `Отчёт готов, осталось проверить ${r.below(50)} страниц и отправить его до пятницы.`,
  (r) => `会議は${1 + r.below(12)}月に延期されました。資料は来週までに共有します。`,
  (r) =>
    `{"id": ${r.digits(6)}, "name": "${r.pick(THINGS)}", "price": ${r.digits(2)}.${r.digits(2)}, "tags": ["new", "blue"], "ok": true}`,
  (r) => `const total = items.filter((item) => item.id !== ${r.below(99)}).reduce((sum, item) => sum + item.price, 0);`,
  (r) => `for (let i = 0; i < rows.length; i++) { if (rows[i].state === "open") count += 1; } // ${r.pick(THINGS)}s`,
  (r) =>
    `2024-0${1 + r.below(9)}-1${r.below(10)} 0${r.below(10)}:${10 + r.below(50)}:07 INFO worker-${r.below(9)} finished in ${r.digits(3)} ms`,
  () =>
    `The second chapter explains how bridges carry their load, with drawings of arches and cables from many countries.`,
  (r) =>
    `${r.pick(NAMES)} prefers the train; the ticket costs ${r.below(200)} euros and the journey takes ${2 + r.below(7)} hours.`,
  (r) => `See https://docs.acme.io/guides/${r.pick(THINGS)}?page=${r.below(99)} for the table of all settings.`,
  (r) =>
    `Questions go to ${r.pick(NAMES).toLowerCase()}.${r.pick(['ruiz', 'baum', 'sato'])}${r.below(99)}@acme.io as always.`,
  (r) => `You can call the desk at +49 30 ${r.digits(6)} or 212-${200 + r.below(700)}-${r.digits(4)} until six.`,
  (r) =>
    `The test suite ran ${r.digits(4)} checks on ${r.pick(DAYS)}, and all of them passed on the second machine as well.`,
];

/** Text of about `length` UTF-16 code units: several languages, code, JSON and log lines mixed. */
export const prose = (random: Random, length: number): string => {
  const parts: string[] = [];
  for (let size = 0; size < length;) {
    const sentence = random.pick(SENTENCES)(random);
    parts.push(sentence);
    size += sentence.length + 1;
  }
  return parts.join(' ').slice(0, length);
};
