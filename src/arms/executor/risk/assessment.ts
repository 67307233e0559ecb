import { COMMAND_RISKS, type CommandRisk } from '../../../contracts/direct';

/** What a command may do, with the reasons as sentences for people, the worst first; empty when there is nothing to tell. */
export interface Assessment {
  risk: CommandRisk;
  reasons: string[];
}

export const SAFE: Assessment = { risk: 'safe', reasons: [] };

export const found = (risk: CommandRisk, ...reasons: string[]): Assessment => ({ risk, reasons });

const rank = ({ risk }: Assessment): number => COMMAND_RISKS.indexOf(risk);

const MOST_REASONS = 8;

/** All of them together: the worst risk, and the reasons for it before the others. */
export const worstOf = (all: readonly Assessment[]): Assessment => {
  const sorted = all.toSorted((a, b) => rank(b) - rank(a));
  const reasons = [...new Set(sorted.flatMap((each) => each.reasons))].slice(0, MOST_REASONS);
  return { risk: sorted[0]?.risk ?? 'safe', reasons };
};
