// Shows progress as it happens: a live tree on a terminal, one plain line per change elsewhere.
import { Listr } from 'listr2';

const lineOf = ({ title, note }) => (note === '' ? title : `${title} · ${note}`);

const taskOf = (entry) => {
  let asked = false;
  return {
    title: entry.title,
    // listr2 asks once before it draws and again before it runs a task: waiting the second time shows it as not begun.
    enabled: async () => {
      if (asked) await entry.started;
      asked = true;
      return true;
    },
    task: async (_, task) => {
      const draw = () => {
        task.title = entry.isOver ? lineOf(entry) : entry.title;
        if (!entry.isOver) task.output = entry.note;
      };
      entry.changed = draw;
      draw();
      await entry.ended;
      draw();
      if (entry.state === 'failed') throw new Error(lineOf(entry));
      if (entry.state === 'skipped') task.skip(lineOf(entry));
    },
  };
};

/** Draws groups one below the other; resolves when all have ended. */
const showTree = async (groups) => {
  for await (const { title, entries } of groups) {
    const tasks = entries.map(taskOf);
    const options = { concurrent: true, exitOnError: false };
    await new Listr(title === undefined ? tasks : [{ title, task: (_, task) => task.newListr(tasks, options) }], {
      ...options,
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false },
    }).run();
  }
};

const MARKS = { waiting: '·', running: '→', done: '✔', failed: '✖', skipped: '-' };

const showLines = async (groups) => {
  const all = [];
  for await (const { title, entries } of groups) {
    if (title !== undefined)
      console.log(`${MARKS.running} ${title}: ${entries.map((entry) => entry.title).join(', ')}`);
    for (const entry of entries) {
      const print = () => console.log(`${MARKS[entry.state]} ${lineOf(entry)}`);
      entry.changed = print;
      if (entry.state !== 'waiting') print();
      all.push(entry.ended);
    }
  }
  await Promise.all(all);
};

/** The groups are read ahead of what is drawn, so that a slow display holds nothing up. */
export const showProgress = async (groups, isTerminal = process.stdout.isTTY) => {
  if (!isTerminal) return showLines(groups);
  return showTree(readAhead(groups));
};

async function* readAhead(source) {
  const items = [];
  let wake = () => {};
  let over = false;
  let failure;
  const reading = (async () => {
    for await (const item of source) {
      items.push(item);
      wake();
    }
  })()
    .catch((error) => (failure = error))
    .finally(() => {
      over = true;
      wake();
    });
  while (items.length > 0 || !over) {
    if (items.length > 0) yield items.shift();
    else await new Promise((resolve) => (wake = resolve));
  }
  await reading;
  if (failure !== undefined) throw failure;
}
