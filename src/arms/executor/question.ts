import { sha256 } from '../../common/ids';
import type { ExecutionRequest } from '../../contracts/direct';
import { declaredRisk } from './assess-decision';
import { knownOf } from './capabilities';
import type { Decision } from './decide';
import type { Assessment } from './risk/assessment';

/** Characters shown of what is asked about, from its beginning and from its end. */
const SHOWN = { head: 600, tail: 200 };
/** Names told of what comes with it, and characters of each. */
const MOST_NAMES = 5;
const LONGEST_NAME = 80;

/**
 * A place outside of the workspace and `/tmp`: an absolute path, a home folder, a folder above. What a program destroys within
 * them ends with the sandbox, or lies in the workspace in an earlier version.
 */
const OUTSIDE =
  /(?:^|['"`\s=:(,])(?:\/(?!(?:tmp|box|workspace)(?:[/'"`\s),;]|$)|\/)(?:[\w.*$]|(?=['"`\s);]|$))|~(?=[/'"`\s);]|$)|\.\.(?=[/'"`\s);]|$))|\b(?:expanduser|homedir|Path\.home|HOME|USERPROFILE)\b/m;

/** Whether a program that destroys things names a place where that would be more than its own. */
const reachesOut = (source: string, args: readonly string[]): boolean =>
  OUTSIDE.test(source) || args.some((arg) => OUTSIDE.test(arg));

const reasonOf = (decision: Decision, { risk, reasons }: Assessment, request: ExecutionRequest): string | undefined => {
  if (decision.onApproval.length > 0) {
    return `The token grants ${decision.onApproval.join(' and ')} only when a person agrees.`;
  }
  if (decision.kind === 'command' && knownOf(decision.name).alwaysAsks === true) {
    return `${decision.name} is never run without a person's agreement.`;
  }
  if (risk !== 'destructive') return undefined;
  const why = reasons.join(' ') || 'It may destroy what cannot be had back.';
  if (decision.kind === 'command') return why;
  if (decision.kind === 'program') return reachesOut(decision.source, decision.args) ? why : undefined;
  if (decision.kind !== 'tool') return undefined;
  const { source } = decision.tool;
  return declaredRisk(decision.tool).risk === 'destructive' || reachesOut(source, request.args) ? why : undefined;
};

const wordsOf = (decision: Decision, { command, args, code, input }: ExecutionRequest): string => {
  switch (decision.kind) {
    case 'command':
      return [decision.name, ...decision.args].map(quoted).join(' ');
    case 'tool':
      return [decision.tool.name, JSON.stringify(input ?? args)].join(' ');
    default:
      return [code ?? command, ...args.map(quoted)].join(' ');
  }
};

/** What would move the cursor, hide or turn around what stands beside it, so that a person reads something else than is run. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const visible = (text: string): string =>
  text.replace(UNSEEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);

/** What else decides what comes of it, by its names. */
const besides = ({ env, cwd, files, workspace }: ExecutionRequest): string => {
  const parts = [
    ...(cwd === undefined ? [] : [`in ${cwd}`]),
    ...(workspace === undefined ? [] : [`in the workspace ${workspace}`]),
    ...listed('the files', Object.keys(files ?? {})),
    ...listed('the variables', Object.keys(env)),
  ];
  return parts.length === 0 ? '' : `With it: ${parts.join('; ')}. `;
};

const listed = (what: string, names: string[]): string[] => {
  const more = names.length - MOST_NAMES;
  const shownNames = names.slice(0, MOST_NAMES).map((name) => quoted(name.slice(0, LONGEST_NAME)));
  return names.length === 0 ? [] : [`${what} ${shownNames.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
};

const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word));

/** Long ones are cut in the middle: what is at the end must not hide behind the rest. */
const shown = (text: string): string => {
  const more = text.length - SHOWN.head - SHOWN.tail;
  if (more <= 0) return text;
  return `${text.slice(0, SHOWN.head)} (${more} more characters, sha256 ${sha256(text)}) ${text.slice(-SHOWN.tail)}`;
};

/**
 * What a person is asked before this is done, or nothing when nobody needs to be. Asked is for what may destroy (a command; a tool
 * declared so; a program that destroys and names a place outside of its workspace), for commands that always ask, and for
 * what a token grants only so. The same request always gives the same text.
 */
export const questionAbout = (
  decision: Decision,
  assessment: Assessment,
  request: ExecutionRequest,
): string | undefined => {
  const reason = reasonOf(decision, assessment, request);
  if (reason === undefined) return undefined;
  return visible(`${reason} ${besides(request)}To be run: ${shown(wordsOf(decision, request))}`);
};
