// From JavaScript: the same facts as for the programs in Python, see attempting.py, and the same form of answer.
const { execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const facts = JSON.parse(process.argv[2]);
const only = process.argv.slice(3);
const attempts = [];
const attempt = (name, go) => attempts.push({ name, go });
const canary = `${facts.folder}/data/canary`;

attempt('read a canary with JavaScript', () => fs.readFileSync(canary, 'utf8'));

attempt('read a canary through a shell', () =>
  execFileSync('sh', ['-c', `cat ${canary}`], { stdio: 'pipe' }).toString(),
);

attempt('read a canary in a thread', async () => {
  const code = `require('node:worker_threads').parentPort.postMessage(require('node:fs').readFileSync(${JSON.stringify(canary)}, 'utf8'))`;
  const [text] = await once(new Worker(code, { eval: true }), 'message');
  return text;
});

attempt('fetch from a server of the host', async () => {
  const answer = await fetch(`http://127.0.0.1:${facts.port}/`, { signal: AbortSignal.timeout(5000) });
  return answer.text();
});

attempt('connect to an abstract UNIX socket with JavaScript', async () => {
  const [data] = await once(net.connect(`\0${facts.abstract}`), 'data');
  return data.toString();
});

attempt('require a module of the project', () => Object.keys(require(path.join(facts.project, 'package.json'))));

attempt('read through the native bindings', () => process.binding('fs').internalModuleReadJSON?.(canary));

attempt("open the server's debugger", () => process.kill(facts.server, 'SIGUSR1') && 'signalled');

attempt('signal the server', () => process.kill(facts.server, 0) && 'may be signalled');

attempt('find a variable of the server', () => Object.keys(process.env).find((name) => name.startsWith('ESCAPE_')));

attempt('write a file of the host with JavaScript', () => {
  fs.writeFileSync(`${facts.folder}/open-to-all/from-javascript`, 'x');
  return 'written';
});

attempt('read what the interpreter was started with', () =>
  ['/proc/self/environ', '/proc/1/environ']
    .map((file) => fs.readFileSync(file, 'utf8'))
    .find((text) => text.includes('ESCAPE_')),
);

(async () => {
  const outcomes = {};
  for (const { name, go } of attempts) {
    if (only.length > 0 && !only.includes(name)) continue;
    try {
      const got = await go();
      const text = got === undefined ? '' : String(got);
      outcomes[name] = text ? { managed: text.slice(0, 500) } : { refused: 'nothing' };
    } catch (error) {
      outcomes[name] = { refused: error.code ?? String(error).slice(0, 200) };
    }
  }
  console.log(JSON.stringify(outcomes));
  process.exit();
})();
