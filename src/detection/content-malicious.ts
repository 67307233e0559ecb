import type { Detector } from './detector';

/** Rules of this topic differ only in what they look for: nothing of it is ever redacted, it is the text itself that is wrong. */
type Rule = Pick<Detector, 'id' | 'kind' | 'hints' | 'pattern' | 'positives' | 'negatives'>;

const RULES: readonly Rule[] = [
  {
    id: 'sql_tautology',
    kind: 'sql_injection',
    hints: ['or', 'and'],
    // A condition that is true whatever the data: a value compared with itself behind a quote or a number.
    pattern: /(?<=['")\d]\s{0,5})\b(?:or|and)\s{1,5}(['"]?)(\w{1,20})\1\s{0,3}=\s{0,3}\1\2\b['"]?/gi,
    positives: [`SELECT * FROM users WHERE username='admin' «OR '1'='1'»`, `id=1 «or 1=1» --`, `name="" «OR "a"="a"»`],
    negatives: [
      'SELECT name FROM users WHERE id = 5',
      `WHERE a = 'x' OR b = 'y'`,
      'We meet at 10 or 11, and 2 = 2 is true.',
    ],
  },
  {
    id: 'sql_union',
    kind: 'sql_injection',
    hints: ['union'],
    pattern: /(?<=['")\d]\s{0,5})\bunion\s{1,5}(?:all\s{1,5})?select\b/gi,
    positives: [`?id=-1 «UNION SELECT» password FROM users`, `x' «union all select» 1,2,3`],
    negatives: ['SELECT a FROM t UNION SELECT b FROM u', 'The union selected a new speaker.'],
  },
  {
    id: 'sql_stacked',
    kind: 'sql_injection',
    hints: ['drop', 'delete', 'truncate', 'alter', 'exec', 'xp_cmdshell', 'waitfor', 'pg_sleep'],
    pattern:
      /(?<=['")\d]\s{0,5});\s{0,5}(?:drop\s{1,5}(?:table|database|schema)|delete\s{1,5}from|truncate\s{1,5}table|alter\s{1,5}table|exec(?:ute)?\s{1,5}\w|waitfor\s{1,5}delay)\b|\bxp_cmdshell\b|(?<=['")\d;]\s{0,5})(?:(?:or|and|select)\s{1,5})?\bpg_sleep\s{0,3}\(\s{0,3}\d/gi,
    positives: [`Robert'«; DROP TABLE» students;--`, `1«;delete from» orders`, `a'; EXEC «xp_cmdshell» 'dir'`],
    negatives: ['CREATE TABLE a (b int);\nDROP COLUMN c;', 'Drop the table off at the office; delete from memory.'],
  },
  {
    id: 'sql_comment',
    kind: 'sql_injection',
    hints: ["'--", "' --", "';--", "'; --", "'#", "'/*"],
    pattern: /(?<=\w)'\s?;?\s?(?:--(?=\s|$)|#(?=\s{0,3}$)|\/\*)/gm,
    positives: [`login: admin«'--» `, `user=root«' --» and more`],
    negatives: [`it's -- as they say -- fine`, `'quoted' -- a remark`.replace(`' --`, `", --`)],
  },
  {
    id: 'xss_script',
    kind: 'xss',
    hints: ['<script', '<svg', '<img', '<iframe', '<body', '<input', '<a', '<video', '<details', '<math', '<object'],
    pattern:
      /<script\b[^<>]{0,200}>|<(?:svg|img|iframe|body|input|video|audio|details|math|object|a|div|marquee)\b[^<>]{0,200}?[\s/"']on(?:error|load|click|focus|mouseover|toggle|start|begin)\s{0,3}=/gi,
    positives: [`hello «<script>»alert(1)</script>`, `«<img src=x onerror=»alert(1)>`, `«<svg/onload=»alert(1)>`],
    negatives: ['a <b>bold</b> word', '<a href="/home">home</a>', 'if (a <script_count) run()'],
  },
  {
    id: 'xss_url',
    kind: 'xss',
    hints: ['javascript:', 'vbscript:', 'data:text/html'],
    pattern:
      /(?:href|src|action|formaction|data)\s{0,3}=\s{0,3}["']?\s{0,3}(?:javascript:|vbscript:|data:text\/html)|\bjavascript:\s{0,3}(?:alert|eval|document|window|fetch|void)\b/gi,
    positives: [`<a «href="javascript:»x()">`, `open «javascript:alert»(1)`],
    negatives: ['JavaScript: the good parts', 'src="data:image/png;base64,AAAA"'],
  },
  {
    id: 'path_traversal',
    kind: 'path_traversal',
    hints: ['../', '..\\', '%2e', '..%', '....//'],
    pattern:
      /(?:\.\.[\\/]){1,20}(?:etc|proc|sys|root|boot|windows|winnt)[\\/][\w.-]{1,60}|(?:\.\.[\\/]){1,20}(?:[\w.-]{1,60}[\\/]){0,5}(?:passwd|shadow|id_rsa|\.ssh|win\.ini|boot\.ini|\.env)\b|(?:(?:\.|%2e){2}(?:%2f|%5c)|%2e%2e[\\/]|\.{4}\/\/){1,20}/gi,
    positives: [`GET /files?name=«../../../etc/passwd»`, `open «..\\..\\windows\\win.ini»`, `a=«%2e%2e%2f»x`],
    negatives: [`import { a } from '../src/b';`, `require('../../lib/util')`, 'wait... / no'],
  },
  {
    id: 'command_injection',
    kind: 'command_injection',
    hints: [';', '&&', '|', '$(', '`'],
    pattern:
      /(?:;|&&|\|\|?)\s{0,5}(?:cat\s{1,5}\/etc\/|rm\s{1,5}-[a-z]{0,4}[rf]|(?:curl|wget)\s[^|\n]{1,200}\|\s{0,5}(?:ba|z|da)?sh\b|nc\s{1,5}-[a-z]{0,4}e\b|(?:ba)?sh\s{1,5}-[ic]\b|whoami\b|mkfs\b|dd\s{1,5}if=|powershell\b)|\$\(\s{0,5}(?:curl|wget|cat|rm|id|whoami|bash|sh|nc|uname)\b[^)\n]{0,200}\)|`\s{0,5}(?:whoami|cat\s{1,5}\/etc\/[\w/]{1,40}|(?:curl|wget)\s[^`\n]{1,200})`/gi,
    positives: [`file.txt«; rm -rf» /`, `ping 1.1.1.1 «&& cat /etc/»passwd`, `name=«$(whoami)»`, `x «| bash -c» 'id'`],
    negatives: ['a && b', 'first; then second', 'use `npm test` | tee log', 'cat notes.txt | grep idea'],
  },
];

/** Texts that would do harm where they are run; their risk is high. */
export const MALICIOUS: readonly Detector[] = RULES.map((rule) => ({
  ...rule,
  severity: 'high',
  set: 'strict',
  placeholder: '',
  context: [],
}));
