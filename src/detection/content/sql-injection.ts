import type { ContentRule } from './rule';

/** What databases take for white space, as it is written in a form, a URL, or behind a filter that removes blanks. */
const GAP = String.raw`(?:[\s+]|%(?:20|09|0[abd])|/\*[^*]{0,40}\*/)`;
/**
 * The end of the value that an attacker breaks out of. Stands behind a look at the next character, because a look back from
 * every character of a text is slow.
 */
const BROKEN_OUT = String.raw`(?<=(?:['")\d]|%2[27])${GAP}{0,5})`;
/** No statement stands before the semicolon: what follows was typed into a field and is not a line of a script. */
const NO_STATEMENT = String.raw`(?<!\b(?:select|insert|update|delete|create|alter|drop|set|values|where|with)\b[^\n;]{0,200}(?:;|%3b)[^;\n]{0,60})`;

const pattern = (source: string): RegExp => new RegExp(source, 'gi');

const KEYWORD = /^(?:union|select|insert|update|delete|drop|where|from|order|having|sleep|and|or)$/i;

export const SQL_INJECTION: readonly ContentRule[] = [
  {
    id: 'sql_tautology',
    kind: 'sql_injection',
    hints: ['or', 'and', '||', '&&'],
    // A condition that is true whatever the data: a value compared with itself behind a quote or a number.
    pattern: pattern(
      String.raw`(?=[aox|])${BROKEN_OUT}(?:(?<![a-z_])(?:or|and|xor)\b|\|\|)${GAP}{0,5}(?:not${GAP}{1,5})?\(?(?:(['"]?)(\w{0,20})\1${GAP}{0,3}(?:=|%3d|<=>|\blike\b)${GAP}{0,3}\1\2(?:['"]|\b)|true\b(?=${GAP}{0,3}(?:--|#|/\*)))`,
    ),
    positives: [
      `SELECT * FROM users WHERE username='admin' «OR '1'='1'»`,
      `id=1 «or 1=1» --`,
      `name="" «OR "a"="a"»`,
      `'/**/«or/**/1=1»#`,
      `q=x%27%20«OR%201=1»--`,
      `' «|| '1'='1'»`,
      `pw: ' «or 'x' like 'x'»`,
      `') «or true»--`,
    ],
    negatives: [
      'SELECT name FROM users WHERE id = 5',
      `WHERE a = 'x' OR b = 'y'`,
      'We meet at 10 or 11, and 2 = 2 is true.',
      `if (state === 'open' || kind === 'all') return;`,
      `const sql = "SELECT 1 WHERE 1=1 AND owner = $1";`,
      `JOIN b ON a.id = 3 AND b.id = a.id`,
      `label = 'x' or label == 'y'`,
      'Is it 5 or 6? I think 6 and 7 = 13.',
    ],
  },
  {
    id: 'sql_union',
    kind: 'sql_injection',
    hints: ['union', 'un/*'],
    // Behind a value and without a SELECT before it, or asking for what only an intruder wants.
    pattern: pattern(
      String.raw`(?=u)${BROKEN_OUT}(?<![a-z_])union${GAP}{1,5}(?:all${GAP}{1,5}|distinct${GAP}{1,5})?select\b(?:(?<!\bselect\b[^;]{1,300}select)|(?=[^;\n]{0,120}(?:@@version|information_schema|sqlite_master|pg_catalog|mysql\.user|load_file\s?\(|concat\s?\(\s?0x|\bnull\s?,\s?null\b)))`,
    ),
    positives: [
      `?id=-1 «UNION SELECT» password FROM users`,
      `x' «union all select» 1,2,3`,
      `1'/**/«union/**/select»/**/1`,
      `SELECT name FROM items WHERE id = 1 «UNION SELECT» table_name FROM information_schema.tables`,
      `5)+«UNION+ALL+SELECT»+NULL,NULL`,
    ],
    negatives: [
      'SELECT a FROM t UNION SELECT b FROM u',
      'The union selected a new speaker.',
      'WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT * FROM n',
      `SELECT id FROM a WHERE kind = 'x' UNION SELECT id FROM b WHERE kind = 'y'`,
    ],
  },
  {
    id: 'sql_stacked',
    kind: 'sql_injection',
    hints: ['drop', 'delete', 'truncate', 'alter', 'exec', 'shutdown', 'update', 'insert'],
    pattern: pattern(
      String.raw`(?<=(?:['"\d]|['"]\)|%27)${GAP}{0,5})(?:;|%3b)[^\S\n]{0,5}(?:drop${GAP}{1,5}(?:table|database|schema|user|view)|delete${GAP}{1,5}from|truncate${GAP}{1,5}table|alter${GAP}{1,5}(?:table|user)|insert${GAP}{1,5}into|update${GAP}{1,5}\w{1,40}${GAP}{1,5}set|exec(?:ute)?${GAP}{1,5}\w|shutdown)\b(?:(?=[^\n]{0,200}(?:--|#|/\*))|${NO_STATEMENT})`,
    ),
    positives: [
      `Robert'«; DROP TABLE» students;--`,
      `1«;delete from» orders`,
      `x'«; update users set» role = 'admin' --`,
      `SELECT * FROM u WHERE n = 'x'«; DROP TABLE» users; --'`,
    ],
    negatives: [
      'CREATE TABLE a (b int);\nDROP TABLE IF EXISTS c;',
      'Drop the table off at the office; delete from memory.',
      `UPDATE a SET b = 1; DELETE FROM c WHERE d = 2;`,
      `INSERT INTO a VALUES ('x');\nDELETE FROM b;`,
      `const name = 'a';\ndelete fromCache[name];`,
    ],
  },
  {
    id: 'sql_procedure',
    kind: 'sql_injection',
    hints: ['xp_cmdshell', 'xp_dirtree', 'sp_oacreate', 'utl_http'],
    pattern: /\bexec(?:ute)?\s{1,5}(?:master\.{1,2}(?:dbo\.)?)?(?:xp_(?:cmdshell|dirtree|regread)|sp_oacreate)\b/gi,
    positives: [`a'; «EXEC xp_cmdshell» 'dir'`, `1; «exec master..xp_dirtree» '//x/y'`],
    negatives: ['xp_cmdshell is off by default, and should stay off.', 'EXEC sp_rename a, b'],
  },
  {
    id: 'sql_delay',
    kind: 'sql_injection',
    hints: ['sleep', 'benchmark', 'waitfor', 'receive_message'],
    // Blind attacks ask the database to wait when a guess is right.
    pattern: pattern(
      String.raw`(?<=(?:['")\d;]|%27|%3b)(?:[^\S\n]|\+|%20|/\*\*/){0,5})(?:(?:or|and|xor|select|if|\|\|)${GAP}{0,5}\(?(?:${GAP}{0,3}select${GAP}{0,3}\(?)?)?\b(?:(?:pg_)?sleep${GAP}{0,3}\(${GAP}{0,3}\d|benchmark${GAP}{0,3}\(${GAP}{0,3}\d|waitfor${GAP}{1,5}delay\b|dbms_pipe\.receive_message)|\(${GAP}{0,3}select${GAP}{0,3}\({0,2}(?:pg_)?sleep\(\d`,
    ),
    positives: [
      `1' «AND sleep(5»)--`,
      `x'; «WAITFOR DELAY» '0:0:5'--`,
      `1;«select pg_sleep(1»0)`,
      `1 «and (select(sleep(5»)))a`,
      `id=7 «or benchmark(9»999999,md5(1))`,
    ],
    negatives: [
      'time.sleep(5)',
      `log('done');\n  await sleep(500);`,
      'SELECT pg_sleep_for(interval)',
      'benchmark(10) runs it ten times',
      `print("x")\nsleep(5)`,
    ],
  },
  {
    id: 'sql_blind',
    kind: 'sql_injection',
    hints: ['substr', 'extractvalue', 'updatexml', 'mid(', 'order by', 'order/*', 'order+by', 'having'],
    pattern: pattern(
      String.raw`(?=[ao])${BROKEN_OUT}(?<![a-z_])(?:or|and)${GAP}{1,5}\(?(?:(?:ascii|ord|hex|lower)\(\s{0,3}(?:substr(?:ing)?|mid)\s?\(|(?:substr(?:ing)?|mid)\s?\(\s{0,3}(?:\(\s{0,3}select|@@|user\(|database\(|version\()|extractvalue\s?\(|updatexml\s?\()|(?<=['"]${GAP}{0,5})\border${GAP}{1,5}by${GAP}{1,5}\d{1,3}${GAP}{0,3}(?:--|#)`,
    ),
    positives: [
      `1' «AND ascii(substr(»(select x),1,1))>64`,
      `id=4 «and extractvalue(»1,concat(0x7e,version()))`,
      `x' «order by 9--» `,
    ],
    negatives: ["SELECT substring(name, 1, 3) FROM a WHERE b = 'c' ORDER BY 2", "WHERE a = 'b' AND lower(c) = 'd'"],
  },
  {
    id: 'sql_comment',
    kind: 'sql_injection',
    hints: ["'--", "' --", "';--", "'; --", "'#", "'/*", "' #", "')--"],
    // The quote is the first of its line, so that it ends a string which the program had begun; or a string goes on behind it.
    pattern:
      /(?:(?<=^[^'\n]{0,200}\w)'\)?\s?;?\s?(?:--(?=\s|$)|#(?=\s{0,3}$)|\/\*)|(?<='[\w.@-]{0,40})'\s?(?:--|#)\s?'\s{0,3}(?:and|or)\b)/gim,
    positives: [
      `login: admin«'--» `,
      `user=root«' --» and more`,
      `WHERE name = 'admin«'--' AND» password = 'x'`,
      `x«')--»`,
    ],
    negatives: [
      `it's -- as they say -- fine`,
      `'quoted' -- a remark`,
      `git commit -m 'fix' -- src/a.ts`,
      `WHERE a = 'x' -- only the open ones`,
      `const a = 'b' /* why */;`,
      `grep 'foo' -- file.txt`,
    ],
  },
  {
    id: 'sql_broken_keyword',
    kind: 'sql_injection',
    hints: ['/*'],
    // A comment within a word, or a comment that MySQL runs: nobody writes so but to get past a filter.
    pattern:
      /(?<!\w)[a-z]{1,5}\/\*[^*\n]{0,20}\*\/[a-z]{1,5}\b|\/\*!\d{0,6}\s?(?:union|select|and|or|sleep|concat)\b/gi,
    check: (value) => ({
      confidence: value.startsWith('/*!') || KEYWORD.test(value.replace(/\/\*[^*]*\*\//, '')) ? 0.9 : 0,
    }),
    positives: [`1 «UN/**/ION» all`, `x «sel/*a*/ect» 1`, `1 «/*!50000UNION»*/ 2`],
    negatives: ['int a/* width */b;', 'foo(a/*b*/c)', '/*!40101 SET NAMES utf8 */'],
  },
];
