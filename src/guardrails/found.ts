import type { FindingType } from '../contracts/verdict';
import type { InjectionMatch, Match, Scan } from '../detection/detection.service';
import type { OwnMatch } from './own-patterns';

/** Anything found in a text, before a policy has had its say. */
export interface Found {
  type: FindingType;
  kind: string;
  placeholder: string;
  match: Match | InjectionMatch;
}

const REMOVED = { injection: '[INJECTION-REMOVED]', content: '[CONTENT-REMOVED]' } as const;
const MALICIOUS: ReadonlySet<string> = new Set(['sql_injection', 'xss', 'path_traversal', 'command_injection']);

const toFound = (type: FindingType, match: Match, placeholder = match.placeholder): Found => ({
  type,
  kind: match.kind,
  placeholder,
  match,
});

/** All that was found, in the order personal data, secrets, injection, content, patterns of the user's own. */
export const foundIn = ({ pii, secrets, injection, content }: Scan, own: readonly OwnMatch[]): Found[] => [
  ...pii.map((match) => toFound('pii', match)),
  ...secrets.map((match) => toFound('secret', match)),
  ...injection.map((match): Found => ({ type: 'injection', kind: match.type, placeholder: REMOVED.injection, match })),
  ...content.map((match) =>
    toFound(MALICIOUS.has(match.kind) ? 'malicious_content' : 'inappropriate_content', match, REMOVED.content),
  ),
  ...own.map(({ type, match }) => toFound(type, match)),
];

/** Values set aside for documentation belong to nobody. */
export const isExample = ({ match }: Found): boolean => 'isExample' in match && match.isExample;
