import { type Assessment, found, worstOf } from '../assessment';
import { type Call, valuesOf } from '../call';
import type { Inquiry } from '../inquiry';
import type { CommandRules } from './command-rules';

const WORK = 'throws away work that was not committed';

/** Programs that an option or a setting of git runs. */
const handedOn = (call: Call, inquiry: Inquiry): Assessment | undefined => {
  const [first, second, ...rest] = call.operands;
  const found: Assessment[] = [];
  for (const setting of valuesOf(call, '-c')) {
    const [, value] = /^[^=]+=!?(.*)$/s.exec(setting) ?? [];
    if (
      value !== undefined &&
      /^(alias\.|core\.(pager|editor|sshcommand|fsmonitor|hookspath)|.*\.(textconv|driver|process|clean|smudge|command|cmd)=)/i.test(
        setting,
      )
    )
      found.push(inquiry.line(/^alias\.[^=]+=(?!!)/.test(setting) ? `git ${value}` : value));
  }
  if (first === 'config' && call.operands.some((each) => each.startsWith('alias.')))
    found.push(inquiry.line((call.operands.at(-1) ?? '').replace(/^!/, '')));
  if (first === 'bisect' && second === 'run') found.push(inquiry.words(rest));
  if (first === 'submodule' && second === 'foreach') found.push(inquiry.line(rest.join(' ')));
  if (first === 'rebase') for (const command of valuesOf(call, '-x', '--exec')) found.push(inquiry.line(command));
  if (first === 'filter-branch') return undefined;
  const worst = worstOf(found);
  return worst.risk === 'destructive' || worst.risk === 'unknown' ? worst : undefined;
};

const push = ({ operands, options }: Call): Assessment | undefined => {
  if (operands[0] !== 'push') return undefined;
  const refs = operands.slice(2);
  const isDry = options.some((option) => /^(-n|--dry-run)$/.test(option));
  if (isDry) return found('network', 'git push only shows what it would do.');
  if (refs.some((ref) => ref.startsWith('+')))
    return found('destructive', 'git push of +ref overwrites the history of a branch elsewhere.');
  if (refs.some((ref) => ref.startsWith(':') && ref.length > 1))
    return found('destructive', 'git push of :ref deletes a branch elsewhere.');
  return undefined;
};

const checkout = ({ operands, args }: Call): Assessment | undefined => {
  if (operands[0] !== 'checkout') return undefined;
  if (args.includes('--')) {
    const isNew = args.some((arg) => /^(-b|-B|--orphan)$/.test(arg));
    return isNew || args.at(-1) === '--' ? undefined : found('destructive', `git checkout -- ${WORK}.`);
  }
  const paths = operands.slice(1);
  if (paths.some((path) => /^(\.|\.\/.*|\*.*|:\/.*|.*\/)$/.test(path)))
    return found('destructive', `git checkout of paths ${WORK}.`);
  const isNew = args.some((arg) => /^(-b|-B|--orphan|-t|--track)/.test(arg));
  if (!isNew && paths.length > 1) return found('destructive', `git checkout of paths ${WORK}.`);
  return undefined;
};

