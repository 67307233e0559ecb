import { anyOf, type InstantReply } from './instant-reply';

const HOW = '(?:how (?:do|can) (?:i|we|you)|how to)';
const TASK = '(?:a |the |my )?(?:task|goal)';

/** Questions about the server itself, each with the route that answers it at any time. */
export const QUESTIONS: readonly InstantReply[] = [
  {
    id: 'help',
    pattern: anyOf(
      'help(?: me)?(?:,? please)?',
      'usage',
      'how do i use (?:this|you|octollm)',
      'how does (?:this|it) work',
    ),
    reply:
      'Submit a goal with POST /api/v1/tasks and read its result with GET /api/v1/tasks/{id}. The documentation of every route is at /docs.',
    positives: ['help', 'Help me, please', 'How do I use this?'],
    negatives: ['help me write a letter', 'the help page', 'how does this work in Rust'],
  },
  {
    id: 'capabilities',
    pattern: anyOf(
      'what (?:can|could) you do(?: for me)?',
      'what are you(?:r capabilities| able to do)',
      'capabilities',
    ),
    reply:
      'I plan a goal, write and test code, search your documents, run allowed commands and check every result. GET /capabilities lists all of it.',
    positives: ['What can you do?', 'what are your capabilities'],
    negatives: ['what can you do about this bug', 'capabilities of Linux processes'],
  },
  {
    id: 'identity',
    pattern: anyOf(
      '(?:who|what) are you',
      "what(?: i|[’'])s your name",
      'introduce yourself',
      'tell me about yourself',
    ),
    reply: 'I am OctoLLM, a server that turns goals into judged results.',
    positives: ['Who are you?', "What's your name?"],
    negatives: ['who are you writing to', 'introduce yourself as a pirate'],
  },
  {
    id: 'machine',
    pattern: anyOf('are you (?:a |an )?(?:bot|robot|machine|ai|human|person|real)(?: person)?'),
    reply: 'I am a program. What I write comes from language models and rules, and is checked before you get it.',
    positives: ['Are you a bot?', 'are you human', 'Are you an AI?'],
    negatives: ['are you a fan of jazz', 'are you human rights aware'],
  },
  {
    id: 'version',
    pattern: anyOf('version', '(?:what|which) version (?:is this|are you|do you run|is running)'),
    reply: 'GET /health says the version of the server.',
    positives: ['version', 'Which version is this?'],
    negatives: ['version control basics', 'which version of Python is this?'],
  },
  {
    id: 'models',
    pattern: anyOf('(?:what|which) (?:language )?models? (?:are you|do you use|are you using)', 'are you (?:chat)?gpt'),
    reply: 'The operator of this server chooses the models; each result names the one that made it.',
    positives: ['Which model do you use?', 'are you GPT'],
    negatives: ['which model of car should I buy', 'are you gpt-4 compatible with this plugin'],
  },
  {
    id: 'status',
    pattern: anyOf('status', '(?:are|r) you (?:there|up|alive|ok|online|ready)', 'is (?:anybody|anyone) there'),
    reply: 'The server is up. GET /ready says how each of its parts is.',
    positives: ['status', 'Are you there?', 'Is anybody there?'],
    negatives: ['status of the project', 'are you there yet, asked the child'],
  },
  {
    id: 'ping',
    pattern: anyOf('ping'),
    reply: 'pong',
    positives: ['ping', 'Ping!'],
    negatives: ['ping 10.0.0.1', 'pinging'],
  },
  {
    id: 'submitting',
    pattern: anyOf(`${HOW} (?:submit|send|start|create) ${TASK}s?`),
    reply: 'POST /api/v1/tasks with {"goal": "..."}. The answer has the task_id; work begins by itself.',
    positives: ['How do I submit a task?', 'how to create a goal'],
    negatives: ['how do I submit a task in Jira', 'create a task list'],
  },
  {
    id: 'reading',
    pattern: anyOf(`${HOW} (?:get|read|see|fetch) (?:the|my|a) (?:results?|answers?)(?: of ${TASK})?`),
    reply: 'GET /api/v1/tasks/{id} has the result once its status is completed.',
    positives: ['How do I get the result?', 'how can I read the results of my task'],
    negatives: ['how do I get the result of a promise'],
  },
  {
    id: 'cancelling',
    pattern: anyOf(`${HOW} (?:cancel|stop|abort) ${TASK}`),
    reply: 'POST /api/v1/tasks/{id}/cancel. Steps that run are stopped.',
    positives: ['How do I cancel a task?', 'how to stop my task'],
    negatives: ['how do I cancel a task in asyncio', 'cancel my subscription'],
  },
  {
    id: 'watching',
    pattern: anyOf(`${HOW} (?:watch|follow|stream|track) ${TASK}(?:s progress)?`),
    reply: 'GET /api/v1/tasks/{id}/events is a stream of everything that happens to the task.',
    positives: ['How do I watch a task?', 'how can I follow my task'],
    negatives: ['how do I track a task in git'],
  },
  {
    id: 'listing',
    pattern: anyOf('(?:list|show)(?: me)? (?:all |my )*tasks', 'where are my tasks'),
    reply: 'GET /api/v1/tasks lists the tasks, newest first.',
    positives: ['list my tasks', 'Show me all my tasks'],
    negatives: ['list tasks for a wedding', 'show my tasks in Outlook'],
  },
  {
    id: 'documentation',
    pattern: anyOf('(?:where (?:is|are|can i find) )?(?:the )?(?:docs|documentation|manual)', 'openapi', 'swagger'),
    reply: 'The documentation of every route is at /docs, its OpenAPI document at /openapi.json.',
    positives: ['docs', 'Where is the documentation?', 'openapi'],
    negatives: ['documentation for pandas', 'where is the manual override'],
  },
  {
    id: 'examples',
    pattern: anyOf(
      '(?:show|give) me (?:an example|examples|some examples)',
      'examples?',
      'what (?:can|should) i ask(?: you)?',
    ),
    reply:
      'Try "Write a Python function to calculate fibonacci numbers", or store documents and ask what they say. /docs has an example for every route.',
    positives: ['examples', 'Give me an example', 'What can I ask you?'],
    negatives: ['give me an example of recursion', 'example sentences with "though"'],
  },
  {
    id: 'arms',
    pattern: anyOf('(?:what|which) arms (?:are there|do you have|are available)', 'list (?:the |all )?arms'),
    reply: 'GET /arms lists the arms with what each can do.',
    positives: ['Which arms are there?', 'list arms'],
    negatives: ['which arms exercises are there', 'list arms dealers in fiction'],
  },
  {
    id: 'programming_languages',
    pattern: anyOf('(?:what|which) (?:programming |coding )?languages (?:do you (?:support|know|speak)|are supported)'),
    reply: 'GET /capabilities lists the programming languages under supported_languages.',
    positives: ['Which languages do you support?', 'what programming languages are supported'],
    negatives: ['which languages are spoken in Spain'],
  },
  {
    id: 'limits',
    pattern: anyOf('(?:what are )?(?:the |my )?rate limits?', 'how many requests (?:can|may) i (?:send|make)'),
    reply: 'Where a limit applies, the X-RateLimit-Limit, -Remaining and -Reset headers of every answer tell it.',
    positives: ['What are the rate limits?', 'how many requests can I make'],
    negatives: ['implement a rate limiter', 'rate limits of the GitHub API'],
  },
  {
    id: 'keys',
    pattern: anyOf(`${HOW} (?:get|make|create) an? (?:api )?key`, 'where (?:do|can) i get an api key'),
    reply: 'An administrator of this server makes keys; send yours as X-API-Key. /docs describes the routes.',
    positives: ['How do I get an API key?', 'where can I get an API key'],
    negatives: ['how do I get a key from a dictionary', 'how to create a key pair'],
  },
  {
    id: 'metrics',
    pattern: anyOf('(?:where are (?:the )?)?metrics'),
    reply: 'GET /metrics has all figures in the form that Prometheus reads.',
    positives: ['metrics', 'Where are the metrics?'],
    negatives: ['metrics for classification', 'where are the metrics of our shop'],
  },
];
