/** What a call does, by the last parts of its name. */
export type Effect = 'delete' | 'overwrite' | 'write' | 'command' | 'code' | 'network' | 'sql' | 'rights' | 'end';

const table = (entries: Readonly<Record<Effect, string>>): ReadonlyMap<string, Effect> =>
  new Map(
    Object.entries(entries).flatMap(([effect, names]) =>
      names.split(/\s+/).map((name) => [name, effect as Effect] as const),
    ),
  );

/**
 * Names of functions by what they do, over all languages: most mean the same wherever they occur. A name with a dot counts only
 * behind its module; `import` of a module under another name is followed.
 */
export const EFFECTS = table({
  delete:
    'rmtree unlink unlinkSync rmSync rmdirSync removedirs rmtree! rimraf rimrafSync removeSync emptyDir emptyDirSync delSync os.remove os.unlink os.rmdir fs.rm fs.rmdir fs.unlink fsPromises.rm fsPromises.unlink promises.rm promises.unlink promises.rmdir fse.remove Deno.remove Deno.removeSync trash send2trash ' +
    'rm_rf rm_r rm_f remove_dir remove_entry remove_entry_secure remove_file rmtree File.delete Dir.delete Dir.rmdir Dir.unlink FileUtils.rm FileUtils.remove remove_tree rmdir dropDatabase drop_database drop_all drop_table deleteMany delete_many drop_collection flushall flushdb delete_bucket delete_object delete_objects delete_table terminate_instances delete_stack requests.delete httpx.delete axios.delete session.delete',
  overwrite: 'os.truncate truncateSync ftruncateSync fs.truncate os.ftruncate mkfs',
  write:
    'os.rename os.replace os.mkdir os.makedirs shutil.move shutil.copy shutil.copyfile shutil.copytree write_text write_bytes writeFile writeFileSync appendFile appendFileSync copyFile copyFileSync renameSync mkdirSync createWriteStream fs.rename fs.mkdir Bun.write Deno.writeTextFile Deno.writeFile Deno.writeTextFileSync file_put_contents File.write IO.write FileUtils.mv FileUtils.cp FileUtils.mkdir_p',
  command:
    'os.system os.popen os.popen2 os.posix_spawn os.execv os.execvp os.execl os.execlp os.execve os.execvpe os.spawnl os.spawnv os.spawnlp os.spawnvp subprocess.run subprocess.call subprocess.Popen subprocess.check_call subprocess.check_output subprocess.getoutput subprocess.getstatusoutput commands.getoutput pty.spawn create_subprocess_shell create_subprocess_exec ' +
    'execSync execFile execFileSync spawn spawnSync child_process.exec child_process.execSync Bun.spawn Bun.spawnSync Deno.Command Deno.run execa execaSync execaCommand shelljs.exec system shell_exec passthru proc_open popen IO.popen Open3.capture2 Open3.capture2e Open3.capture3 Open3.popen3 Process.spawn Kernel.system Kernel.exec pcntl_exec os.execute io.popen os.spawn',
  code: 'eval exec execfile compile Function vm.runInNewContext vm.runInThisContext runpy.run_path instance_eval class_eval module_eval assert loadstring load dofile create_function',
  network:
    'requests.get requests.post requests.put requests.request requests.patch requests.head httpx.get httpx.post urlopen urlretrieve socket.socket create_connection HTTPConnection HTTPSConnection fetch axios axios.get axios.post http.get https.get http.request https.request net.connect net.createConnection WebSocket XMLHttpRequest aiohttp.ClientSession Net::HTTP.get Net::HTTP.start URI.open curl_exec fsockopen paramiko.SSHClient smtplib.SMTP ftplib.FTP boto3.client',
  sql: 'execute executescript executemany query raw $queryRawUnsafe $executeRawUnsafe $executeRaw exec_query mysqli_query pg_query mysql_query runCommand',
  rights:
    'os.chmod os.chown shutil.chown chmodSync chownSync fs.chmod fs.chown chmod_R chown_R File.chmod FileUtils.chmod_R FileUtils.chown_R',
  end: 'os.kill os.killpg process.kill os.reboot',
});

/** Modules whose functions are in the table behind their name. */
export const MODULES = new Set(
  'os shutil subprocess fs fsPromises promises fse child_process requests httpx axios socket vm pty http https net aiohttp runpy commands Deno Bun FileUtils File Dir IO Kernel Process Open3 shelljs io smtplib ftplib paramiko boto3'.split(
    ' ',
  ),
);

/** The name of the module a file is known by, to the name its functions stand behind in the table. */
export const MODULE_OF: Readonly<Record<string, string>> = {
  'fs/promises': 'fs',
  'node:fs/promises': 'fs',
  'node:fs': 'fs',
  'fs-extra': 'fse',
  'graceful-fs': 'fs',
  'node:child_process': 'child_process',
  'node:http': 'http',
  'node:https': 'https',
  'node:net': 'net',
  'node:vm': 'vm',
  fileutils: 'FileUtils',
};
