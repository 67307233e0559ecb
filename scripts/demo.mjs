// `npm run demo`: the whole system on one goal, live. `-- --exit` ends after the result instead of staying up.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { ensureOrExit, root } from './ensure.mjs';

const SAMPLE = {
  goal: 'Write a Python function to calculate fibonacci numbers',
  constraints: ['Include docstring', 'Add unit tests'],
};
const NEXT_GOAL = { goal: 'Write a Python function that checks whether a number is prime' };

process.chdir(root);
await ensureOrExit();
// Only now are packages and the build there to import from.
const { loadConfig } = createRequire(import.meta.url)(join(root, 'dist/common/config/load-config.js'));
const { ChildServer, addressOf, freePort } = await import('./lib/server.mjs');
const { taskEvents } = await import('./lib/task-events.mjs');
const { progressOf, seconds } = await import('./lib/progress.mjs');
const { showProgress } = await import('./lib/progress-view.mjs');
const { describeTask } = await import('./lib/result-view.mjs');

const settingsOrExit = () => {
  try {
    return loadConfig().settings;
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
};

const startServer = async () => {
  const { PORT, HOST, DATA_DIR } = settingsOrExit();
  const port = await freePort(PORT, HOST);
  if (port !== PORT && PORT !== 0) {
    console.log(`Port ${PORT} is taken; using ${port}. Set PORT to choose another.`);
  }
  const log = resolve(DATA_DIR, 'logs', 'demo.log');
  return new ChildServer(addressOf(HOST, port), log, { PORT: String(port) });
};

const request = async (url, options) => {
  const answer = await fetch(url, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${body.message}`);
  return body;
};

const post = (goal) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(goal),
});

/** The first signal lets the server finish in order, the second ends it. */
const stopOnSignal = (server) => {
  const onSignal = () => {
    if (server.isStopping) return server.kill();
    console.log('\nStopping; once more to stop at once.');
    void server.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
};

const demo = async (server) => {
  const started = Date.now();
  await server.ready();
  console.log(`Server ready in ${seconds(Date.now() - started)} at ${server.address}\n`);
  console.log(`Goal: ${SAMPLE.goal}\n      ${SAMPLE.constraints.join(' · ')}\n`);
  const { task_id: id } = await request(`${server.address}/api/v1/tasks`, post(SAMPLE));
  await showProgress(progressOf(taskEvents(server.address, id)));
  const task = await request(`${server.address}/api/v1/tasks/${id}`);
  console.log(describeTask(task));
  console.log(whereNext(server.address, id));
  return task.status === 'completed';
};

const whereNext = (address, id) => `
API            ${address}
Documentation  ${address}/docs
This task      curl -s ${address}/api/v1/tasks/${id}
Try next       curl -s -X POST ${address}/api/v1/tasks -H 'content-type: application/json' -d '${JSON.stringify(NEXT_GOAL)}'
`;

const server = await startServer();
stopOnSignal(server);
try {
  const succeeded = await demo(server);
  if (process.argv.includes('--exit')) {
    const end = await server.stop();
    process.exit(succeeded && end === 0 ? 0 : 1);
  }
  console.log('The server stays up until Ctrl-C.');
  const end = await server.ended;
  throw new Error(`${server.lastLines()}\n\nThe server ended by itself (${end}).`);
} catch (error) {
  // Asked to stop, the server takes its answers with it: nothing to complain about.
  if (!server.isStopping) {
    console.error(error.message);
    await server.stop();
    process.exit(1);
  }
}
