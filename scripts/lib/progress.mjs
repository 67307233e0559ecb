// From a task's events to what is shown of them: entries in groups, each entry waiting, running or ended.

/** One line of the display. `changed` is called at each change, so that a view can redraw it. */
class Entry {
  state = 'waiting';
  note = '';
  changed = () => {};

  constructor(action, arm) {
    this.title = `${action} (${arm})`;
    this.started = new Promise((resolve) => (this.#start = resolve));
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }
  #start;
  #end;

  begin() {
    this.state = 'running';
    this.#start();
    this.changed();
  }

  say(note) {
    this.note = note;
    this.changed();
  }

  /** `how` is `done`, `failed` or `skipped`. */
  end(how, note = this.note) {
    if (this.isOver) return;
    this.state = how;
    this.note = note;
    this.#start();
    this.#end();
    this.changed();
  }

  get isOver() {
    return this.state !== 'waiting' && this.state !== 'running';
  }
}

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(milliseconds < 995 ? 2 : 1)} s`;

/**
 * Reads events to the end. Yields groups `{title?, entries}` as they come up: the steps of a plan together, any other step
 * alone. The entries go on changing while further events are read.
 */
export async function* progressOf(events) {
  const entries = new Map();
  const add = (key, { action, arm }) => {
    const entry = new Entry(action, arm);
    entries.set(key, entry);
    return entry;
  };
  /** Steps that failed and may yet be tried again: what follows tells. */
  const settle = (except) => {
    for (const [key, entry] of entries)
      if (entry.failure !== undefined && key !== except) entry.end('failed', entry.failure);
  };
  const handle = {
    'plan.ready': ({ steps }) => ({
      title: `Work through the plan`,
      entries: steps.map((step) => add(step.key, step)),
    }),
    'step.started': ({ key, ...step }) => {
      const known = entries.get(key);
      const isNew = known === undefined || known.isOver;
      const entry = isNew ? add(key, step) : known;
      if (isNew) settle(key);
      delete entry.failure;
      entry.begin();
      if (step.attempt > 1) entry.say(`attempt ${step.attempt}`);
      return isNew ? { entries: [entry] } : undefined;
    },
    'step.progress': ({ key, message }) => entries.get(key)?.say(message),
    'step.succeeded': ({ key, duration_ms }) => entries.get(key)?.end('done', seconds(duration_ms)),
    'step.failed': ({ key, message }) => {
      const entry = entries.get(key);
      if (entry !== undefined) entry.failure = message;
      entry?.say(message);
    },
    'step.retrying': ({ key, delay_ms }) => {
      const entry = entries.get(key);
      entry?.say(`${entry.failure ?? 'failed'} Trying again in ${seconds(delay_ms)}.`);
    },
    'step.cancelled': ({ key }) => entries.get(key)?.end('skipped', 'cancelled'),
  };
  for await (const { type, data } of events) {
    const group = handle[type]?.(data);
    if (group?.entries.length > 0) yield group;
  }
  settle();
  for (const entry of entries.values()) entry.end('skipped', 'not needed any more');
}
