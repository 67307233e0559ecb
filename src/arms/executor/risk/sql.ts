import { type Assessment, SAFE, found, worstOf } from './assessment';
import { isUnseen } from './unseen';

const HIDDEN = /'(?:[^'\\]|\\[\s\S]|'')*'?|"[^"]*"?|`[^`]*`?|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const SHOWN_WORDS = 12;

const statementRisk = (statement: string): Assessment => {
  const words = statement.trim().split(/\s+/);
  const verb = (words[0] ?? '').toUpperCase();
  const head = words.slice(0, SHOWN_WORDS).join(' ').toUpperCase();
  const has = (pattern: RegExp): boolean => pattern.test(statement);
  if (verb === '') return SAFE;
  if (verb === 'DROP')
    return found('destructive', `DROP ${head.split(' ')[1] ?? ''} deletes it with all that it holds.`);
  if (verb === 'TRUNCATE') return found('destructive', 'TRUNCATE deletes every row.');
  if (verb === 'ALTER' && has(/\bDROP\b(?!\s+(?:NOT\s+NULL|DEFAULT|CONSTRAINT))/i))
    return found('destructive', 'ALTER … DROP deletes a part with all that it holds.');
  const all =
    !has(/\bWHERE\b/i) ||
    has(/\bWHERE\s+(?:\(?\s*)?(?:1\s*=\s*1|TRUE|1|NOT\s+FALSE|_?S_?\s*=\s*_?S_?)\s*\)?\s*(?:;|$|RETURNING|OR\b)/i) ||
    has(/\bOR\s+(?:1\s*=\s*1|TRUE)\b/i);
  const deletes = has(/\bDELETE\s+(?:\w+\s+)?FROM\b/i) || (verb === 'DELETE' && !has(/^\s*DELETE\s*$/i));
  if (deletes && verb !== 'EXPLAIN')
    return all
      ? found('destructive', 'DELETE without WHERE deletes every row.')
      : found('writes', 'DELETE takes rows away.');
  if (has(/\bUPDATE\s+(?:ONLY\s+)?[\w."]+(?:\s+(?:AS\s+)?\w+)?\s+SET\b/i) && verb !== 'INSERT')
    return all
      ? found('destructive', 'UPDATE without WHERE overwrites every row.')
      : found('writes', 'UPDATE changes rows.');
  if (verb === 'COPY' && has(/\bPROGRAM\b/i))
    return found('destructive', 'COPY … PROGRAM runs a command on the server.');
  if (verb === 'PURGE' || verb === 'FLUSH' || (verb === 'RESET' && has(/\bMASTER\b/i)))
    return found('destructive', `${verb} deletes logs or caches of the server.`);
  if (verb === 'SHUTDOWN' || verb === 'KILL')
    return found('destructive', `${verb} ends the server or the work of others.`);
  if (
    /^(SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|WITH|VALUES|TABLE|PRAGMA|USE|SET|BEGIN|COMMIT|ROLLBACK|END|ANALYZE|LIST)$/.test(
      verb,
    )
  )
    return has(/\bINTO\s+OUTFILE\b/i) ? found('writes', 'SELECT … INTO OUTFILE writes a file.') : SAFE;
  return /^[A-Z]+$/.test(verb) ? found('writes') : SAFE;
};

/** What SQL may do, statement by statement; strings and comments say nothing, except that MySQL runs what is in comments that begin with an exclamation mark. */
export const assessSql = (text: string): Assessment => {
  const opened = text.replace(/\/\*!\d*([\s\S]*?)\*\//g, ' $1 ');
  const bare = opened.replace(HIDDEN, (part) => (/^['"`$]/.test(part) ? ' _s_ ' : ' '));
  const assessments = bare.split(';').map(statementRisk);
  if (isUnseen(bare)) assessments.push(found('unknown', 'A part of the SQL cannot be known.'));
  return worstOf(assessments);
};
