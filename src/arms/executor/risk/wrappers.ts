/** A program that runs the command it is given. */
export interface Wrapper {
  names: string;
  /** Its words before the rest, when it has subcommands: any of them. */
  subcommands?: string;
  /** Options whose value is a word of its own. */
  takes?: string;
  /** Operands before the command. */
  operands?: number;
  /** The rest is joined to a line for a shell. */
  isLine?: boolean;
  /** Without a command it reads a script from its input. */
  readsScript?: boolean;
  /** Options whose value is a line for a shell. */
  lineOptions?: string;
  /** Options that make it look up only. */
  lookups?: string;
  /** Adds words from its input. */
  addsInput?: boolean;
  /** It runs the command on another machine. */
  isRemote?: boolean;
}

export const WRAPPERS: readonly Wrapper[] = [
  {
    names: 'sudo',
    takes: '-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --chdir --chroot',
    lookups: '-l -v -V -k -K',
    readsScript: true,
  },
  { names: 'doas pkexec please', takes: '-u -C --user', readsScript: true },
  { names: 'gosu su-exec', operands: 1 },
  {
    names: 'su runuser',
    takes: '-u -g -s -G -w --shell --user --group',
    operands: 1,
    lineOptions: '-c --command',
    readsScript: true,
    isLine: true,
  },
  { names: 'env genv', takes: '-u -C --unset --chdir', lineOptions: '-S --split-string' },
  {
    names:
      'nohup setsid unbuffer eatmydata fakeroot fakechroot proxychains proxychains4 torsocks catchsegv cgexec numactl xvfb-run dbus-run-session cross-env rlwrap stdbuf ionice nice chrt prlimit setarch linux32 linux64 caffeinate firejail aa-exec runcon sem pty ccache',
    takes: '-n -c -p -o -e -i -f -a -g -w --adjustment --class --classdata --input --output --error',
  },
  { names: 'taskset', operands: 1 },
  { names: 'time', takes: '-f -o --format --output' },
  { names: 'timeout gtimeout', takes: '-s -k --signal --kill-after', operands: 1 },
  { names: 'command builtin', lookups: '-v -V' },
  { names: 'exec', takes: '-a' },
  {
    names: 'xargs gxargs',
    takes: '-a -d -E -I -L -n -P -s --arg-file --delimiter --max-args --max-procs --max-lines --max-chars',
    addsInput: true,
  },
  {
    names: 'parallel',
    takes: '-j -n -N -a -S --jobs --colsep --joblog --delay --timeout --sshlogin --retries',
    isLine: true,
    addsInput: true,
  },
  { names: 'strace ltrace valgrind dtruss', takes: '-o -e -p -s -u -P -E -a -S -b -I -O -X' },
  { names: 'busybox toybox', lookups: '--list --list-full' },
  { names: 'chroot', takes: '--userspec --groups', operands: 1 },
  { names: 'nsenter unshare', takes: '-t -S -G --target --setuid --setgid --root --wd' },
  { names: 'flock', takes: '-w -E --timeout', operands: 1, lineOptions: '-c --command' },
  { names: 'watch', takes: '-n --interval', isLine: true },
  { names: 'entr', takes: '-s' },
  { names: 'script', takes: '-E -I -O -B -T -m -o', lineOptions: '-c --command', operands: 1 },
  {
    names: 'ssh',
    takes: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w',
    operands: 1,
    isLine: true,
    readsScript: true,
    isRemote: true,
  },
  { names: 'sshpass', takes: '-p -f -d -P' },
  { names: 'mosh', operands: 1 },
  { names: 'pssh parallel-ssh pdsh', takes: '-h -H -l -p -t -w -i', isLine: true, isRemote: true },
  { names: 'salt', operands: 2, isLine: true, isRemote: true },
  {
    names: 'docker podman nerdctl',
    subcommands: 'exec run',
    takes:
      '-e -u -w -v -p -l -h -m -c --env --user --workdir --volume --publish --name --network --net --entrypoint --env-file --label --mount --hostname --memory --cpus --platform --restart --gpus --device --add-host --detach-keys --log-driver --ulimit --tmpfs --pid --ipc --cap-add --cap-drop --security-opt',
    operands: 1,
  },
  {
    names: 'docker-compose',
    subcommands: 'exec run',
    takes: '-e -u -w -f -p --env --user --workdir --index',
    operands: 1,
  },
  {
    names: 'kubectl oc',
    subcommands: 'exec debug run',
    takes: '-n -c --namespace --container --context --image -f --kubeconfig --overrides',
    operands: 1,
  },
  { names: 'lxc incus', subcommands: 'exec', operands: 1 },
  { names: 'vagrant', subcommands: 'ssh', lineOptions: '-c --command' },
  {
    names: 'poetry pipenv uv pdm rye hatch conda mamba micromamba',
    subcommands: 'run',
    takes: '-n -p -e --name --prefix --with --python --env',
  },
  { names: 'bundle', subcommands: 'exec' },
  { names: 'npx pnpx bunx uvx', takes: '-p --package --from --with --registry', lineOptions: '-c --call' },
  { names: 'screen', takes: '-S -c -h -t -T -p -X -r -x -D -R -e -s', lookups: '-ls -list -wipe' },
  { names: 'npm pnpm yarn bun', subcommands: 'exec x dlx' },
  { names: 'direnv aws-vault chamber', subcommands: 'exec', operands: 1 },
  { names: 'doppler op infisical teller', subcommands: 'run', takes: '--env-file -p -c' },
  { names: 'nix-shell nix', lineOptions: '--run --command', takes: '-p' },
  {
    names: 'systemd-run',
    takes:
      '-p -u -M -H --unit --property --uid --gid --slice --on-calendar --on-active --description --working-directory -E --setenv',
  },
  { names: 'dotenv dotenvx', takes: '-e -f' },
  { names: 'wsl', takes: '-d -u' },
  { names: 'winpty start' },
];
