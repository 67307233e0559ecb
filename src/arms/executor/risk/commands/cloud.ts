import { found } from '../assessment';
import { hasOption, valuesOf } from '../call';
import { isTemporary } from '../paths';
import type { CommandRules } from './command-rules';

const GONE = 'It deletes or switches off something in the cloud.';
const REMOTE = 'It talks to a service.';

/** Verbs that stand for loss wherever a tool is built from nouns and verbs. */
const VERBS =
  'delete|delete-*|*-delete|destroy|remove|remove-*|purge|purge-*|rm|del|terminate|terminate-*|deregister-*|wipe|erase|drop|unpublish|unregister|deregister|revoke|revoke-*|undeploy|*:destroy|*:delete|*:remove|*:reset|*:clear';

/** Services whose tools are built that way. */
const PLATFORM_COMMANDS =
  'gitlab-runner heroku fly flyctl vercel netlify railway render doctl linode-cli hcloud vultr-cli scw ovhcloud exo ibmcloud oci aliyun tccli cf wrangler cloudflared flarectl firebase supabase planetscale pscale turso neonctl neon upstash mongocli atlas confluent kcat stripe twilio sendgrid mailgun ldcli ld flagsmith unleash split dog datadog-ci pd newrelic sentry-cli grafana-cli grafanactl splunk auth0 okta jira linear slack discord doppler infisical op bw lpass phase chamber aws-vault vault nomad packer boundary waypoint circleci travis jenkins-cli jfrog jf drone buildkite-agent bk tkn spinnaker spin hal fastly akamai kong deck tyk apigeecli apigee algolia meilisearch typesense elasticsearch-cli opensearch-cli nats natscli rabbitmqadmin pulsar-admin rpk expo eas fastlane appcenter databricks snow dbt airflow prefect dagster kaggle huggingface-cli hf ollama wandb dvc mlflow coder gitpod codespaces tailscale zerotier-cli ngrok localstack minio';

