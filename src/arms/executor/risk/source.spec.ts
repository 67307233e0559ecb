import type { CommandRisk } from '../../../contracts/direct';
import { assessSource, assessWords } from './assess';

it.each<[CommandRisk, string]>([
  ['destructive', 'import shutil\nshutil.rmtree("lib")'],
  ['destructive', 'import shutil as s\ns.rmtree(folder)'],
  ['destructive', 'from shutil import (copy, rmtree as gone)\ngone("lib")'],
  ['destructive', 'import os\nos.remove("ledger.db")'],
  ['destructive', 'from pathlib import Path\nPath("ledger.db").unlink()'],
  ['destructive', 'import os\nos.system("rm -rf lib")'],
  ['destructive', 'import subprocess\nsubprocess.run(["rm", "-rf", "lib"], check=True)'],
  ['destructive', 'import subprocess as sp\nsp.check_output("git reset --hard HEAD~2", shell=True)'],
  ['destructive', 'line = "rm -rf lib"\nimport os\nos.popen(line)'],
  ['destructive', '__import__("os").system("rm " + "-rf lib")'],
  ['destructive', 'import os\ngetattr(os, "system")("rm -rf lib")'],
  ['destructive', 'exec("import os; os.remove(\'a\')")'],
  ['destructive', 'import base64\nexec(base64.b64decode(blob))'],
  ['destructive', 'import os, base64\nos.system(base64.b64decode("cm0gLXJmIGxpYg==").decode())'],
  ['destructive', 'open("/etc/hosts", "w").write("")'],
  ['destructive', 'cursor.execute("DROP TABLE orders")'],
  ['destructive', 'requests.delete(url)'],
  ['destructive', 'import os\nwhile True:\n    os.fork()'],
  ['unknown', 'import subprocess\nsubprocess.run(["ls"])'],
  ['unknown', 'eval(text)'],
  ['network', 'import urllib.request\nurllib.request.urlopen("https://example.com")'],
  ['writes', 'with open("out.txt", "w") as f:\n    f.write("x")'],
  ['writes', 'import shutil\nshutil.rmtree("/tmp/own")'],
  ['safe', 'print("shutil.rmtree")  # os.remove("a")'],
  ['safe', 'x = """\nos.system("rm -rf lib")\n"""'],
  ['safe', 'import re\nre.compile("a").search("b")\n[1].remove(1)'],
  ['safe', 'with open("in.txt") as f:\n    print(f.read())'],
  ['safe', 'def remove(items): return items\nremove([])'],
])('python, %s: %s', (risk, source) => expect(assessSource('python', source).risk).toBe(risk));

it.each<[CommandRisk, string]>([
  ['destructive', "const fs = require('fs'); fs.rmSync('lib', { recursive: true });"],
  ['destructive', "import { rm as gone } from 'node:fs/promises'; await gone('lib');"],
  ['destructive', "import * as files from 'fs'; files.unlinkSync('a');"],
  ['destructive', "require('fs').promises.unlink('a')"],
  ['destructive', "const { execSync } = require('child_process'); execSync(`rm -rf ${folder}`);"],
  ['destructive', "require('node:child_process').spawn('rm', ['-rf', 'lib'])"],
  ['destructive', "const cp = await import('child_process'); cp.exec('git clean -fd')"],
  ['destructive', 'eval(\'require("fs").unlinkSync("a")\')'],
  ['destructive', "eval(Buffer.from(blob, 'base64').toString())"],
  ['destructive', "await fetch(url, { method: 'DELETE' })"],
  ['network', "await fetch('https://example.com')"],
  ['writes', "require('fs').writeFileSync('out.txt', 'x')"],
  ['safe', "// fs.rmSync('lib')\nconsole.log('fs.rmSync')"],
  ['safe', "/rm -rf/.exec(text); const s = 'a'.replace(/\"/g, '');"],
  ['safe', 'const half = total / 2 / "x".length;'],
])('javascript, %s: %s', (risk, source) => expect(assessSource('javascript', source).risk).toBe(risk));

it('reads typescript alike', () => {
  expect(assessSource('typescript', "import { rmSync } from 'fs';\nconst f: string = 'lib';\nrmSync(f);").risk).toBe(
    'destructive',
  );
});

it.each<[CommandRisk, string[]]>([
  ['safe', ['echo', 'rm -rf lib; $(rm -rf lib)']],
  ['safe', ['grep', '-r', '`rm -rf lib`', '.']],
  ['safe', []],
  ['destructive', ['rm', '-rf', 'lib']],
  ['destructive', ['bash', '-c', 'echo; rm -rf lib']],
  ['writes', ['rm', '/tmp/own/a b']],
  ['network', ['curl', 'https://example.com']],
  ['unknown', ['some-program', '--flag']],
  ['unknown', ['python3', 'program.py']],
  ['unknown', ['bash', 'run.sh']],
])('words are not looked at as a shell would: %s: %j', (risk, words) => expect(assessWords(words).risk).toBe(risk));

/** Each would take minutes if the work grew with the square of the length. */
it.each<[string, string]>([
  ['open calls', 'f('.repeat(200_000)],
  ['closing braces', 'a,'.repeat(100_000) + "} = require('x');".repeat(10_000)],
  ['open interpolations', `f"${'{'.repeat(400_000)}"`],
  ['open expressions', '/['.repeat(200_000)],
  ['open strings', '"""a'.repeat(100_000)],
])('takes long programs: %s', (_, source) => {
  for (const runtime of ['python', 'javascript'] as const) expect(assessSource(runtime, source).reasons).toBeDefined();
});
