// Is what lies in node_modules what the lockfile asks for? Answered without npm, from the two lockfiles.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

const libc = () => {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
};

const admits = (list, value) => list === undefined || list.includes(value);

/** Packages a complete installation may lack: those of other platforms, and what only those need. */
const mayLack = (entry) =>
  entry.extraneous === true ||
  (entry.optional === true &&
    ((entry.os === undefined && entry.cpu === undefined) ||
      !admits(entry.os, process.platform) ||
      !admits(entry.cpu, process.arch) ||
      !admits(entry.libc, libc())));

/** True when every package npm recorded as installed is still there. */
export const isIntact = (root) => {
  const installed = read(join(root, 'node_modules/.package-lock.json'));
  return (
    installed !== undefined && Object.keys(installed).every((path) => existsSync(join(root, path, 'package.json')))
  );
};

/** True when node_modules was installed from this lockfile, development packages included, by whatever npm command. */
export const isInstalled = (root) => {
  const wanted = read(join(root, 'package-lock.json'));
  const installed = read(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return mayLack(entry);
    return found.version === entry.version && admits(entry.integrity && [entry.integrity], found.integrity);
  });
};