export const CLOUD_COMMANDS: readonly CommandRules[] = [
  {
    names: 'aws awslocal',
    takes:
      '--profile --region --output --endpoint-url --query --cli-input-json --bucket --key --instance-ids --table-name --function-name --stack-name --cluster --name --db-instance-identifier',
    judge: (call) =>
      hasOption(call, '--dryrun', '--dry-run') ? found('network', 'It only shows what it would do.') : undefined,
    rules: [
      [
        '+ put-secret-value|update-secret|put-*-policy|put-key-policy|put-bucket-*|update-assume-role-policy',
        'destructive',
        'It overwrites a secret or a rule that others rest on.',
      ],
      ['ssm put-parameter --overwrite', 'destructive', 'It overwrites a parameter that others rest on.'],
      ['s3 rb', 'destructive', 'aws s3 rb deletes a bucket.'],
      ['s3 rm', 'destructive', 'aws s3 rm deletes objects.'],
      ['s3 mv', 'network'],
      ['s3 sync --delete', 'destructive', 'aws s3 sync --delete deletes what the source does not have.'],
      [
        '+ delete-*|terminate-*|purge-*|deregister-*|remove-*|destroy-*|batch-delete-*|bulk-delete-*|empty-*|cancel-*|revoke-*|detach-*|disassociate-*|disable-*|release-*|reject-*|stop-*|reboot-*|schedule-key-deletion|reset-*|forget-*|restore-*|untag-*|unsubscribe|rollback-*|abort-*',
        'destructive',
        GONE,
      ],
      ['… delete-*|terminate-*', 'destructive', GONE],
      ['ecs update-service --desired-count=0', 'destructive', 'Scaled to nothing, the service is gone.'],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
  {
    names: 'gcloud',
    takes: '--project --zone --region --format --filter --account --configuration --command',
    judge: (call, { line }) =>
      call.operands.includes('ssh') && valuesOf(call, '--command').length > 0
        ? line(valuesOf(call, '--command').join(' '))
        : undefined,
    rules: [
      [
        '… delete|delete-*|remove|remove-*|destroy|purge|reset|stop|suspend|disable|abandon-instances|detach-disk|rm|undelete|revoke|cancel|drain',
        'destructive',
        GONE,
      ],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
  {
    names: 'az',
    takes: '--name -n -g --resource-group --subscription',
    rules: [
      [
        '… delete|delete-*|purge|remove|stop|deallocate|disable|restart|deprovision|revoke|reset|cancel|clear|empty|regenerate',
        'destructive',
        GONE,
      ],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
  {
    names: 'gsutil',
    takes: '-o -h',
    rules: [
      ['-m rm', 'destructive', 'gsutil deletes objects or buckets.'],
      ['rm|rb', 'destructive', 'gsutil deletes objects or buckets.'],
      ['rsync -d', 'destructive', 'gsutil rsync -d deletes what the source does not have.'],
      ['lifecycle|versioning|retention set|clear', 'destructive', 'It changes how long objects are kept.'],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
  {
    names: 's3cmd s5cmd mc azcopy b2 swift ossutil obsutil',
    takes: '-c --endpoint-url --profile',
    rules: [
      [
        '… rm|rb|del|delete|delete-*|remove|undo|expire|setlifecycle|dellifecycle|delpolicy',
        'destructive',
        'It deletes objects or buckets.',
      ],
      [
        '… sync|mirror --delete-removed|--delete|--remove|--delete-destination=true',
        'destructive',
        'It deletes what the source does not have.',
      ],
      ['admin|ilm … rm|remove|stop', 'destructive', 'It changes the store.'],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
  {
    names: 'rclone',
    takes: '--config',
    judge: (call) =>
      hasOption(call, '-n', '--dry-run')
        ? found('network', 'It only shows what it would do.')
        : call.operands[0] === 'sync' && isTemporary(call.operands[2] ?? '')
          ? found('network')
          : undefined,
    rules: [
      ['delete|deletefile|purge|rmdir|rmdirs|cleanup', 'destructive', 'rclone deletes files.'],
      ['sync|move|moveto|bisync|dedupe', 'destructive', 'rclone sync and move delete files on one of the sides.'],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
  {
    names: 'restic borg borgmatic duplicity duplicacy kopia tarsnap bup',
    takes: '-r --repo -p',
    judge: (call) => (hasOption(call, '-n', '--dry-run') ? found('safe') : undefined),
    rules: [
      [
        '… delete|forget|prune|compact|recreate|remove-*|remove|purge|cleanup|expire|break-lock|repo-delete|rdelete',
        'destructive',
        'It deletes backups, or their safety.',
      ],
      ['key remove|passwd', 'destructive', 'It takes a key away.'],
      ['-d', 'destructive', 'It deletes backups.'],
    ],
    otherwise: 'network',
  },
  {
    names:
      'kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-acls kafka-acls.sh kafka-configs kafka-configs.sh',
    rules: [
      ['--delete|--remove|--delete-offsets|--delete-config', 'destructive', 'It deletes topics, offsets or rights.'],
      ['--reset-offsets --execute', 'destructive', 'It loses the place up to which was read.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'kafka-delete-records kafka-delete-records.sh kafka-leader-election',
    otherwise: 'destructive',
    otherwiseReason: 'It deletes records.',
  },
  {
    names: 'rabbitmqctl rabbitmq-diagnostics',
    takes: '-p -n',
    rules: [
      [
        '… delete_*|reset|force_reset|purge_queue|stop|stop_app|clear_*|forget_cluster_node|shutdown|close_*',
        'destructive',
        'It deletes queues, rights or a node.',
      ],
    ],
    otherwise: 'network',
  },
  {
    names: 'ansible',
    takes: '-i -m -a -u -l -e',
    judge: (call, { line }) => {
      const [module = 'command'] = valuesOf(call, '-m', '--module-name');
      const [args = ''] = valuesOf(call, '-a', '--args');
      if (/\bstate=(absent|stopped)\b/.test(args)) return found('destructive', 'state=absent deletes.');
      return /(^|\.)(shell|command|raw)$/.test(module) && args !== '' ? line(args) : undefined;
    },
    otherwise: 'network',
  },
  {
    names: 'ansible-playbook ansible-pull',
    rules: [['-C|--check|--list-hosts|--list-tasks|--syntax-check', 'network']],
    otherwise: 'unknown',
    otherwiseReason: 'What a playbook does stands in its file.',
  },
  {
    names: 'nsupdate',
    judge: (_, { input }) =>
      /^\s*(update\s+)?del(ete)?\b/m.test(input ?? '') ? found('destructive', 'It deletes names.') : undefined,
    otherwise: 'network',
  },
  {
    names: PLATFORM_COMMANDS.replace('', ''),
    takes: '--app -a --org --project --team --token --profile --region --env',
    rules: [
      ['… ' + VERBS, 'destructive', GONE],
      ['… kv:key|kv:namespace|kv:bulk|r2|d1|kv delete|destroy|drop', 'destructive', GONE],
      [
        'kv|secrets|auth|lease|operator|token|policy|namespace|plugin delete|destroy|disable|revoke|seal|metadata|step-down|deregister',
        'destructive',
        GONE,
      ],
      [
        '… disable|seal|suspend|pause|delete-job|delete-node|delete-builds|delete-credentials|disable-job|quiet-down|safe-shutdown|shutdown|reset|rotate|cancel|rollback|force-restart|pg:reset|maintenance:on|env:rm|prune|merge|stop',
        'destructive',
        GONE,
      ],
    ],
    otherwise: 'network',
    otherwiseReason: REMOTE,
  },
];
