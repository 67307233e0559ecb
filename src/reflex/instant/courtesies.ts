import { type InstantReply, saidTo } from './instant-reply';

/** What people say in English without wanting anything done. */
export const COURTESIES: readonly InstantReply[] = [
  {
    id: 'greeting',
    pattern: saidTo('hi', 'hello', 'hey', 'hiya', 'howdy', 'greetings', 'good (?:morning|afternoon|evening|day)'),
    reply: 'Hello! Send me a goal, for example "Write a Python function to calculate fibonacci numbers".',
    positives: ['Hello', 'hi there!', 'Good morning', 'hey, octollm'],
    negatives: ['hello world in Rust', 'Say hi', 'highlight', 'hello, what is 2+2?'],
  },
  {
    id: 'how_are_you',
    pattern: saidTo(
      '(?:(?:hi|hello|hey),? )?how are you(?: doing)?(?: today)?',
      "how(?: i|[’'])s it going",
      "what[’']?s up",
    ),
    reply: 'All is well here. Which goal can I work on for you?',
    positives: ['How are you?', 'hi, how are you today?', "How's it going?", "what's up"],
    negatives: ['How are you able to sort lists?', "What's up with this bug?", 'how is it going to end'],
  },
  {
    id: 'thanks',
    pattern: saidTo('(?:many )?thanks(?: a lot| so much)?', 'thank you(?: very much| so much)?', 'thx', 'cheers'),
    reply: 'You are welcome.',
    positives: ['Thanks!', 'thank you very much', 'Many thanks'],
    negatives: ['thanks, now write the tests', 'write a thank you note'],
  },
  {
    id: 'farewell',
    pattern: saidTo(
      '(?:good|bye )?bye(?: for now)?',
      'see (?:you|ya)(?: later| soon| tomorrow)?',
      'good night',
      'farewell',
    ),
    reply: 'Goodbye.',
    positives: ['bye', 'bye bye', 'Goodbye', 'See you later!'],
    negatives: ['bye-law summary', 'see you later alligator lyrics'],
  },
  {
    id: 'praise',
    pattern: saidTo(
      '(?:good|great|nice|excellent) (?:job|work)',
      'well done',
      "(?:that|this)(?: i|[’'])s (?:great|perfect)",
    ),
    reply: 'Thank you. Send the next goal whenever you like.',
    positives: ['Great job!', 'well done', "That's perfect"],
    negatives: ['great job titles for a resume', 'well done steak recipe'],
  },
  {
    id: 'apology',
    pattern: saidTo("(?:i(?: a|[’'])m )?sorry", 'my (?:bad|mistake)', 'apologies'),
    reply: 'No harm done.',
    positives: ['Sorry', "I'm sorry.", 'my bad'],
    negatives: ['sorry seems to be the hardest word, who sang it?', 'write an apology'],
  },
  {
    id: 'acknowledgement',
    pattern: saidTo('ok(?:ay)?', 'all ?right', 'got it', 'i see', 'understood', 'makes sense'),
    reply: 'Good. Send the next goal whenever you like.',
    positives: ['ok', 'Okay!', 'Got it.', 'understood'],
    negatives: ['ok, now deploy', 'I see an error', 'is it ok to delete this?'],
  },
  {
    id: 'testing',
    pattern: saidTo('test(?:ing)?', 'this is (?:just )?a test', '(?:testing )?(?:1,? 2,? 3|one,? two,? three)'),
    reply: 'It works. Send me a goal.',
    positives: ['test', 'Testing 1 2 3', 'This is just a test.'],
    negatives: ['test this function', 'testing strategy for a web shop', '1 2 3 4'],
  },
];
