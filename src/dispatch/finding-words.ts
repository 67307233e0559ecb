import type { Finding } from '../contracts/verdict';
import { asSentence, findingName } from '../guardrails/guardrails.service';

/** A text with findings of every kind must not fill a warning list or an error. */
const MOST_SENTENCES = 10;

const placeOf = ({ field }: Finding): string => (field === '' ? 'a text' : field);

const shortened = (all: string[]): string[] => {
  const sentences = [...new Set(all)];
  const more = sentences.length - MOST_SENTENCES;
  return more > 0 ? [...sentences.slice(0, MOST_SENTENCES), `${more} more findings are not listed.`] : sentences;
};

/** One sentence for each kind and field that something was taken out of; never the value. */
export const removals = (findings: readonly Finding[]): string[] =>
  shortened(
    findings
      .filter(({ action }) => action === 'redact')
      .map((finding) => asSentence(`${findingName(finding)} was taken out of ${placeOf(finding)}.`)),
  );

/** Why something does not pass, e.g. `The policy blocks what was found: a secret (github_token) in code.` */
export const objection = (findings: readonly Finding[], action: 'block' | 'approve'): string => {
  const which = findings.filter((finding) => finding.action === action);
  const found = shortened(which.map((finding) => `${findingName(finding)} in ${placeOf(finding)}`)).join('; ');
  return action === 'block'
    ? `The policy blocks what was found: ${found}.`
    : `The policy asks for a person's approval of what was found: ${found}.`;
};