export const GIT_COMMANDS: readonly CommandRules[] = [
  {
    names: 'git',
    takes:
      '-C -c --git-dir --work-tree --namespace --config-env -m --message -F --author --date --exec --push-option --source -G --format --since --until -b -B --orphan --depth --branch --exclude',
    judge: (call, inquiry) => handedOn(call, inquiry) ?? push(call) ?? checkout(call),
    rules: [
      ['reset --hard', 'destructive', `git reset --hard ${WORK}.`],
      ['reset --merge', 'destructive', `git reset --merge ${WORK}.`],
      ['clean -n|--dry-run', 'safe'],
      ['clean -f|--force', 'destructive', 'git clean deletes files that git does not know and cannot bring back.'],
      ['checkout -f|--force', 'destructive', `git checkout --force ${WORK}.`],
      ['checkout -B', 'destructive', 'git checkout -B moves a branch that may hold commits found nowhere else.'],
      ['checkout --ours|--theirs|-p|--patch|--pathspec-from-file', 'destructive', `git checkout of paths ${WORK}.`],
      ['switch -f|--force|--discard-changes', 'destructive', `git switch --discard-changes ${WORK}.`],
      [
        'switch -C|--force-create',
        'destructive',
        'git switch -C moves a branch that may hold commits found nowhere else.',
      ],
      ['restore -S|--staged !-W|--worktree', 'writes'],
      ['restore', 'destructive', `git restore ${WORK}.`],
      ['push -f|--force|--mirror', 'destructive', 'git push --force overwrites the history of a branch elsewhere.'],
      [
        'push --force-with-lease',
        'network',
        'git push --force-with-lease rewrites a branch elsewhere, if nobody else has changed it.',
      ],
      ['push -d|--delete|--prune', 'destructive', 'git push --delete deletes a branch elsewhere.'],
      [
        'branch -D|-M|-C',
        'destructive',
        'git branch -D drops or overwrites a branch even when its commits are nowhere else.',
      ],
      [
        'branch -f|--force',
        'destructive',
        'git branch --force moves or drops a branch whose commits may be nowhere else.',
      ],
      ['stash drop|clear', 'destructive', 'git stash drop and clear delete stashed work.'],
      ['reflog expire|delete', 'destructive', 'git reflog expire deletes the last way back to lost commits.'],
      ['gc --prune=now|--prune=all', 'destructive', 'git gc --prune=now deletes commits that no branch holds.'],
      ['gc --aggressive --prune', 'destructive', 'git gc --prune deletes commits that no branch holds.'],
      ['prune -n|--dry-run', 'safe'],
      ['prune', 'destructive', 'git prune deletes commits that no branch holds.'],
      ['filter-branch|filter-repo', 'destructive', 'It rewrites the whole history.'],
      ['worktree remove -f|--force', 'destructive', `git worktree remove --force ${WORK}.`],
      [
        'update-ref -d|--delete|--stdin',
        'destructive',
        'git update-ref -d deletes a branch or tag without a question.',
      ],
      ['symbolic-ref -d|--delete', 'destructive', 'git symbolic-ref -d deletes a name that points to a branch.'],
      ['tag -d|--delete', 'destructive', 'git tag -d deletes a tag.'],
      ['tag -f|--force', 'destructive', 'git tag --force moves a tag.'],
      ['rm --cached', 'writes'],
      ['rm -n|--dry-run', 'safe'],
      ['rm -f|--force|-r', 'destructive', 'git rm deletes files, also changed ones.'],
      ['submodule deinit -f|--force|--all', 'destructive', `git submodule deinit --force ${WORK}.`],
      ['read-tree --reset', 'destructive', `git read-tree --reset ${WORK}.`],
      ['checkout-index -f|--force', 'destructive', `git checkout-index --force ${WORK}.`],
      ['notes remove|prune', 'destructive', 'git notes remove deletes notes.'],
      ['replace -d|--delete', 'destructive', 'git replace -d deletes replacements.'],
      ['lfs prune', 'destructive', 'git lfs prune deletes local copies of large files.'],
      ['remote rm|remove', 'writes'],
      ['repack -a|-A -d', 'writes'],
      ['annex drop --force', 'destructive', 'git annex drop --force deletes the last copy.'],
      ['stash list|show', 'safe'],
      ['remote -v', 'safe'],
      ['remote get-url|show', 'safe'],
      ['fetch|pull|push|clone|ls-remote', 'network', 'It talks to another repository.'],
      ['remote update', 'network', 'It talks to another repository.'],
      ['submodule update', 'network', 'It talks to another repository.'],
      [
        'annotate|blame|cat-file|check-ignore|cherry|count-objects|describe|diff|diff-files|diff-index|diff-tree|for-each-ref|fsck|grep|help|log|ls-files|ls-tree|merge-base|name-rev|range-diff|rev-list|rev-parse|shortlog|show|show-branch|show-ref|status|var|verify-commit|verify-tag|version|whatchanged',
        'safe',
      ],
      ['branch --show-current|-a|-r|-l|-v|--list|--contains|--merged', 'safe'],
      ['tag -l|--list', 'safe'],
      ['config -l|--list|--get|--get-all', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'gh',
    takes: '-R --repo -X --method -H -f -F --hostname -t --title -b --body',
    rules: [
      ['api -X=DELETE|--method=DELETE|-XDELETE', 'destructive', 'gh api -X DELETE deletes at GitHub.'],
      ['… delete|delete-asset|remove|archive', 'destructive', 'gh deletes something at GitHub.'],
      ['run cancel', 'network'],
      ['… disable', 'destructive', 'gh switches something off at GitHub.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'glab hub tea',
    takes: '-R --repo -X --method -H -f -F',
    rules: [
      ['api -X=DELETE|--method=DELETE|-XDELETE', 'destructive', 'It deletes something at the forge.'],
      ['… delete|remove|archive', 'destructive', 'It deletes something at the forge.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'hg',
    rules: [
      ['update -C|--clean', 'destructive', `hg update --clean ${WORK}.`],
      ['revert|purge|strip|rollback', 'destructive', `It ${WORK}.`],
      ['… --delete', 'destructive', 'hg deletes.'],
      ['status|log|diff|cat|annotate', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'svn',
    rules: [
      ['revert|cleanup -R|--remove-unversioned', 'destructive', `svn revert ${WORK}.`],
      ['revert', 'destructive', `svn revert ${WORK}.`],
      ['delete|del|rm|remove', 'destructive', 'svn delete deletes files.'],
      ['status|log|diff|cat|info', 'safe'],
    ],
    otherwise: 'network',
  },
  {
    names: 'jj',
    rules: [
      ['abandon|restore', 'destructive', `It ${WORK}.`],
      ['op restore|abandon', 'destructive', 'It rewrites the record of operations.'],
      ['git push', 'network'],
      ['log|st|status|diff|show', 'safe'],
    ],
    otherwise: 'writes',
  },
];
