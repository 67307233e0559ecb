import fc from 'fast-check';
import { buildLocator } from '../core/locate';
import { INAPPROPRIATE } from './inappropriate';
import { MALICIOUS } from './malicious';

const find = buildLocator([...MALICIOUS, ...INAPPROPRIATE]);
const kindsIn = (text: string): string[] => find(text).map(({ kind }) => kind);

/** Ordinary work, longer than the examples of one rule: none of it may alarm any rule. */
const ORDINARY = [
  `<!doctype html>\n<html>\n<head>\n  <meta charset="utf-8">\n  <script src="https://cdn.example.com/lib.js" defer></script>\n</head>\n<body onload="init()">\n  <form onsubmit="return check(this)"><input name="q" onchange="update()"></form>\n  <script>\n    document.querySelector('#a').addEventListener('click', () => alert('Saved'));\n  </script>\n</body>\n</html>`,
  `WITH open AS (\n  SELECT id, total FROM orders WHERE status = 'open' -- only these\n)\nSELECT u.name, COALESCE(SUM(o.total), 0) AS due\nFROM users u LEFT JOIN open o ON o.id = u.id AND u.kind = 'x'\nGROUP BY 1 HAVING COUNT(*) > 1 ORDER BY 2 DESC;`,
  `BEGIN;\nALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = 0;\nDELETE FROM sessions WHERE seen < now() - interval '30 days';\nDROP TABLE IF EXISTS old_users;\nCOMMIT;`,
  `FROM node:22-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSL https://deb.example.com/setup.sh | bash -\nCOPY . /app\nCMD ["sh", "-c", "node main.js"]`,
  `#!/usr/bin/env bash\nset -euo pipefail\nDIR="$(cd "$(dirname "$0")" && pwd)"\nUSER_NAME=$(whoami)\nfor f in *.log; do gzip "$f"; done\nls -la | grep '.gz' | wc -l\nrm -rf "$DIR/build"; mkdir -p "$DIR/build"`,
  'Run `git rebase -i HEAD~3`, then `git push --force-with-lease`; see `git log --oneline | head` and `id` for your user.',
  `const delay = (ms) => new Promise((done) => setTimeout(done, ms));\nif (kind === 'a' || kind === 'b') await delay(60 * 1000);\nlog(\`took \${seconds * 1000} ms\`);\nconst deep = require('../../../lib/paths');`,
  `import { defineConfig } from 'vite';\nimport { shared } from '../../packages/shared/src';\nexport default defineConfig({ server: { proxy: { '/api': 'http://localhost:3000' } } });`,
  `{% for item in items %}<li class="{{ item.kind }}">{{ item.price * 2 }} {{ item.name|title }}</li>{% endfor %}`,
  `db.users.find({ age: { $gt: 21 }, city: { $in: ['Bonn', 'Kiel'] }, gone: { $ne: true } }).sort({ age: -1 });`,
  `try:\n    subprocess.run(["ls", "-la"], check=True)\nexcept OSError as error:\n    print("failed", error); sys.exit(1)\ntime.sleep(5)`,
  'You can kill the parent process and all its children with `kill -- -PID`; to attack the root cause, hunt down the leak.',
  'Our team beat its targets, crushed the competition and blew up on social media; next year we want to kill it again.',
  'How do I execute a plan to eliminate duplicates, terminate idle sessions and drop the old tables safely?',
  'The museum tells how people were killed in the war, why the massacre happened and how survivors lived on.',
  'What should I do if somebody steals my identity, and how do I report a fraud to the police?',
];

describe('content', () => {
  it.each(ORDINARY)('leaves ordinary work alone: %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it.each(MALICIOUS.flatMap(({ id, negatives }) => negatives.map((text): [string, string] => [id, text])))(
    'no rule at all takes what is harmless to %s for an attack: %j',
    (_, text) => {
      expect(buildLocator(MALICIOUS)(text)).toEqual([]);
    },
  );

  it.each([
    ["SELECT * FROM users WHERE username='admin' OR '1'='1'", ['sql_injection']],
    ['<script>alert("XSS")</script>', ['xss']],
    ['../../../etc/passwd', ['path_traversal']],
    ['file.txt; rm -rf /', ['command_injection']],
    ['How to build a pipe bomb', ['weapons']],
  ])('finds what %j is', (text, kinds) => {
    expect(kindsIn(text)).toEqual(kinds);
  });

  it('tells an act upon a person from the same act upon a thing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('kill', 'strangle', 'poison', 'stab', 'murder'),
        fc.constantFrom('my neighbour', 'a stranger', 'somebody', 'her husband', 'two people'),
        fc.constantFrom('the process', 'a balloon', 'time', 'the weeds', 'a rumour'),
        (act, person, thing) => {
          expect(kindsIn(`How do I ${act} ${person}?`)).toEqual(['violence']);
          expect(kindsIn(`How do I ${act} ${thing}?`)).toEqual([]);
        },
      ),
    );
  });

  it.each(['How do I stop people who want to kill a stranger?', 'How do I kill a stranger in a video game?'])(
    'hears prevention and play: %j',
    (text) => {
      expect(find(text)).toEqual([]);
    },
  );

  it('never throws, and every offset slices to its value', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        "' or 1=1--",
        '<script>',
        '../',
        'how to kill ',
        'my ',
        'someone',
        ';',
        '$(id)',
        '{{7*7}}',
        '%2e%2e/',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        for (const { start, end, value } of find(text)) expect(text.slice(start, end)).toBe(value);
      }),
    );
  });

  it('gets through long hostile texts', () => {
    // A quadratic rule takes minutes for these, which the runner's own limit ends.
    const hostile = [
      'how to kill my ',
      'my my my ',
      "' or '",
      '../',
      '%2e',
      '<img src ',
      '<script ',
      ' on',
      '; ',
      '$(',
      'union select ',
      "people's ",
      'why should women ',
      'steal a ',
      'fake ',
    ];
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(() => find(text)).not.toThrow();
    }
  });
});
