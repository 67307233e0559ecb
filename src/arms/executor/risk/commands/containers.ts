import { found } from '../assessment';
import { hasOption } from '../call';
import type { CommandRules } from './command-rules';

export const CONTAINER_COMMANDS: readonly CommandRules[] = [
  {
    names: 'docker podman nerdctl',
    takes: '-H --host -c --context --config -l --log-level -f',
    rules: [
      [
        'system|container|image|volume|network|builder|buildx prune',
        'destructive',
        'prune deletes whatever is not in use at the moment.',
      ],
      ['builder|buildx prune', 'destructive', 'prune deletes whatever is not in use at the moment.'],
      ['volume rm|remove', 'destructive', 'It deletes a volume with its data.'],
      ['rm|rmi', 'destructive', 'It deletes containers or images.'],
      [
        'container|image|network|config|secret|service|stack|node|context|manifest|plugin|pod|machine rm|remove',
        'destructive',
        'It deletes a part of the container host.',
      ],
      ['compose down -v|--volumes|--rmi', 'destructive', 'compose down -v deletes the volumes of the services.'],
      ['compose … down', 'destructive', 'compose down stops and deletes the containers of all services.'],
      ['compose … rm|kill', 'destructive', 'It deletes or kills containers.'],
      ['kill|stop|restart|container kill', 'destructive', 'It ends containers while they work.'],
      ['container stop|restart', 'destructive', 'It ends containers while they work.'],
      ['swarm leave -f|--force', 'destructive', 'It takes the machine out of the swarm.'],
      ['system reset', 'destructive', 'It deletes all containers, images and volumes.'],
      ['ps|images|logs|inspect|stats|top|port|diff|history|info|version|events', 'safe'],
      ['container|image|volume|network ls|list|inspect', 'safe'],
      ['compose ps|logs|config|ls', 'safe'],
      ['pull|push|login|search', 'network', 'It talks to a registry.'],
      ['build|buildx|tag|commit|cp|create|save|load|export|import', 'writes'],
      ['compose … up|pull|build|start|create', 'network', 'It starts services.'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'docker-compose podman-compose',
    takes: '-f --file -p --project-name',
    rules: [
      ['down', 'destructive', 'down stops and deletes the containers of all services.'],
      ['rm|kill|stop', 'destructive', 'It ends or deletes containers.'],
      ['ps|logs|config|ls|top', 'safe'],
    ],
    otherwise: 'network',
  },
  {
    names: 'crictl ctr',
    rules: [
      ['… rm|rmi|rmp|remove|delete|kill|stop|stopp|prune', 'destructive', 'It ends or deletes containers or images.'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'kubectl oc k3s',
    takes:
      '-n --namespace --context --kubeconfig --cluster --user -l --selector -f --filename -o --output -c --container --as -s --server -p --patch --type',
    rules: [
      ['… --dry-run=client|--dry-run=server', 'network', 'It only shows what it would do.'],
      ['delete', 'destructive', 'kubectl delete takes away what runs in the cluster, or the data it keeps.'],
      ['drain', 'destructive', 'kubectl drain evicts everything from a node.'],
      ['cordon|taint', 'destructive', 'It keeps work away from a node.'],
      ['replace --force', 'destructive', 'kubectl replace --force deletes before it makes anew.'],
      ['apply --prune|--force', 'destructive', 'kubectl apply with this option deletes what is not in the files.'],
      ['scale --replicas=0', 'destructive', 'Scaled to nothing, the service is gone.'],
      ['rollout undo|restart', 'destructive', 'It replaces what runs.'],
      ['config delete-*|unset', 'destructive', 'It deletes access to a cluster.'],
      ['patch|edit', 'network', 'It changes the cluster.'],
      ['project|adm|projects delete|drain|prune', 'destructive', 'It deletes a part of the cluster.'],
      ['kubectl delete|drain', 'destructive', 'It takes away what runs in the cluster.'],
      [
        'get|describe|logs|top|version|explain|api-resources|api-versions|cluster-info|diff',
        'network',
        'It asks the cluster.',
      ],
    ],
    otherwise: 'network',
  },
  {
    names: 'helm helmfile',
    takes: '-n --namespace --kube-context -f --values --set',
    judge: (call) => (hasOption(call, '--dry-run') ? found('network', 'It only shows what it would do.') : undefined),
    rules: [
      ['uninstall|delete|del|un|destroy', 'destructive', 'It takes a release out of the cluster.'],
      ['rollback', 'destructive', 'helm rollback replaces what runs.'],
      [
        'upgrade --force|--reset-values',
        'destructive',
        'helm upgrade with this option deletes and makes anew, or loses values.',
      ],
    ],
    otherwise: 'network',
  },
  { names: 'kustomize', rules: [['build', 'safe']], otherwise: 'writes' },
  {
    names: 'minikube kind k3d eksctl kops kubeadm microk8s rancher',
    rules: [
      ['… delete|destroy|reset|drain|remove|rm|uninstall', 'destructive', 'It deletes a cluster or a part of it.'],
      ['… prune', 'destructive', 'It deletes parts of a cluster.'],
      ['stop', 'destructive', 'It stops a cluster.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'argocd flux istioctl velero linkerd cilium',
    rules: [
      [
        '… delete|uninstall|rm|remove|prune|suspend|terminate-op',
        'destructive',
        'It deletes a part of the cluster, its applications or its backups.',
      ],
      ['app sync --prune|--force', 'destructive', 'It deletes what is not in the repository.'],
      ['app rollback', 'destructive', 'It replaces what runs.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'terraform tofu terragrunt',
    rules: [
      ['destroy', 'destructive', 'It takes down the infrastructure.'],
      ['apply -destroy', 'destructive', 'It takes down the infrastructure.'],
      [
        'apply -auto-approve|--auto-approve',
        'destructive',
        'It changes infrastructure without a question, also by deleting.',
      ],
      ['apply', 'unknown', 'What apply deletes depends on the plan.'],
      ['state rm|push|replace-provider', 'destructive', 'It changes what is known of the infrastructure.'],
      ['taint|force-unlock', 'destructive', 'It has a resource made anew, or breaks a lock.'],
      ['workspace delete', 'destructive', 'It deletes a workspace and its state.'],
      ['run-all destroy', 'destructive', 'It takes down the infrastructure.'],
      ['run --all|destroy', 'destructive', 'It takes down the infrastructure.'],
      ['plan|show|output|validate|version|graph|providers|console|fmt -check', 'network', 'It only shows.'],
      ['state list|show|pull', 'network', 'It only shows.'],
      ['fmt', 'writes'],
    ],
    otherwise: 'network',
  },
  {
    names: 'pulumi cdk cdktf sst serverless sls sam copilot',
    takes: '-s --stack -C --cwd',
    rules: [
      ['… destroy|remove|delete|rm|down', 'destructive', 'It takes down the infrastructure.'],
      ['state delete', 'destructive', 'It changes what is known of the infrastructure.'],
      ['cancel', 'destructive', 'It breaks off an update in the middle.'],
      ['up|update|deploy -y|--yes|--skip-preview|--force', 'unknown', 'What it deletes depends on the plan.'],
    ],
    otherwise: 'network',
  },
  {
    names: 'vagrant multipass lima limactl virsh VBoxManage qm pct lxc incus',
    rules: [
      [
        '… destroy|delete|undefine|unregistervm|purge|vol-delete|pool-delete|rm|remove|poweroff|shutdown',
        'destructive',
        'It deletes or switches off a machine.',
      ],
      ['… snapshot-delete|snapshot-revert|rollback', 'destructive', 'It loses states of a machine.'],
    ],
    otherwise: 'unknown',
  },
];
