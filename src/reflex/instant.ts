/** A text that needs no arm: its answer is known. */
interface InstantReply {
  id: string;
  /** Against the whole text, trimmed; case does not matter. */
  pattern: RegExp;
  reply: string;
  positives: readonly string[];
  negatives: readonly string[];
}

/** Nothing longer is mere courtesy. */
const LONGEST = 60;
const TO_WHOM = '(?:,? (?:there|all|everyone|octollm|team))?';
const END = '[ .!?]*';

export const INSTANT_REPLIES: readonly InstantReply[] = [
  {
    id: 'greeting',
    pattern: new RegExp(
      `^(?:hi|hello|hey|howdy|greetings|good (?:morning|afternoon|evening|day)|moin|hallo|hola|bonjour)${TO_WHOM}${END}$`,
      'i',
    ),
    reply: 'Hello! Send me a goal, for example "Write a Python function to calculate fibonacci numbers".',
    positives: ['Hello', 'hi there!', 'Good morning', 'hey, octollm'],
    negatives: ['hello world in Rust', 'Say hi', 'highlight', 'hello, what is 2+2?'],
  },
  {
    id: 'thanks',
    pattern: new RegExp(`^(?:thanks|thank you|thx|cheers)(?: (?:a lot|very much|so much))?${TO_WHOM}${END}$`, 'i'),
    reply: 'You are welcome.',
    positives: ['Thanks!', 'thank you very much'],
    negatives: ['thanks, now write the tests', 'write a thank you note'],
  },
  {
    id: 'farewell',
    pattern: new RegExp(`^(?:bye|goodbye|bye bye|see you|good night)(?: later| soon)?${TO_WHOM}${END}$`, 'i'),
    reply: 'Goodbye.',
    positives: ['bye', 'See you later!'],
    negatives: ['bye-law summary', 'see you later alligator lyrics'],
  },
  {
    id: 'help',
    pattern: new RegExp(`^(?:help|help me|what can you do|how do i use this|usage)${END}$`, 'i'),
    reply:
      'Submit a goal with POST /api/v1/tasks and read its result with GET /api/v1/tasks/{id}. The documentation of every route is at /docs.',
    positives: ['help', 'What can you do?'],
    negatives: ['help me write a letter', 'what can you do about this bug', 'the help page'],
  },
  {
    id: 'status',
    pattern: new RegExp(`^(?:status|ping|are you (?:there|up|alive|ok|online|ready))${END}$`, 'i'),
    reply: 'The server is up. GET /ready says how each of its parts is.',
    positives: ['status', 'ping', 'Are you there?'],
    negatives: ['status of task 7', 'ping 10.0.0.1', 'are you there yet, asked the child'],
  },
];

/** The reply whose pattern is the whole text; undefined for everything that needs work. */
export const instantReply = (text: string): { pattern: string; template: string; text: string } | undefined => {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return undefined;
  const found = INSTANT_REPLIES.find(({ pattern }) => pattern.test(trimmed));
  return found && { pattern: found.id, template: `${found.id}_reply`, text: found.reply };
};
