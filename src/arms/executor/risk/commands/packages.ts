import { isTemporary } from '../paths';
import { found } from '../assessment';
import type { CommandRules } from './command-rules';

const UNINSTALLS = 'It takes programs off that others may rest on.';
const INSTALLS = 'It installs what others publish, which may run their scripts.';
const LOOKS =
  'list|show|info|search|outdated|view|why|audit|ls|config|freeze|check|help|tree|policy|depends|rdepends|home|docs';

export const PACKAGE_COMMANDS: readonly CommandRules[] = [
  {
    names: 'npm pnpm yarn bun',
    takes: '--prefix -C --registry --filter -w --workspace',
    rules: [
      ['unpublish', 'destructive', 'unpublish takes a release away from everybody.'],
      ['deprecate', 'destructive', 'deprecate warns everybody off a release.'],
      ['uninstall|un|remove|rm|r|unlink', 'destructive', UNINSTALLS],
      ['global remove', 'destructive', UNINSTALLS],
      ['dist-tag rm', 'destructive', 'It takes a name of a release away.'],
      ['owner|team|org|access|token rm|remove|revoke|destroy', 'destructive', 'It takes rights away.'],
      ['prune', 'writes'],
      ['publish', 'network', 'publish gives a release to everybody, and cannot be taken back.'],
      ['cache clean|clear|rm|prune', 'writes'],
      ['store prune', 'writes'],
      ['--dry-run', 'safe'],
      [LOOKS, 'safe'],
      ['install|i|ci|add|update|upgrade|up|dlx|exec|create|link', 'network', INSTALLS],
    ],
    otherwise: 'unknown',
    otherwiseReason: 'It runs scripts of the project.',
  },
  {
    names: 'pip pip3 pipx uv poetry pdm pipenv conda mamba micromamba easy_install rye hatch',
    takes: '-n --name -p --prefix -r',
    rules: [
      ['uninstall|remove|uninstall-all', 'destructive', UNINSTALLS],
      ['pip|tool|python|env|self uninstall|remove', 'destructive', UNINSTALLS],
      ['cache purge|remove|clean|clear', 'writes'],
      ['clean', 'destructive', UNINSTALLS],
      [LOOKS, 'safe'],
      ['pip list|show|freeze|check|tree', 'safe'],
      ['install|add|sync|update|upgrade|download|pip|tool|create|env|lock|self', 'network', INSTALLS],
      ['publish', 'network'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'apt apt-get aptitude dpkg apt-mark nala',
    takes: '-o -t',
    rules: [
      ['-s|--simulate|--dry-run', 'safe'],
      ['-r|-P|--remove|--purge', 'destructive', UNINSTALLS],
      ['remove|purge|autoremove|autopurge|dist-upgrade|full-upgrade', 'destructive', UNINSTALLS],
      ['clean|autoclean', 'writes'],
      ['-l|-L|-s|-S|--list', 'safe'],
      [LOOKS, 'safe'],
      ['list|showhold|changelog', 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  { names: 'apt-cache dpkg-query apt-file', otherwise: 'safe' },
  {
    names: 'yum dnf microdnf zypper apk emerge xbps-remove pkg opkg tdnf',
    rules: [
      ['remove|erase|rm|autoremove|del|delete|downgrade|history|swap|deinstall', 'destructive', UNINSTALLS],
      ['-C|--unmerge|--depclean', 'destructive', UNINSTALLS],
      [LOOKS, 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  {
    names: 'rpm',
    rules: [
      ['-e|--erase', 'destructive', UNINSTALLS],
      ['-q|--query|-V|--verify', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'pacman yay paru',
    rules: [
      ['-R|--remove', 'destructive', UNINSTALLS],
      ['-Q|--query', 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  {
    names: 'brew port',
    rules: [
      ['uninstall|remove|rm|autoremove', 'destructive', UNINSTALLS],
      ['cleanup', 'writes'],
      [LOOKS, 'safe'],
      ['deps|leaves|doctor', 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  {
    names: 'snap flatpak guix nix-env choco scoop winget',
    rules: [
      ['remove|uninstall', 'destructive', UNINSTALLS],
      ['-e|--uninstall', 'destructive', UNINSTALLS],
      [LOOKS, 'safe'],
      ['find', 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  {
    names: 'nix nix-collect-garbage nix-store',
    rules: [
      ['profile remove', 'destructive', UNINSTALLS],
      ['-d|--delete-old|--delete', 'destructive', 'It deletes earlier generations, and with them the way back.'],
      ['store delete|gc', 'destructive', 'It deletes from the store.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'gem',
    rules: [
      ['uninstall|cleanup', 'destructive', UNINSTALLS],
      ['yank', 'destructive', 'yank takes a release away from everybody.'],
      ['owner -r|--remove', 'destructive', 'It takes rights away.'],
      [LOOKS, 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  {
    names: 'cargo',
    rules: [
      ['uninstall|remove|rm', 'destructive', UNINSTALLS],
      ['yank', 'destructive', 'yank takes a release away from everybody.'],
      ['owner -r|--remove', 'destructive', 'It takes rights away.'],
      ['clean|fmt|add|new|init', 'writes'],
      ['check|tree|metadata|search|doc', 'safe'],
      ['install|update|fetch|publish', 'network', INSTALLS],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'go',
    rules: [
      ['clean', 'writes'],
      ['version|env|list|doc|vet', 'safe'],
      ['get|install|mod', 'network', INSTALLS],
      ['fmt', 'writes'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'composer',
    rules: [
      ['remove|uninstall', 'destructive', UNINSTALLS],
      ['clear-cache', 'writes'],
      [LOOKS, 'safe'],
      ['install|update|require', 'network', INSTALLS],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'dotnet nuget',
    rules: [
      ['nuget|tool|workload delete|uninstall', 'destructive', 'It takes a package away.'],
      ['delete', 'destructive', 'It takes a package away.'],
      ['ef database drop', 'destructive', 'It deletes a database.'],
      ['remove', 'destructive', UNINSTALLS],
      ['restore|add', 'network', INSTALLS],
      ['clean', 'writes'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'helm-docs nvm rustup pyenv rbenv asdf volta fnm sdk mise',
    rules: [
      ['uninstall|remove|self|prune', 'destructive', UNINSTALLS],
      ['toolchain|target|component uninstall|remove', 'destructive', UNINSTALLS],
      [LOOKS, 'safe'],
      ['current|which|versions|version', 'safe'],
    ],
    otherwise: 'network',
    otherwiseReason: INSTALLS,
  },
  { names: 'twine', otherwise: 'network' },
  {
    names:
      'make gmake ninja cmake gradle gradlew mvn mvnw bazel just task tox nox pytest jest vitest mocha rspec phpunit tsc eslint prettier ruff black mypy webpack vite next nuxt turbo nx lerna',
    takes: '-C -f',
    rules: [
      ['-n|--dry-run|--just-print|--check', 'safe'],
      ['… uninstall|distclean|destroy', 'destructive', 'By its name the target deletes what was installed or made.'],
      ['… clean', 'writes'],
    ],
    judge: (call) => (call.operands.some(isTemporary) && call.name === 'tsc' ? found('writes') : undefined),
    otherwise: 'unknown',
    otherwiseReason: 'What it does stands in files of the project.',
  },
];
